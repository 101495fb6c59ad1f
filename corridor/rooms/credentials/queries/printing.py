"""The certificate of one credential: what it prints, for a page, and the PDF."""

from hashlib import sha256

from corridor.foundations.access import Actor, Permission
from corridor.kernel.fingerprints import bars

from ..addresses import key_of
from ..certificates.facts import CertificateFacts
from ..certificates.gathering import gather_facts
from ..certificates.preview import pictures_of
from ..certificates.printing import print_certificate
from ..certificates.words import facts_in
from ..lifecycle import CredentialStatus
from ..models import Credential


def certificate_facts(*, credential: Credential, by: Actor) -> CertificateFacts:  # noqa: ARG001
    """
    What the certificate of an issued credential prints: its signed words; of one without, the records of now in the languages that all papers
    had before. Whoever holds the credential (its token, or a right to see it) may read it.
    """
    if credential.signed_words:
        return facts_in(credential.signed_words)
    (facts,) = gather_facts([credential])
    return facts


def printed_bars(*, identifier: str, by: Actor) -> tuple[int, ...] | None:  # noqa: ARG001
    """
    The bars on the certificate of a credential, by the credential's own id (``Said.id``); None for one that is not ours.

    For the page that verifies: a pasted text or a file saved by other software is no longer the same bytes as the one that was printed.
    """
    key = key_of(identifier)
    document = (
        Credential.objects.exclude(document="").filter(pk=key).values_list("document", flat=True).first()
        if key
        else None
    )
    return bars(sha256(document.encode()).hexdigest()) if document else None


def certificate_pdf(*, credential: Credential, by: Actor) -> bytes:
    """A4, PDF/A-3a and PDF/UA-1, with the signed credential attached byte for byte. The same signed words always give the same bytes."""
    facts = certificate_facts(credential=credential, by=by)
    return print_certificate(facts, document=credential.document, pictures=pictures_of(credential.layout))


def count_without_words(*, by: Actor) -> int:
    """How many certificates in force were issued without signed words for their paper."""
    by.require(Permission.CREDENTIAL_AWARD)
    waiting = Credential.objects.filter(status=CredentialStatus.ISSUED, signed_words="")
    return waiting.exclude(document="").count()
