"""
The words of a paper and the facts behind them, one made from the other: what is printed and what is signed cannot differ (ADR 0030).
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import unquote

from corridor.kernel.fingerprints import bars

from ..addresses import did_of, status_list_url
from ..compact import base41
from ..compact.claims import PaperClaims, RecognitionShown, Texts, UnitShown, read_claims, write_claims
from ..compact.message import read_message, sign_claims
from ..compact.parts import write_parts
from ..composition import first_instant
from ..models import Credential, CredentialKind, RecognitionKind
from ..proofs.data_integrity import SigningKey
from .facts import CertificateFacts, RecognisedAs, UnitProved
from .gathering import gather_facts


def words_of(credentials: Sequence[Credential], *, keys: dict[object, SigningKey], at: datetime) -> list[str]:
    """
    The signed words of each, in base 41, by the key of its issuer (by the issuer's primary key).

    :raises TextNotReviewed: as ``gather_facts``.
    """
    found = []
    for credential, facts in zip(credentials, gather_facts(credentials), strict=True):
        claims = write_claims(_claims(credential, facts, at))
        found.append(base41.encode(sign_claims(claims, key=keys[credential.issuer_id])))
    return found


def facts_in(words: str) -> CertificateFacts:
    """What the paper prints whose signed words these are (as they are kept), with its codes."""
    form = base41.decode(words)
    message = read_message(form)
    paper = read_claims(message.claims)
    codes = tuple(f"{paper.address}#{part}" for part in write_parts(form))
    return facts_of(paper, key=message.method.partition("#")[2], codes=codes)


def facts_of(paper: PaperClaims, *, key: str = "", codes: tuple[str, ...] = ()) -> CertificateFacts:
    """What a paper of these words prints."""
    return CertificateFacts(
        reference=paper.reference,
        kind=CredentialKind(paper.kind),
        learner_names=paper.names,
        issuer=paper.issuer,
        issuer_reference=unquote(paper.issuer_did.rsplit(":", 1)[-1]),
        key=key,
        host=paper.host or paper.issuer,
        site=paper.site,
        title=paper.title,
        units=tuple(UnitProved(each.code, each.titles, each.hours, each.decided_on) for each in paper.units),
        recognised=tuple(
            RecognisedAs(each.country, RecognitionKind(each.recognition), each.level, each.authority, each.document)
            for each in paper.recognised
        ),
        issued_on=paper.issued_on,
        last_day=paper.last_day,
        address=paper.address,
        sha256=paper.sha256,
        bars=bars(paper.sha256),
        is_specimen=paper.is_specimen,
        signatories=paper.signatories,
        beside=paper.beside,
        attended_hours=paper.attended,
        codes=codes,
        languages=paper.languages,
    )


def _claims(credential: Credential, facts: CertificateFacts, at: datetime) -> PaperClaims:
    cohort, ends = credential.cohort, credential.expires_before
    zone, issuer = cohort.site.zone, credential.issuer.reference
    return PaperClaims(
        id=credential.pk,
        issuer_did=did_of(issuer),
        begins=first_instant(credential.issued_on, zone),
        signed_at=at.astimezone(UTC),
        reference=facts.reference,
        kind=facts.kind.value,
        names=facts.learner_names,
        title=facts.title,
        issuer=facts.issuer,
        host=facts.host if facts.host != facts.issuer else {},
        site=facts.site,
        site_reference=cohort.site.reference,
        programme_reference=cohort.programme.reference,
        units=tuple(
            UnitShown(each.code, each.hours, each.decided_on, _titled(each.titles, each.code)) for each in facts.units
        ),
        recognised=tuple(
            RecognitionShown(each.country, each.recognition.value, each.level, each.authority, each.document)
            for each in facts.recognised
        ),
        last_day=facts.last_day,
        ends=first_instant(ends, zone) if ends else None,
        list_address=status_list_url(credential.status_list.organisation.reference, credential.status_list.number),
        list_index=credential.status_index,
        sha256=facts.sha256,
        address=facts.address,
        is_specimen=facts.is_specimen,
        signatories=facts.signatories,
        beside=facts.beside,
        attended=facts.attended_hours,
        languages=facts.languages,
    )


def _titled(titles: Texts, code: str) -> Texts:
    return titles or {"en": code}
