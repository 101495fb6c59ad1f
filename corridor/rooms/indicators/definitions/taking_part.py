"""Who is enrolled, who of them comes from abroad, and how far groups that are easily left out take part."""

from datetime import date
from itertools import batched
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from corridor.foundations.lifecycles.moving import with_status_on
from corridor.kernel.evidence import UNKNOWN, EvidenceRow, Role, role_of
from corridor.kernel.quantities import Additivity, Unit
from corridor.kernel.recompute import Rule
from corridor.kernel.refusals import NotCollected
from corridor.rooms.people.models import Disability, Person, Sex
from corridor.rooms.training.lifecycle import EnrolmentStatus
from corridor.rooms.training.models import Enrolment, EnrolmentChange, ParticipantKind, StudyMode

from ..scopes import Scope
from .definition import Definition, Form, Gathered, Time, When
from .learners import AT_ONCE, CLAIMANTS, DIMENSIONS, KEYS, ORIGIN, PATHS, Learners, narrowed
from .training import entered_in

GROUP, REPORTING = "group", "reporting_country"
ON_ROLL = (EnrolmentStatus.ENROLLED.value, EnrolmentStatus.ATTENDING.value)


class Group(models.TextChoices):
    """Whose share is asked for. Nobody writes down to which ethnic group somebody belongs."""

    WOMEN = "women", _("Women")
    DISABILITY = "disability", _("Persons with a disability")
    ETHNIC_GROUPS = "ethnic_groups", _("Named ethnic groups")


def is_from_abroad(codes: dict[str, str], scope: Scope) -> bool | None:
    """Whether they come from outside the reporting country, which is that of the site where none is named; None: nobody knows."""
    origin = codes[ORIGIN]
    return None if origin == UNKNOWN else origin != (scope.get(REPORTING) or codes["country"])


def _entered(scope: Scope, when: When) -> tuple[dict[UUID, date], set[UUID]]:
    """The places that entered "enrolled" in the period with the first day, and those of them that were never taken up."""
    changes = EnrolmentChange.objects.filter(entered_in(when.period), to_status=EnrolmentStatus.ENROLLED)
    rows = scope.narrow(changes, {key: f"enrolment__{path}" for key, path in PATHS.items()})
    days: dict[UUID, date] = {}
    never: set[UUID] = set()
    found = rows.order_by("-effective_on").values_list("enrolment_id", "effective_on", "enrolment__status")
    for enrolment, day, status in found.iterator(chunk_size=2_000):
        days[enrolment] = day
        if status == EnrolmentStatus.NEVER_STARTED:
            never.add(enrolment)
    return days, never


def _enrolled(scope: Scope, when: When) -> Gathered:
    days, never = _entered(scope, when)
    learners = Learners.of(days)
    rows, left_out = [], []
    for enrolment, day in sorted(days.items()):
        codes = learners.codes(enrolment, day)
        row = EvidenceRow("enrolment", str(enrolment), learners.subject(enrolment), codes=codes)
        (left_out if enrolment in never else rows).append(row)
    return Gathered(rows, left_out, {str(enrolment): day for enrolment, day in days.items()})


def _on_roll(scope: Scope, when: When) -> Gathered:
    places = with_status_on(narrowed(scope, Enrolment.objects.all()), when.day).filter(status_then__in=ON_ROLL)
    keys = sorted(places.order_by().values_list("pk", flat=True))
    learners = Learners.of(keys)
    return Gathered(
        [EvidenceRow("enrolment", str(key), learners.subject(key), codes=learners.codes(key, when.day)) for key in keys]
    )


def _full_time_from_abroad(scope: Scope, when: When) -> Gathered:
    full_time = Enrolment.objects.filter(study_mode=StudyMode.FULL_TIME, participant_kind=ParticipantKind.STUDENT)
    places = with_status_on(narrowed(scope, full_time), when.day).filter(status_then__in=ON_ROLL)
    keys = sorted(places.order_by().values_list("pk", flat=True))
    learners = Learners.of(keys)
    rows, left_out = [], []
    for key in keys:
        codes = learners.codes(key, when.day)
        is_foreign = is_from_abroad(codes, scope)
        if is_foreign is not False:
            row = EvidenceRow("enrolment", str(key), learners.subject(key), codes=codes)
            (left_out if is_foreign is None else rows).append(row)
    return Gathered(rows, left_out)


def _included(scope: Scope, when: When) -> Gathered:
    """Of those who were enrolled in the period and of whom it is known; the others stand beside, and are no "no"."""
    group = Group(scope.get(GROUP))
    if group is Group.ETHNIC_GROUPS:
        raise NotCollected()
    days, never = _entered(scope, when)
    learners = Learners.of(days.keys() - never)
    belongs = _belongs({learners.subject(key) for key in days.keys() - never}, group)
    rows, left_out = [], []
    for enrolment, day in sorted(days.items()):
        if enrolment in never:
            continue
        subject = learners.subject(enrolment)
        roles = (Role.DENOMINATOR, Role.NUMERATOR) if belongs.get(subject) else (Role.DENOMINATOR,)
        codes = learners.codes(enrolment, day) | {GROUP: group.value}
        row = EvidenceRow("enrolment", str(enrolment), subject, role=role_of(*roles), codes=codes)
        (rows if subject in belongs else left_out).append(row)
    return Gathered(rows, left_out)


def _belongs(persons: set[str], group: Group) -> dict[str, bool]:
    """Whether each belongs to the group; who is not in it: nobody knows."""
    field, yes, no = (
        ("sex", Sex.FEMALE, Sex.MALE) if group is Group.WOMEN else ("disability", Disability.YES, Disability.NO)
    )
    found: dict[str, bool] = {}
    for some in batched(sorted(persons), AT_ONCE):
        for person, said in Person.objects.filter(pk__in=some).values_list("pk", field):
            if said in {yes, no}:
                found[str(person)] = said == yes
    return found


OWN_CHOICE = _("Our own choice.")

DEFINITIONS = (
    Definition(
        code="training.persons_enrolled", version=1, title=_("Persons enrolled"),
        counted=_(
            "Distinct persons with at least one place that they were given in the period. Who never started is left out. Each person counts once, "
            "after merges."
        ),
        unit=Unit.PERSONS, additivity=Additivity.DISTINCT, time=Time.PERIOD, form=Form.PERSONS, rule=Rule.COUNT_SUBJECTS,
        collect=_enrolled, dimensions=DIMENSIONS, keys=KEYS, claimants=CLAIMANTS, persons=True, kinds=ParticipantKind,
        left_out=_("Never started"), wrong_way=_("Adding who is there on a day to who came in a period."), follows=_("IndiKit"),
    ),
    Definition(
        code="training.persons_on_roll", version=1, title=_("Persons on the roll"),
        counted=_("Distinct persons with at least one place that was enrolled or attending on the day. Each person counts once, after merges."),
        unit=Unit.PERSONS, additivity=Additivity.ON_A_DAY, time=Time.ON_DAY, form=Form.PERSONS, rule=Rule.COUNT_SUBJECTS,
        collect=_on_roll, dimensions=DIMENSIONS, keys=KEYS, claimants=CLAIMANTS, persons=True, kinds=ParticipantKind,
        wrong_way=_("Adding who is there on a day to who came in a period."), follows=_("IndiKit"),
    ),
    Definition(
        code="training.fulltime_foreign_students", version=1, title=_("Full-time students from abroad"),
        counted=_(
            "Distinct students with a full-time place that was enrolled or attending on the day, who come from outside the reporting country: by the "
            "organisation that sends them, else by where they live. Where no reporting country is named, it is that of the site."
        ),
        unit=Unit.PERSONS, additivity=Additivity.ON_A_DAY, time=Time.ON_DAY, form=Form.PERSONS, rule=Rule.COUNT_SUBJECTS,
        collect=_full_time_from_abroad, dimensions=(ORIGIN, *DIMENSIONS), keys=(*KEYS, REPORTING), own_keys=(REPORTING,),
        persons=True, kinds=ParticipantKind, left_out=_("Nobody knows where they come from"),
        wrong_way=_("Guessing full-time from the kind of programme."), follows=_("The quality reports of Chinese colleges."),
    ),
    Definition(
        code="training.inclusion_share", version=1, title=_("Share of a group"),
        counted=_(
            "Of the distinct persons who were given a place in the period and of whom it is known: those of the group. Of whom it is not known "
            "stands beside and may be either."
        ),
        unit=Unit.PERCENT, additivity=Additivity.RATE, time=Time.PERIOD, form=Form.RATE, rule=Rule.RATE, collect=_included,
        dimensions=(GROUP, *DIMENSIONS), keys=(GROUP, *KEYS), needs=(GROUP,), persons=True, kinds=ParticipantKind,
        left_out=_("Of whom it is not known"), wrong_way=_("Counting unknown as no."), follows=_("Targets of the Asian Development Bank in Laos."),
    ),
)  # fmt: skip
