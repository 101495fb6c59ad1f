"""Credentials one by one and in lists; the holder's page by its token."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import batched
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation
from corridor.rooms.training.models import Cohort
from corridor.rooms.training.names import Name, names_of

from ..issuers import is_active
from ..keys import affected_by, attestations_affected_by
from ..lifecycle import CredentialStatus
from ..models import Attestation, Credential, CredentialChange, Entitlement, RecognitionStatement, SigningKey

_WITH = (
    "cohort__programme", "cohort__site__host", "cohort__curriculum_version__curriculum", "enrolment", "issuer",
    "status_list__organisation", "signing_key", "enrolment__person", "replaces", "replaced_by",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CredentialRow:
    """One line of a list: the credential and its holder's names."""

    credential: Credential
    name: Name


def visible_credentials(*, by: Actor) -> QuerySet[Credential]:
    """Credentials the reader may see, by reference, with what stands behind them; for lists that are read page by page."""
    return Credential.objects.visible_to(by).select_related(*_WITH).order_by("reference")


def list_credentials(
    *, by: Actor, cohort: Cohort | None = None, status: str | None = None, after: str = "", limit: int | None = None
) -> list[CredentialRow]:
    """
    Credentials the reader may see (all, one's own, or those of one's sites), by reference; a whole cohort's by seat. Two statements.

    With ``limit`` so many after the reference ``after``, always by reference.
    """
    rows = visible_credentials(by=by)
    if cohort is not None:
        rows = rows.filter(cohort=cohort)
        rows = rows.order_by("enrolment__number", "reference") if limit is None else rows
    if status is not None:
        rows = rows.filter(status=status)
    if after:
        rows = rows.filter(reference__gt=after)
    found = list(rows if limit is None else rows[:limit])
    names = names_of({each.enrolment.person_id for each in found})
    return [CredentialRow(each, names[each.enrolment.person_id]) for each in found]


def get_credential(*, reference: str, by: Actor) -> Credential:
    """One credential with its changes in the order of days. :raises NotFound: if there is none that the reader may see."""
    changes = Prefetch("changes", CredentialChange.objects.order_by("effective_on", "recorded_at", "pk"))
    found = visible_credentials(by=by).prefetch_related(changes).filter(reference=reference).first()
    if found is None:
        raise NotFound(N_("There is no certificate %(reference)s that you may see."), reference=reference)
    return found


def get_credentials(*, references: Sequence[str], by: Actor) -> list[Credential]:
    """Several by their references, in that order. :raises NotFound: names the first that there is none of, or that the reader may not see."""
    wanted = list(dict.fromkeys(references))
    found: dict[str, Credential] = {}
    for some in batched(wanted, 500):
        found |= {each.reference: each for each in visible_credentials(by=by).filter(reference__in=some)}
    for reference in wanted:
        if reference not in found:
            raise NotFound(N_("There is no certificate %(reference)s that you may see."), reference=reference)
    return [found[each] for each in wanted]


def get_credential_by_token(*, token: str, by: Actor) -> Credential:  # noqa: ARG001
    """
    The credential behind the address that its holder shows: whoever has the token may see it, signed in or not.

    :raises NotFound: if there is none, it is still being prepared, or its holder was erased and wished it gone.
    """
    found = Credential.objects.select_related(*_WITH).exclude(status=CredentialStatus.DRAFT).filter(token=token).first()
    if found is None:
        raise NotFound(N_("There is no certificate at this address."))
    if found.forgotten_at is not None:
        raise NotFound(
            N_(
                "The holder of this certificate was erased here, and with them what it said. A copy that they keep can still be verified: "
                "open the file on the page for verifying."
            )
        )
    return found


def list_entitlements(*, by: Actor, issuer: UUID | None = None, site: UUID | None = None) -> QuerySet[Entitlement]:
    """Who may issue what where: public, for whoever may see programmes."""
    by.require(Permission.PROGRAMME_VIEW)
    rows = Entitlement.objects.select_related("issuer", "site", "programme")
    given = {"issuer": issuer, "site": site}
    rows = rows.filter(**{name: value for name, value in given.items() if value is not None})
    return rows.order_by("issuer__reference", "programme__reference", "site__reference", "starts_on")


def get_entitlement(*, key: UUID, by: Actor) -> Entitlement:
    """:raises NotFound: if there is none of that key."""
    found = list_entitlements(by=by).filter(pk=key).first()
    if found is None:
        raise NotFound(N_("There is no such entitlement."))
    return found


def entitled_issuers(*, cohort: Cohort, on: date, by: Actor) -> list[Organisation]:
    """The members that may issue for the cohort's programme at its site on that day, by reference."""
    by.require(Permission.PROGRAMME_VIEW)
    rows = Entitlement.objects.filter(site=cohort.site_id, programme=cohort.programme_id).select_related("issuer")
    return [
        row.issuer for row in rows.order_by("issuer__reference") if row.covers(on) and is_active(row.issuer_id, on=on)
    ]


def list_recognitions(
    *, by: Actor, programme: UUID | None = None, on: date | None = None
) -> QuerySet[RecognitionStatement]:
    """What credentials count as in which country: public, for whoever may see programmes; those that hold on ``on``."""
    by.require(Permission.PROGRAMME_VIEW)
    rows = RecognitionStatement.objects.select_related("programme", "document").prefetch_related("authority_names")
    if programme is not None:
        rows = rows.filter(programme=programme)
    if on is not None:
        rows = rows.filter(starts_on__lte=on).filter(Q(ends_before__isnull=True) | Q(ends_before__gt=on))
    return rows.order_by("programme__reference", "credential_kind", "country", "starts_on")


def list_keys(*, organisation: Organisation, by: Actor) -> QuerySet[SigningKey]:
    """A member's keys, the newest first, without their private halves: what it publishes anyway."""
    by.require(Permission.MEMBER_VIEW)
    return SigningKey.objects.filter(organisation=organisation).defer("sealed_private").order_by("-valid_from")


def keys_kept_by(*, by: Actor) -> QuerySet[SigningKey]:
    """
    The keys of all members whose keys this actor makes, without private halves, by member and period; with the members' names.

    :raises AccessDenied: for who makes keys for nobody.
    """
    if not by.holds_somewhere(Permission.KEY_MAKE):
        by.require(Permission.KEY_MAKE)
    rows = SigningKey.objects.defer("sealed_private").select_related("organisation")
    if not by.holds_everywhere(Permission.KEY_MAKE):
        rows = rows.filter(organisation__in=by.ids_with(Permission.KEY_MAKE, "member"))
    return rows.prefetch_related("organisation__names").order_by("organisation__reference", "valid_from")


def affected_credentials(*, key: SigningKey, since: datetime | None = None, by: Actor) -> list[Credential]:
    """
    What is to be issued anew because the key is not trusted from its instant on (or would be, from ``since``), by reference.

    For who keeps the member's keys, and for who sees all certificates.
    """
    _require_may_ask(key, by)
    since = since or key.compromised_from
    return affected_by(key, since=since) if since is not None else []


def affected_attestations(*, key: SigningKey, since: datetime | None = None, by: Actor) -> list[Attestation]:
    """The same of endorsements, and of who trains and assesses."""
    _require_may_ask(key, by)
    since = since or key.compromised_from
    return attestations_affected_by(key, since=since) if since is not None else []


def _require_may_ask(key: SigningKey, by: Actor) -> None:
    if not by.holds_everywhere(Permission.CREDENTIAL_VIEW):
        by.require(Permission.KEY_MAKE, on=key.organisation)


def get_key(*, organisation: Organisation, fragment: str, by: Actor) -> SigningKey:
    """:raises NotFound: if the member has no key of that name."""
    found = list_keys(organisation=organisation, by=by).filter(fragment=fragment).first()
    if found is None:
        raise NotFound(N_("%(member)s has no key of the name %(key)s."), member=organisation.reference, key=fragment)
    return found
