"""The certificates that are the actor's own, signed in or by a link."""

from datetime import datetime

from django.db.models import Prefetch, QuerySet

from corridor.foundations.access import Actor
from corridor.kernel.errors import AccessDenied, NotFound
from corridor.kernel.wording import N_

from ..holders import held_persons, is_holder
from ..lifecycle import CredentialStatus
from ..models import AskedCorrection, Credential, CredentialChange, WalletOffer
from .holding import get_credential, visible_credentials


def own_credentials(*, by: Actor) -> QuerySet[Credential]:
    """The latest first; not those that are still prepared, nor those whose text is gone."""
    rows = visible_credentials(by=by).filter(enrolment__person__in=held_persons(by))
    changes = Prefetch("changes", CredentialChange.objects.order_by("effective_on", "recorded_at", "pk"))
    rows = rows.exclude(status=CredentialStatus.DRAFT).exclude(document="").prefetch_related(changes)
    return rows.order_by("-issued_on", "reference")


def get_own(*, reference: str, by: Actor) -> Credential:
    """
    :raises NotFound: if the actor may not see it, or it says nothing any more. :raises AccessDenied: for who may, and does not hold it.
    """
    found = get_credential(reference=reference, by=by)
    if not is_holder(credential=found, by=by):
        raise AccessDenied(N_("Only its holder may do this with a certificate."))
    if found.status == CredentialStatus.DRAFT or not found.document:
        raise NotFound(N_("There is no certificate %(reference)s that you may see."), reference=reference)
    return found


def own_corrections(*, credential: Credential, by: Actor) -> list[AskedCorrection]:
    """What the holder asked to be put right in a certificate, with the requests, the latest first."""
    if not is_holder(credential=credential, by=by):
        raise AccessDenied(N_("Only its holder may do this with a certificate."))
    rows = AskedCorrection.objects.filter(credential=credential).select_related("request", "credential")
    return list(rows.order_by("-request__asked_on", "-request__reference"))


def taken_into_wallets(*, credential: Credential, by: Actor) -> list[datetime]:
    """When a wallet took the certificate, the latest first; of the wallets nothing is kept."""
    if not is_holder(credential=credential, by=by):
        raise AccessDenied(N_("Only its holder may do this with a certificate."))
    taken = WalletOffer.objects.filter(credential=credential, taken_at__isnull=False)
    return [each for each in taken.order_by("-taken_at").values_list("taken_at", flat=True) if each is not None]


def is_asked_by_link(*, request_reference: str, by: Actor) -> bool:  # noqa: ARG001 (as credential_asked_about)
    """Whether a request came through a link to the certificate: whoever held the link, and nobody who signed in."""
    return AskedCorrection.objects.filter(request__reference=request_reference, link__isnull=False).exists()


def credential_asked_about(*, request_reference: str, by: Actor) -> Credential | None:  # noqa: ARG001 (who was given the request may)
    """The certificate that a request is about, if it is about one."""
    found = AskedCorrection.objects.select_related("credential").filter(request__reference=request_reference).first()
    return found.credential if found else None
