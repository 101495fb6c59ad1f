"""
What a credential says, gathered from the records in sets: a dozen statements however many credentials.

The signed document is in English, names apart; the printed certificate adds the other languages. A document that was signed is
never composed again: it is kept byte for byte.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from corridor.foundations.vocabularies.countries import country_name
from corridor.rooms.curricula.models import CriterionText, MappingClaim, Relation, UnitTitle
from corridor.rooms.members.models import OrganisationName
from corridor.rooms.people.certificate_forms import certificate_forms
from corridor.rooms.people.models import CertificateName, PersonName

from .addresses import (
    credential_id,
    curriculum_url,
    did_of,
    programme_url,
    site_url,
    status_list_url,
)  # fmt: skip
from .models import Credential, CredentialKind, CredentialUnit, RecognitionKind, RecognitionStatement
from .proofs.composing import Alignment, CompetentUnit, CredentialFacts, Kind, Learner, Place
from .proofs.status_lists import StatusEntry

_ENGLISH = "en"
_SALT_BYTES = 16
_JUDGED = (
    "Found competent, in each unit listed, by an assessor who did not train the learner, on evidence from practice."
)
_RECOGNISED = {
    RecognitionKind.ATTENDANCE: "proof of attendance, not a qualification",
    RecognitionKind.INSTITUTION: "a certificate of an institution, not a national qualification",
    RecognitionKind.NATIONAL: "a national qualification",
    RecognitionKind.REFERENCED: "referenced to the national framework, which is not recognition",
    RecognitionKind.BILATERAL: "recognised by an agreement between countries",
}


@dataclass
class Ground:
    """Texts by what they belong to, read once for many credentials."""

    names: dict[UUID, list[PersonName]] = field(default_factory=dict)
    confirmed: dict[UUID, list[str]] = field(default_factory=dict)
    members: dict[UUID, dict[str, str]] = field(default_factory=dict)
    titles: dict[UUID, dict[str, str]] = field(default_factory=dict)
    criteria: dict[UUID, list[str]] = field(default_factory=dict)
    claims: dict[UUID, list[MappingClaim]] = field(default_factory=dict)
    statements: dict[tuple[UUID, str], list[RecognitionStatement]] = field(default_factory=dict)
    units: dict[UUID, list[CredentialUnit]] = field(default_factory=dict)


def compose(credentials: Sequence[Credential]) -> list[CredentialFacts]:
    """The facts of each credential, in the order given. They come with cohort, site, programme, version, issuer and list selected."""
    ground = _gather(credentials)
    return [_facts(credential, ground) for credential in credentials]


def recognition_sentences(statements: Sequence[RecognitionStatement]) -> str:
    """What it counts as, country by country, as it is printed."""
    return " ".join(_sentence(each) for each in statements)


def statements_on(
    keys: set[tuple[UUID, str]], day: date | None = None
) -> dict[tuple[UUID, str], list[RecognitionStatement]]:
    """Recognition statements by programme and kind of credential, by country; those that hold on ``day`` where one is given."""
    rows = RecognitionStatement.objects.filter(programme__in={programme for programme, _ in keys})
    found: dict[tuple[UUID, str], list[RecognitionStatement]] = {}
    for row in rows.select_related("document").order_by("country", "starts_on"):
        if day is None or _holds(row, day):
            found.setdefault((row.programme_id, row.credential_kind), []).append(row)
    return found


def title_in(titles: dict[str, str], language: str = _ENGLISH) -> str:
    """The title in that language, else in English, else in whichever there is."""
    return titles.get(language) or titles.get(_ENGLISH) or next(iter(titles.values()), "")


def first_instant(day: date, zone: str) -> datetime:
    """The first instant of a day at the site."""
    return datetime.combine(day, time(), ZoneInfo(zone))


def _gather(credentials: Sequence[Credential]) -> Ground:
    ground = Ground(statements=statements_on({(each.cohort.programme_id, each.kind) for each in credentials}))
    keys = [each.pk for each in credentials]
    for row in (
        CredentialUnit.objects.filter(credential__in=keys)
        .select_related("decision__unit")
        .order_by("decision__unit__position")
    ):
        ground.units.setdefault(row.credential_id, []).append(row)
    persons = {each.enrolment.person_id for each in credentials}
    for each in PersonName.objects.filter(person__in=persons).order_by("pk"):
        ground.names.setdefault(each.person_id, []).append(each)
    confirmed = CertificateName.objects.filter(person__in=persons, ended_at__isnull=True).order_by("language")
    for person, name in confirmed.values_list("person", "full_name"):
        ground.confirmed.setdefault(person, []).append(name)
    issuers = {each.issuer_id for each in credentials}
    for member, language, name in OrganisationName.objects.filter(
        organisation__in=issuers, kind="official"
    ).values_list("organisation", "language", "name"):
        ground.members.setdefault(member, {})[language] = name
    units = {row.decision.unit_id for rows in ground.units.values() for row in rows}
    for unit, language, text in UnitTitle.objects.filter(unit__in=units).values_list("unit", "language", "text"):
        ground.titles.setdefault(unit, {})[language] = text
    criteria = CriterionText.objects.filter(criterion__element__unit__in=units, language=_ENGLISH)
    for unit, text in criteria.order_by("criterion__element__position", "criterion__position").values_list(
        "criterion__element__unit", "text"
    ):
        ground.criteria.setdefault(unit, []).append(text)
    claims = MappingClaim.objects.filter(unit__in=units).exclude(relation=Relation.NONE).select_related("foreign_unit")
    for claim in claims.order_by("foreign_unit__country", "foreign_unit__code"):
        ground.claims.setdefault(claim.unit_id, []).append(claim)
    return ground


def _facts(credential: Credential, ground: Ground) -> CredentialFacts:
    cohort = credential.cohort
    version, site = cohort.curriculum_version, cohort.site
    reference, number = version.curriculum.reference, version.version
    rows = ground.units.get(credential.pk, [])
    title = title_in({each.language: each.text for each in version.titles.all()}) or reference
    is_award = credential.kind == CredentialKind.AWARD
    statements = ground.statements.get((cohort.programme_id, credential.kind), [])
    issuer = credential.issuer
    ends = credential.expires_before
    return CredentialFacts(
        id=credential_id(credential.pk),
        kind=Kind.AWARD if is_award else Kind.STATEMENT,
        issuer_did=did_of(issuer.reference),
        issuer_name=title_in(ground.members.get(issuer.pk, {})) or issuer.reference,
        learner=_learner(credential, ground),
        achievement_id=curriculum_url(reference, number, "award" if is_award else "statement"),
        achievement_name=title if is_award else f"{title}: statement of units",
        achievement_description=_description(title, number, is_award=is_award, units=len(rows)),
        criteria=_criteria(rows, ground),
        units=tuple(_unit(row, reference, number, credential.issued_on, ground) for row in rows),
        site=Place(
            site_url(site.reference), title_in({each.language: each.text for each in site.names.all()}) or site.city
        ),
        programme=Place(
            programme_url(cohort.programme.reference),
            title_in({each.language: each.text for each in cohort.programme.titles.all()})
            or cohort.programme.reference,
        ),
        status=StatusEntry(status_list_url(issuer.reference, credential.status_list.number), credential.status_index),
        valid_from=first_instant(credential.issued_on, site.zone),
        valid_until=first_instant(ends, site.zone) - timedelta(seconds=1) if ends else None,
        recognition=recognition_sentences([each for each in statements if _holds(each, credential.issued_on)]),
    )


def _learner(credential: Credential, ground: Ground) -> Learner:
    person = credential.enrolment.person_id
    names = certificate_forms(ground.names.get(person, []), ground.confirmed.get(person, []))
    return Learner(
        name=names[0] if names else "",
        other_names=tuple(names[1:]),
        identifier=credential.enrolment.person.reference,
        identifier_kind="systemId",
        salt=secrets.token_hex(_SALT_BYTES),
    )


def _unit(row: CredentialUnit, reference: str, version: str, day: date, ground: Ground) -> CompetentUnit:
    unit = row.decision.unit
    alignments = {}
    for claim in ground.claims.get(unit.pk, []):
        foreign = claim.foreign_unit
        if foreign is not None and foreign.source_url and claim.holds_on(day):
            alignment = Alignment(foreign.title, foreign.source_url, foreign.body, foreign.code)
            alignments[alignment] = None
    return CompetentUnit(
        id=curriculum_url(reference, version, unit.code),
        name=f"{unit.code} {title_in(ground.titles.get(unit.pk, {}))}".strip(),
        alignments=tuple(alignments),
    )


def _description(title: str, version: str, *, is_award: bool, units: int) -> str:
    if is_award:
        return f"Competent in every required unit of {title}, version {version}."
    return f"Competent in {units} of the units of {title}, version {version}; not the whole award."


def _criteria(rows: Sequence[CredentialUnit], ground: Ground) -> str:
    told = [
        f"{row.decision.unit.code}: {'; '.join(ground.criteria[row.decision.unit_id])}."
        for row in rows
        if row.decision.unit_id in ground.criteria
    ]
    return "\n".join([_JUDGED, *told])


def _holds(statement: RecognitionStatement, day: date) -> bool:
    return statement.starts_on <= day and (statement.ends_before is None or day < statement.ends_before)


def _sentence(statement: RecognitionStatement) -> str:
    said = f"{country_name(statement.country)}: {_RECOGNISED[RecognitionKind(statement.recognition)]}"
    details = [part for part in (statement.level, statement.authority) if part]
    if statement.document is not None:
        details.append(statement.document.title)
    return f"{said} ({'; '.join(details)})." if details else f"{said}."
