"""Attestations as their readers may see them: endorsements of a certificate beside it, and each by its token."""

from django.db.models import QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from ..lifecycle import AttestationStatus
from ..models import Attestation, Credential

_WITH = (
    "issuer",
    "person",
    "credential",
    "version__curriculum",
    "member",
    "entitlement__site",
    "entitlement__programme",
)
# What they are called on pages, in whatever language.
_NAMED = ("issuer__names", "member__names", "version__titles")


def list_attestations(*, by: Actor, kind: str = "", after: str = "") -> QuerySet[Attestation]:
    """What this reader may see, by reference; of one kind where one is given."""
    rows = Attestation.objects.visible_to(by).select_related(*_WITH).prefetch_related("texts", *_NAMED)
    if kind:
        rows = rows.filter(kind=kind)
    if after:
        rows = rows.filter(reference__gt=after)
    return rows.order_by("reference")


def get_attestation(*, reference: str, by: Actor) -> Attestation:
    """:raises NotFound: if there is none that the reader may see; its member always sees what it signed."""
    rows = Attestation.objects.select_related(*_WITH).prefetch_related("texts", "changes", *_NAMED)
    found = rows.filter(reference=reference).first()
    may_see = found is not None and (
        Attestation.objects.visible_to(by).filter(pk=found.pk).exists() or is_signer(attestation=found, by=by)
    )
    if found is None or not may_see:
        raise NotFound(N_("There is no attestation %(reference)s that you may see."), reference=reference)
    return found


def is_signer(*, attestation: Attestation, by: Actor) -> bool:
    """Whether this reader keeps the keys of the member that signed it."""
    return by.may(Permission.KEY_MAKE, on=attestation.issuer)


def get_attestation_by_token(*, token: str, by: Actor) -> Attestation:  # noqa: ARG001
    """What is behind the address under which it is shown: whoever has the token may see it. :raises NotFound: if there is none, or it was erased."""
    found = Attestation.objects.select_related(*_WITH).filter(token=token, forgotten_at__isnull=True).first()
    if found is None:
        raise NotFound(N_("There is no certificate at this address."))
    return found


def endorsements_of(*, credential: Credential, by: Actor) -> list[Attestation]:  # noqa: ARG001
    """What members say of a certificate and stand by, by reference, for whoever may see the certificate."""
    rows = Attestation.objects.filter(credential=credential, status=AttestationStatus.ISSUED)
    return list(rows.select_related("issuer").prefetch_related("texts", "issuer__names").order_by("reference"))
