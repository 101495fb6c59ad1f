"""
What a credential says, gathered from the records in sets: a dozen statements however many credentials.

The signed document is in English; what was reviewed in other languages stands beside it (further_languages.py). A document that was signed is
never composed again: it is kept byte for byte.
"""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Sum

from corridor.foundations.vocabularies.languages import language_name
from corridor.rooms.curricula.models import CriterionText, MappingClaim, Relation, UnitHours, UnitTitle
from corridor.rooms.curricula.published_frameworks import CASE, ESCO, framework_of
from corridor.rooms.members.models import Organisation
from corridor.rooms.people.certificate_forms import certificate_forms
from corridor.rooms.people.models import CertificateName, PersonName
from corridor.rooms.training.counting import minutes_counted
from corridor.rooms.training.models import CohortLanguage

from .addresses import (
    credential_id,
    curriculum_url,
    did_of,
    programme_url,
    site_url,
    status_list_url,
)  # fmt: skip
from .further_languages import Names, Reviewed, reviewed_titles
from .kinds import RULES
from .models import Credential, CredentialKind, CredentialUnit, JointSigner, RecognitionStatement
from .proofs.composing import HOURS_ATTENDED, HOURS_OF_UNITS
from .proofs.facts import Alignment, CompetentUnit, CredentialFacts, Learner, Measured, Place
from .proofs.said import HOURS
from .proofs.status_lists import StatusEntry
from .proofs.texts import Texts, in_further_languages
from .recognition import holds, recognition_sentences, statements_on
from .signed_texts import WITH_LEVEL, English, OfCertificates, in_languages_of, level_claimed
from .standing_behind import capable_sites, evidence_named

_ENGLISH = "en"
_SALT_BYTES = 16
_TARGETS = {CASE: "CFItem", ESCO: "ext:ESCO"}


@dataclass
class Ground:
    """Texts by what they belong to, read once for many credentials."""

    names: dict[UUID, list[PersonName]] = field(default_factory=dict)
    confirmed: dict[UUID, list[str]] = field(default_factory=dict)
    members: Names = field(default_factory=lambda: Names(()))
    reviewed: Reviewed = field(default_factory=lambda: Reviewed(()))
    texts: OfCertificates = field(default_factory=lambda: OfCertificates(Reviewed(()), {}))
    titles: dict[UUID, dict[str, str]] = field(default_factory=dict)
    criteria: dict[UUID, list[str]] = field(default_factory=dict)
    claims: dict[UUID, list[MappingClaim]] = field(default_factory=dict)
    statements: dict[tuple[UUID, str], list[RecognitionStatement]] = field(default_factory=dict)
    units: dict[UUID, list[CredentialUnit]] = field(default_factory=dict)
    signers: dict[UUID, list[JointSigner]] = field(default_factory=dict)
    minutes: dict[UUID, int] = field(default_factory=dict)
    hours: dict[UUID, int] = field(default_factory=dict)
    taught_in: dict[UUID, list[str]] = field(default_factory=dict)
    capable: dict[UUID, str] = field(default_factory=dict)
    shown: dict[UUID, tuple[Place, ...]] = field(default_factory=dict)


def compose(credentials: Sequence[Credential]) -> list[CredentialFacts]:
    """The facts of each credential, in the order given. They come with cohort, site, programme, version, issuer and list selected."""
    ground = _gather(credentials)
    return [_facts(credential, ground) for credential in credentials]


def hours_of(units: Collection[UUID]) -> dict[UUID, int]:
    """How many hours each unit takes, of all kinds together; units without any are left out."""
    rows = UnitHours.objects.filter(unit__in=units).values("unit").annotate(sum=Sum("hours"))
    return dict(rows.values_list("unit", "sum"))


def title_in(titles: dict[str, str], language: str = _ENGLISH) -> str:
    """The title in that language, else in English, else in whichever there is."""
    return titles.get(language) or titles.get(_ENGLISH) or next(iter(titles.values()), "")


def place_called(address: str, names: dict[str, str], *, otherwise: str, note: str = "") -> Place:
    """A place by its names, by language; ``note`` that it was capable."""
    name = title_in(names) or otherwise
    notes = in_further_languages(in_languages_of("capable", names), beside=note) if note else ()
    return Place(address, name, note, in_further_languages(names, beside=name), notes)


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
    ground.capable = capable_sites(credentials, ground.units)
    ground.shown = evidence_named(credentials, ground.units)
    persons = {each.enrolment.person_id for each in credentials}
    for each in PersonName.objects.filter(person__in=persons).order_by("pk"):
        ground.names.setdefault(each.person_id, []).append(each)
    confirmed = CertificateName.objects.filter(person__in=persons, ended_at__isnull=True).order_by("language")
    for person, name in confirmed.values_list("person", "full_name"):
        ground.confirmed.setdefault(person, []).append(name)
    for signer in JointSigner.objects.filter(credential__in=keys).select_related("organisation"):
        ground.signers.setdefault(signer.credential_id, []).append(signer)
    issuers = {each.issuer_id for each in credentials}
    issuers |= {each.organisation_id for rows in ground.signers.values() for each in rows}
    languages = CohortLanguage.objects.filter(cohort__in={each.cohort_id for each in credentials}).order_by("position")
    for cohort, language in languages.values_list("cohort", "language"):
        ground.taught_in.setdefault(cohort, []).append(language)
    for day in {each.issued_on for each in credentials if each.kind == CredentialKind.ATTENDANCE}:
        places = [each.enrolment_id for each in credentials if each.issued_on == day]
        ground.minutes |= minutes_counted(places, on=day)
    ground.members = Names(issuers)
    units = {row.decision.unit_id for rows in ground.units.values() for row in rows}
    for unit, language, text in UnitTitle.objects.filter(unit__in=units).values_list("unit", "language", "text"):
        ground.titles.setdefault(unit, {})[language] = text
    ground.reviewed, ground.hours = Reviewed(units), hours_of(units)
    criteria = CriterionText.objects.filter(criterion__element__unit__in=units, language=_ENGLISH)
    for unit, text in criteria.order_by("criterion__element__position", "criterion__position").values_list(
        "criterion__element__unit", "text"
    ):
        ground.criteria.setdefault(unit, []).append(text)
    ground.texts = OfCertificates(ground.reviewed, {unit: len(texts) for unit, texts in ground.criteria.items()})
    claims = MappingClaim.objects.filter(unit__in=units).exclude(relation=Relation.NONE).select_related("foreign_unit")
    for claim in claims.order_by("foreign_unit__country", "foreign_unit__code"):
        ground.claims.setdefault(claim.unit_id, []).append(claim)
    return ground


def _facts(credential: Credential, ground: Ground) -> CredentialFacts:
    cohort = credential.cohort
    version, site = cohort.curriculum_version, cohort.site
    reference, number = version.curriculum.reference, version.version
    rows = ground.units.get(credential.pk, [])
    rule, words = RULES[CredentialKind(credential.kind)], _words(credential, ground)
    stated = ground.statements.get((cohort.programme_id, credential.kind), [])
    statements = [each for each in stated if holds(each, credential.issued_on)]
    issuer = credential.issuer
    ends = credential.expires_before
    issuer_name, issuer_names = _member_called(issuer, credential.issued_on, ground)
    taught_in = ground.taught_in.get(credential.cohort_id, [])
    english = English(
        rule.named.format(**words),
        " ".join([rule.described.format(**words), *_taught_in(taught_in)]),
        _criteria(rule.judged, rows, ground),
    )
    further = ground.texts.of(
        CredentialKind(credential.kind), version, rows, english=english, part=credential.part, judged_by=rule.judged_by,
        taught_in=taught_in, statements=statements, places={each: words[each] for each in ("version", "units", "hours")},
    )  # fmt: skip
    return CredentialFacts(
        id=credential_id(credential.pk),
        kind=rule.is_a,
        issuer_did=did_of(issuer.reference),
        issuer_name=issuer_name,
        issuer_names=issuer_names,
        learner=_learner(credential, ground),
        achievement_id=curriculum_url(
            reference, number, f"{credential.kind}{credential.part and '-'}{credential.part}"
        ),
        achievement_name=english.name,
        achievement_names=further.names,
        achievement_description=english.description,
        description_texts=further.descriptions,
        criteria=english.criteria,
        criteria_texts=further.criteria,
        units=tuple(_unit(row, reference, number, credential.issued_on, ground) for row in rows),
        site=place_called(
            site_url(site.reference),
            {each.language: each.text for each in site.names.all()},
            otherwise=site.city,
            note=ground.capable.get(credential.pk, ""),
        ),
        programme=place_called(
            programme_url(cohort.programme.reference),
            {each.language: each.text for each in cohort.programme.titles.all()},
            otherwise=cohort.programme.reference,
        ),
        status=StatusEntry(status_list_url(issuer.reference, credential.status_list.number), credential.status_index),
        valid_from=first_instant(credential.issued_on, site.zone),
        valid_until=first_instant(ends, site.zone) - timedelta(seconds=1) if ends else None,
        recognition=recognition_sentences(statements),
        recognition_texts=further.recognition,
        signers=tuple(
            _signer(each.organisation, credential.issued_on, ground) for each in ground.signers.get(credential.pk, [])
        ),
        shown=ground.shown.get(credential.pk, ()),
        alignments=level_claimed(version) if credential.kind in WITH_LEVEL else (),
        measured=_measured(credential, ground, words["hours"], reference, number),
    )


def _words(credential: Credential, ground: Ground) -> dict[str, str]:
    """What fills the places of what is signed about its kind."""
    version, rows = credential.cohort.curriculum_version, ground.units.get(credential.pk, [])
    units = [row.decision.unit for row in rows]
    return {
        "title": title_in({each.language: each.text for each in version.titles.all()}) or version.curriculum.reference,
        "version": version.version, "units": str(len(rows)), "part": credential.part,
        "names": ", ".join(f"{unit.code} {title_in(ground.titles.get(unit.pk, {}))}".strip() for unit in units),
        "hours": str(ground.minutes.get(credential.enrolment_id, 0) // 60),
    }  # fmt: skip


def _taught_in(tags: Sequence[str]) -> list[str]:
    languages = [language_name(tag) for tag in tags]
    return [f"Taught in {', '.join(languages)}."] if languages else []


def _member_called(member: Organisation, day: date, ground: Ground) -> tuple[str, Texts]:
    """As it was called that day: in English, and in further languages."""
    names = ground.members.on(member.pk, day)
    name = title_in(names) or member.reference
    return name, in_further_languages(names, beside=name)


def _signer(member: Organisation, day: date, ground: Ground) -> Place:
    name, names = _member_called(member, day, ground)
    return Place(did_of(member.reference), name, names=names)


def _measured(
    credential: Credential, ground: Ground, attended: str, reference: str, version: str
) -> tuple[Measured, ...]:
    """The hours: attended, by the registers; or those that the units listed take, where the curriculum says so."""
    titles = reviewed_titles(credential.cohort.curriculum_version)
    if credential.kind == CredentialKind.ATTENDANCE:
        names = in_further_languages(in_languages_of("hours_attended", titles), beside=HOURS_ATTENDED)
        return (Measured(curriculum_url(reference, version, "attendance-hours"), HOURS_ATTENDED, attended, names),)
    hours = sum(ground.hours.get(row.decision.unit_id, 0) for row in ground.units.get(credential.pk, []))
    names = in_further_languages(in_languages_of("hours_of_units", titles), beside=HOURS_OF_UNITS)
    return (Measured(curriculum_url(reference, version, "hours"), HOURS_OF_UNITS, str(hours), names),) if hours else ()


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
    name = f"{unit.code} {title_in(ground.titles.get(unit.pk, {}))}".strip()
    alignments = {}
    for claim in ground.claims.get(unit.pk, []):
        foreign = claim.foreign_unit
        if foreign is not None and foreign.source_url and claim.holds_on(day):
            kind = framework_of(foreign.source_url)
            framework = f"{foreign.body} {foreign.qualification if kind else ''}".strip()
            alignment = Alignment(foreign.title, foreign.source_url, framework, foreign.code, _TARGETS.get(kind, ""))
            alignments[alignment] = None
    address, hours = curriculum_url(reference, version, unit.code), ground.hours.get(unit.pk, 0)
    return CompetentUnit(
        id=address,
        name=name,
        hours=Measured(f"{address}{HOURS}", f"{unit.code}: hours", str(hours)) if hours else None,
        alignments=tuple(alignments),
        names=in_further_languages(ground.reviewed.unit(unit.pk, unit.code), beside=name),
    )


def _criteria(judged: str, rows: Sequence[CredentialUnit], ground: Ground) -> str:
    told = [
        f"{row.decision.unit.code}: {'; '.join(ground.criteria[row.decision.unit_id])}."
        for row in rows
        if row.decision.unit_id in ground.criteria
    ]
    return "\n".join([judged, *told])
