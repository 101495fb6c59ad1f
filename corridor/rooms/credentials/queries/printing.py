"""The certificate of one credential: what it prints, for a page, and the PDF."""

from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.db.models import Sum

from corridor.foundations.access import Actor
from corridor.kernel.fingerprints import bars
from corridor.rooms.curricula.models import UnitHours, UnitTitle
from corridor.rooms.members.models import OrganisationName

from ..addresses import holder_url, key_of
from ..certificates.facts import CertificateFacts, RecognisedAs, UnitProved
from ..certificates.printing import print_certificate
from ..composition import statements_on
from ..models import Credential, CredentialKind, RecognitionKind
from ..proofs.json_reading import read_object
from ..proofs.said import read_said


def certificate_facts(*, credential: Credential, by: Actor) -> CertificateFacts:  # noqa: ARG001
    """
    What the certificate of an issued credential prints; whoever holds the credential (its token, or a right to see it) may read it.
    Seven statements.
    """
    cohort, key = credential.cohort, credential.signing_key
    said = read_said(read_object(credential.document))
    kind = CredentialKind(credential.kind)
    statements = statements_on({(cohort.programme_id, kind)}, credential.issued_on).get((cohort.programme_id, kind), [])
    fingerprint = sha256(credential.document.encode()).hexdigest()
    names = _official_names({credential.issuer_id, cohort.site.host_id})
    ends = credential.expires_before
    return CertificateFacts(
        reference=credential.reference,
        kind=kind,
        learner_names=said.learner_names,
        issuer=names.get(credential.issuer_id, {}) or {"en": said.issuer_name},
        issuer_reference=credential.issuer.reference,
        key=key.fragment if key else "",
        host=names.get(cohort.site.host_id, {}),
        site={each.language: each.text for each in cohort.site.names.all()} or {"en": said.site_name},
        title={each.language: each.text for each in cohort.curriculum_version.titles.all()} or {"en": said.name},
        units=_units(credential),
        recognised=tuple(
            RecognisedAs(
                each.country, RecognitionKind(each.recognition), each.level, each.authority,
                each.document.title if each.document else "",
            )
            for each in statements
        ),
        issued_on=credential.issued_on,
        last_day=ends - timedelta(days=1) if ends else None,
        address=holder_url(credential.token),
        sha256=fingerprint,
        bars=bars(fingerprint),
        is_specimen=settings.EXAMPLE_DAY is not None,
    )  # fmt: skip


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
    """A4, PDF/A-3a and PDF/UA-1, with the signed credential attached byte for byte. The same credential always gives the same bytes."""
    return print_certificate(certificate_facts(credential=credential, by=by), document=credential.document)


def _official_names(members: set[UUID]) -> dict[UUID, dict[str, str]]:
    found: dict[UUID, dict[str, str]] = {}
    rows = OrganisationName.objects.filter(organisation__in=members, kind="official")
    for member, language, name in rows.values_list("organisation", "language", "name"):
        found.setdefault(member, {})[language] = name
    return found


def _units(credential: Credential) -> tuple[UnitProved, ...]:
    rows = list(credential.units.select_related("decision__unit").order_by("decision__unit__position"))
    keys = [row.decision.unit_id for row in rows]
    titles: dict[UUID, dict[str, str]] = {}
    for unit, language, text in UnitTitle.objects.filter(unit__in=keys).values_list("unit", "language", "text"):
        titles.setdefault(unit, {})[language] = text
    hours = dict(
        UnitHours.objects.filter(unit__in=keys).values("unit").annotate(sum=Sum("hours")).values_list("unit", "sum")
    )
    return tuple(
        UnitProved(
            row.decision.unit.code, titles.get(row.decision.unit_id, {}), hours.get(row.decision.unit_id, 0),
            row.decision.decided_on,
        )
        for row in rows
    )  # fmt: skip
