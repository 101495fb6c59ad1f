"""Trainers in further training, and teachers away from home (docs/rules/cascade.md)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from corridor.kernel.breakdowns import age_band
from corridor.kernel.evidence import UNKNOWN, EvidenceRow, Role, role_of
from corridor.kernel.periods import age_on
from corridor.kernel.quantities import Additivity, Unit
from corridor.kernel.recompute import Rule
from corridor.kernel.refusals import NotCollected
from corridor.kernel.wording import N_
from corridor.rooms.members.merging import references_that_stand
from corridor.rooms.people.merging import merged_persons
from corridor.rooms.people.models import Person
from corridor.rooms.training.away import days_away
from corridor.rooms.training.counting import counted_attendance
from corridor.rooms.training.models import ParticipantKind, Stay, StayKind, Trainer

from ..scopes import Scope
from .definition import Definition, Form, Gathered, Time, When

COST_OF_LEARNING = "trainers.further_training_cost"


def _further(scope: Scope, when: When) -> Gathered:
    """Registered on some day of the period, and who of them learned as a teacher in it."""
    heirs, stands = merged_persons(), references_that_stand()
    attended = counted_attendance(when.period).filter(enrolment__participant_kind=ParticipantKind.TEACHER)
    learned = {heirs.get(key, key) for key in attended.values_list("enrolment__person_id", flat=True).distinct()}
    registered = Trainer.objects.filter(
        Q(held_before__isnull=True) | Q(held_before__gt=when.period.first_day), held_from__lte=when.day
    )
    if country := scope.get("country"):
        registered = registered.filter(employer__country=country)
    persons = _persons(registered.values_list("person_id", flat=True), heirs)
    rows: list[EvidenceRow] = []
    for trainer in registered.select_related("employer").order_by("pk"):
        person = persons[heirs.get(trainer.person_id, trainer.person_id)]
        roles = (Role.DENOMINATOR, Role.NUMERATOR) if person.pk in learned else (Role.DENOMINATOR,)
        employer = trainer.employer
        codes = {
            "country": employer.country if employer else UNKNOWN,
            "employer": stands.get(employer.reference, employer.reference) if employer else UNKNOWN,
            "sex": person.sex, "age_band": _age(person, when.period.first_day), "source": person.source_mark,
        }  # fmt: skip
        rows.append(EvidenceRow("trainer", str(trainer.pk), str(person.pk), role=role_of(*roles), codes=codes))
    return Gathered(rows)


def _days_abroad(scope: Scope, when: When) -> Gathered:
    heirs = merged_persons()
    first, after = when.period.first_day, when.day + timedelta(days=1)
    # Who is away to learn guides nobody.
    stays = _stays(scope).exclude(kind=StayKind.LEARNING).filter(starts_on__lt=after)
    stays = stays.filter(Q(ends_before__isnull=True) | Q(ends_before__gt=first))
    abroad = [stay for stay in stays if stay.country != stay.sent_by.country]
    away = days_away(abroad, period=when.period, heirs=heirs)
    stands = references_that_stand()
    rows, left_out = [], []
    for each in away.rows:
        row = _stay_row(each.stay, heirs, stands, each.counted)
        if each.counted:
            rows.append(row)
        if each.counted < each.days:
            left_out.append(row)
    return Gathered(rows, left_out)


def _posts_abroad(scope: Scope, when: When) -> Gathered:
    heirs, stands = merged_persons(), references_that_stand()
    held = _stays(scope).filter(
        Q(ends_before__isnull=True) | Q(ends_before__gt=when.day), kind=StayKind.POSTING, starts_on__lte=when.day
    )
    return Gathered([_stay_row(stay, heirs, stands, 1) for stay in held if stay.country != stay.sent_by.country])


def _stays(scope: Scope) -> Any:
    paths = {"kind": "kind", "country": "country", "sending_country": "sent_by__country", "site": "site__reference"}
    return scope.narrow(Stay.objects.all(), paths).select_related("sent_by", "site").order_by("starts_on", "pk")


def _stay_row(stay: Any, heirs: dict[UUID, UUID], stands: dict[str, str], amount: int) -> EvidenceRow:
    sender = stay.sent_by.reference
    codes = {
        "kind": str(stay.kind), "country": stay.country, "sending_country": stay.sent_by.country or UNKNOWN,
        "sending_organisation": stands.get(sender, sender), "site": stay.site.reference if stay.site else UNKNOWN,
    }  # fmt: skip
    return EvidenceRow("stay", str(stay.pk), str(heirs.get(stay.person_id, stay.person_id)), amount, codes=codes)


def _persons(keys: Iterable[UUID], heirs: dict[UUID, UUID]) -> dict[UUID, Person]:
    return Person.objects.in_bulk({heirs.get(key, key) for key in keys})


def _age(person: Person, day: date) -> str:
    return age_band(None if person.born_on is None or person.born_on > day else age_on(person.born_on, day))


def _cost(scope: Scope, when: When) -> Gathered:
    """What teachers were away to learn, by the first day, with its cost in one currency; what has none in it stands beside."""
    stays = _stays(scope).filter(kind=StayKind.LEARNING)
    if not Stay.objects.filter(kind=StayKind.LEARNING, cost_units__isnull=False).exists():
        raise NotCollected(N_("Nobody keeps records of this yet, so there is no number; it is not 0."))
    heirs, stands, currency = merged_persons(), references_that_stand(), scope.get("currency")
    rows, left_out, days = [], [], {}
    for stay in stays.filter(starts_on__gte=when.period.first_day, starts_on__lte=when.day):
        told = _stay_row(stay, heirs, stands, 0)
        row = replace(told, role=role_of(Role.DENOMINATOR), codes={**told.codes, "currency": currency})
        if stay.cost_units is None or stay.currency != currency:
            left_out.append(row)
            continue
        rows.append(replace(row, amount=stay.cost_units, role=role_of(Role.DENOMINATOR, Role.NUMERATOR)))
        days[row.record_id] = stay.starts_on
    return Gathered(rows, left_out, days)


DEFINITIONS = (
    Definition(
        code="trainers.further_training_share", version=1, title=_("Trainers in further training"),
        counted=_(
            "Of those who stood in the register of trainers on a day of the period: those with a signed attendance as a teacher in a cohort of the "
            "alliance in it."
        ),
        unit=Unit.PERCENT, additivity=Additivity.RATE, time=Time.PERIOD, form=Form.RATE, rule=Rule.RATE, collect=_further,
        dimensions=("sex", "age_band", "country", "employer", "source"), keys=("country",), persons=True,
        wrong_way=_("Dividing those who took part by those who took part."),
        follows=_("EQAVET 2a; what counts as further training is our own choice."),
    ),
    Definition(
        code=COST_OF_LEARNING, version=1, title=_("Cost of further training per head"),
        counted=_(
            "What it cost, in one currency, that teachers were away to learn, for each teacher who was; by the days on which they went. Who was "
            "away twice is one."
        ),
        unit=Unit.MONEY, additivity=Additivity.RATE, time=Time.PERIOD, form=Form.MONEY, rule=Rule.AMOUNTS_FOR_EACH, collect=_cost,
        dimensions=("country", "sending_country", "sending_organisation"), keys=("currency", "country", "sending_country"),
        needs=("currency",), persons=True, left_out=_("Without a cost in this currency"),
        wrong_way=_("Dividing by everybody in the register."), follows=_("EQAVET 2b"),
    ),
    Definition(
        code="trainers.days_abroad", version=1, title=_("Teachers’ guidance abroad"),
        counted=_(
            "Days of the period on which a teacher was away in a country that is not the sender’s, posted or on a trip. One person on one day is "
            "one, however many stays it lies in: shared days count under the stay that began first."
        ),
        unit=Unit.PERSON_DAYS, additivity=Additivity.ADDS, time=Time.PERIOD, form=Form.VOLUME, rule=Rule.SUM_AMOUNTS,
        collect=_days_abroad, dimensions=("kind", "country", "sending_country", "sending_organisation", "site"),
        keys=("kind", "country", "sending_country", "site"), persons=True, kinds=StayKind, falls_on_days=False,
        left_out=_("Shares days with an earlier stay"), wrong_way=_("Planned days; counting a day twice that lies in two stays."),
        follows=_("The quality reports of Chinese colleges; the day rule is our own choice."),
    ),
    Definition(
        code="trainers.posts_abroad", version=1, title=_("Teachers posted abroad"),
        counted=_("Distinct teachers who on the day were posted to a site in a country that is not the sender’s."),
        unit=Unit.PERSONS, additivity=Additivity.ON_A_DAY, time=Time.ON_DAY, form=Form.PERSONS, rule=Rule.COUNT_SUBJECTS,
        collect=_posts_abroad, dimensions=("country", "sending_country", "sending_organisation", "site"),
        keys=("country", "sending_country", "site"), persons=True,
        wrong_way=_("Counting trips as posts."), follows=_("The quality reports of Chinese colleges; the rule is our own choice."),
    ),
)  # fmt: skip
