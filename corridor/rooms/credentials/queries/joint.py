"""What waits for a member's signature beside an issuer's."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max

from corridor.foundations.access import Actor, Permission
from corridor.rooms.members.models import Organisation
from corridor.rooms.training.models import Cohort

from ..models import Credential, JointSigner


@dataclass(frozen=True)
class AskedToSign:
    """So many certificates of one cohort and issuer wait for the signature of ``member``; they name no learner."""

    member: Organisation
    cohort: str
    issuer: str
    site: str
    issued_on: date
    count: int


def asked_to_sign(*, by: Actor) -> list[AskedToSign]:
    """By member and cohort, for who keeps keys. :raises AccessDenied: for who keeps nobody's."""
    if not by.holds_somewhere(Permission.KEY_MAKE):
        by.require(Permission.KEY_MAKE)
    rows = JointSigner.objects.filter(proof="").exclude(credential__prepared="")
    if not by.holds_everywhere(Permission.KEY_MAKE):
        rows = rows.filter(organisation__in=by.ids_with(Permission.KEY_MAKE, "member"))
    counted = rows.order_by().values(
        "organisation", "credential__cohort__reference", "credential__issuer__reference", "credential__cohort__site__reference"
    ).annotate(count=Count("pk"), day=Max("credential__issued_on"))  # fmt: skip
    members = Organisation.objects.prefetch_related("names").in_bulk([each["organisation"] for each in counted])
    found = [
        AskedToSign(
            members[each["organisation"]], each["credential__cohort__reference"], each["credential__issuer__reference"],
            each["credential__cohort__site__reference"], each["day"], each["count"],
        )
        for each in counted
    ]  # fmt: skip
    return sorted(found, key=lambda each: (each.member.reference, each.cohort))


def signers_missing(*, cohort: Cohort, by: Actor) -> list[Organisation]:
    """The members for whose signatures certificates of a cohort wait, by reference; for who may award it."""
    by.require(Permission.CREDENTIAL_AWARD, on=cohort)
    waiting = JointSigner.objects.filter(proof="", credential__cohort=cohort).exclude(credential__prepared="")
    keys = set(waiting.values_list("organisation", flat=True))
    return list(Organisation.objects.filter(pk__in=keys).prefetch_related("names").order_by("reference"))


def waiting_of(*, member: Organisation, cohort: str, by: Actor) -> list[Credential]:
    """The certificates of a cohort that wait for that member's signature, by reference."""
    by.require(Permission.KEY_MAKE, on=member)
    waiting = JointSigner.objects.filter(organisation=member, proof="").exclude(credential__prepared="")
    rows = Credential.objects.filter(pk__in=waiting.values("credential"), cohort__reference=cohort)
    return list(rows.order_by("reference"))
