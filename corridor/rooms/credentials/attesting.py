"""What is signed about somebody who trains or assesses: gathered from the register of trainers and from the licences, as of a day."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from corridor.kernel.wording import N_
from corridor.rooms.assessment.models import Licence
from corridor.rooms.curricula.models import CurriculumVersion, Unit, UnitTitle
from corridor.rooms.members.models import Organisation
from corridor.rooms.people.certificate_forms import certificate_forms
from corridor.rooms.people.merging import same_person_ids
from corridor.rooms.people.models import CertificateName, Person
from corridor.rooms.training.models import Trainer, TrainerUnit

from .addresses import credential_id, curriculum_url, did_of, programme_url, site_url, status_list_url
from .composition import first_instant, place_called, title_in
from .further_languages import Names, Reviewed, reviewed_titles
from .models import AttestationKind, Entitlement, StatusList
from .proofs.facts import CompetentUnit, CredentialFacts, Kind, Learner
from .proofs.status_lists import StatusEntry
from .proofs.texts import Texts, in_further_languages
from .refusals import NameNotConfirmed, NothingProved
from .signed_texts import described, judged, named

_SALT_BYTES = 16


@dataclass(frozen=True)
class PersonKind:
    """What is signed about a person of that kind; the places are filled when it is composed."""

    is_a: Kind
    part: str
    named: str
    described: str
    judged: str
    # Its key among the words that are signed in further languages.
    judged_by: str


RULES = {
    AttestationKind.TRAINER: PersonKind(
        Kind.TRAINER, "trainer", "{title}: trainer",
        "Stands in the alliance's register of trainers and may train the units listed of {title}, version {version}.",
        "By the register of trainers as it was on the day of issue.", "by_trainers",
    ),
    AttestationKind.ASSESSOR: PersonKind(
        Kind.ASSESSOR, "assessor", "{title}: assessor",
        "Holds a licence to assess the units listed of {title}, version {version}.",
        "By the licences that were in force on the day of issue.", "by_licences",
    ),
}  # fmt: skip


def units_of(kind: AttestationKind, person: Person, version: CurriculumVersion, *, on: date) -> list[Unit]:
    """
    The units that the records hold for that person on that day, by position.

    :raises NothingProved: without a place in the register or a licence in force.
    """
    selves = same_person_ids({person.pk})[person.pk]
    if kind == AttestationKind.TRAINER:
        trainers = [each for each in Trainer.objects.filter(person__in=selves) if each.is_registered(on=on)]
        rows = TrainerUnit.objects.filter(trainer__in=trainers, allowed_on__lte=on, unit__version=version)
        keys = set(rows.values_list("unit", flat=True))
        reason = N_("On %(day)s %(person)s does not stand in the register of trainers with a unit of %(version)s.")
    else:
        licences = Licence.objects.filter(person__in=selves, unit__version=version)
        keys = {each.unit_id for each in licences if each.is_in_force(on=on)}
        reason = N_("On %(day)s %(person)s holds no licence in force for a unit of %(version)s.")
    if not keys:
        raise NothingProved(reason, day=on, person=person.reference, version=str(version))
    return list(Unit.objects.filter(pk__in=keys).order_by("position"))


def facts_of(
    *, key: UUID, kind: AttestationKind, person: Person, version: CurriculumVersion, units: Sequence[Unit],
    right: Entitlement, place: tuple[StatusList, int], on: date, expires_before: date | None,
) -> CredentialFacts:  # fmt: skip
    """What is to be signed about that person. :raises NameNotConfirmed: if they have not said how their name stands on it."""
    rule, reference, site = RULES[kind], version.curriculum.reference, right.site
    title = title_in({each.language: each.text for each in version.titles.all()}) or reference
    words = {"title": title, "version": version.version}
    titles: dict[UUID, dict[str, str]] = {}
    for row in UnitTitle.objects.filter(unit__in=units):
        titles.setdefault(row.unit_id, {})[row.language] = row.text
    listed, index = place
    reviewed = Reviewed([unit.pk for unit in units])
    issuer_name, issuer_names = officially_called(right.issuer, on=on)
    name, description = rule.named.format(**words), rule.described.format(**words)
    reviewed_in = reviewed_titles(version)
    descriptions = described(rule.part, reviewed_in, version=version.version)
    return CredentialFacts(
        id=credential_id(key),
        kind=rule.is_a,
        issuer_did=did_of(right.issuer.reference),
        issuer_name=issuer_name,
        issuer_names=issuer_names,
        learner=_holder(person),
        achievement_id=curriculum_url(reference, version.version, rule.part),
        achievement_name=name,
        achievement_names=in_further_languages(named(rule.part, reviewed_in), beside=name),
        achievement_description=description,
        description_texts=in_further_languages(descriptions, beside=description),
        criteria=rule.judged,
        criteria_texts=in_further_languages(judged(rule.judged_by, None, said_in=reviewed_in), beside=rule.judged),
        units=tuple(
            _unit(curriculum_url(reference, version.version, unit.code), unit, titles.get(unit.pk, {}), reviewed)
            for unit in units
        ),
        site=place_called(
            site_url(site.reference), {each.language: each.text for each in site.names.all()}, otherwise=site.city
        ),
        programme=place_called(
            programme_url(right.programme.reference),
            {each.language: each.text for each in right.programme.titles.all()},
            otherwise=right.programme.reference,
        ),
        status=StatusEntry(status_list_url(right.issuer.reference, listed.number), index),
        valid_from=first_instant(on, site.zone),
        valid_until=first_instant(expires_before, site.zone) - timedelta(seconds=1) if expires_before else None,
    )


def officially_called(member: Organisation, *, on: date) -> tuple[str, Texts]:
    """As a document in English names it on that day, and in further languages."""
    names = Names([member.pk]).on(member.pk, on)
    name = title_in(names) or member.reference
    return name, in_further_languages(names, beside=name)


def _unit(address: str, unit: Unit, titles: dict[str, str], reviewed: Reviewed) -> CompetentUnit:
    name = f"{unit.code} {title_in(titles)}".strip()
    return CompetentUnit(address, name, names=in_further_languages(reviewed.unit(unit.pk, unit.code), beside=name))


def _holder(person: Person) -> Learner:
    confirmed = list(
        CertificateName.objects.filter(person=person, ended_at__isnull=True)
        .order_by("language")
        .values_list("full_name", flat=True)
    )
    if not confirmed:
        raise NameNotConfirmed(
            N_(
                "%(person)s has not confirmed how the name stands on the certificate. They confirm it on their own page, "
                "or an office that saw it confirmed on paper writes it down there."
            ),
            person=person.reference,
        )
    names = certificate_forms(person.names.order_by("pk"), confirmed)
    return Learner(
        name=names[0], other_names=tuple(names[1:]), identifier=person.reference, identifier_kind="systemId",
        salt=secrets.token_hex(_SALT_BYTES),
    )  # fmt: skip
