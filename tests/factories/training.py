"""A cohort with everything it stands on, learners in it and sessions: made as rows, in the state a test wants."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from corridor.rooms.agreements.models import Agreement
from corridor.rooms.curricula.models import CurriculumVersion
from corridor.rooms.demand.models import DemandStatement
from corridor.rooms.members.models import Organisation
from corridor.rooms.people.models import Person
from corridor.rooms.programmes.models import Programme
from corridor.rooms.sites.models import Brand, Site
from corridor.rooms.training.models import Attendance, Cohort, CohortTrainer, Enrolment, Session

from .curricula import make_version
from .members import make_member
from .people import make_people, make_person

SIGNED_ON = date(2022, 6, 1)
OPEN_FROM = date(2022, 10, 10)
STARTS_ON = date(2023, 3, 6)
ENDS_BEFORE = date(2023, 7, 1)
WAYS: dict[str, list[str]] = {
    "planned": [],
    "recruiting": ["recruiting"],
    "running": ["running"],
    "finished": ["running", "finished"],
    "assessed": ["running", "finished", "assessed"],
}


def _member(reference: str, country: str = "CN") -> Organisation:
    return Organisation.objects.filter(reference=reference).first() or make_member(reference, country=country)


def _changes(thing: Any, steps: Sequence[tuple[str, date]]) -> None:
    before = thing.LIFE.first.value
    for status, day in steps:
        thing.changes.create(from_status=before, to_status=status, effective_on=day, by_label="secretariat")
        before = status
    thing.status = before
    thing.save(update_fields=["status"])


def make_ground(
    *,
    agreement: str = "AGR-2022-0001",
    site: str = "wks-vientiane",
    programme: str = "PRG-2022-001",
    brand: str = "panda",
) -> tuple[Programme, Site, Brand]:
    """An agreement in force between Chongqing and Vientiane, an operating site listed under a brand, a running programme there."""
    chongqing, vientiane = _member("chongqing"), _member("vientiane", "LA")
    promise = Agreement.objects.filter(reference=agreement).first()
    if promise is None:
        promise = Agreement.objects.create(
            reference=agreement, starts_on=SIGNED_ON, canonical_hash="0" * 64, source_mark="assumed", status="draft"
        )
        for position, organisation in enumerate((chongqing, vientiane), start=1):
            promise.parties.create(organisation=organisation, position=position)
        _changes(promise, [("proposed", SIGNED_ON), ("signed", SIGNED_ON), ("in_force", SIGNED_ON)])
    place = Site.objects.filter(reference=site).first()
    if place is None:
        place = Site.objects.create(
            reference=site, kind="workshop", host=vientiane, country="LA", city="Vientiane", zone="Asia/Vientiane",
            latitude="17.96667", longitude="102.6", source_mark="assumed", status="proposed",
        )  # fmt: skip
        place.names.create(language="en", text="Workshop Vientiane")
        steps = ["feasible", "agreed", "equipping", "unveiled", "operating"]
        _changes(place, [(step, OPEN_FROM) for step in steps])
    mark, _ = Brand.objects.get_or_create(code=brand, defaults={"name": brand.title()})
    place.listings.get_or_create(brand=mark, starts_on=OPEN_FROM)
    made = Programme.objects.filter(reference=programme).first()
    if made is None:
        made = Programme.objects.create(
            reference=programme, kind="vocational", agreement=promise, source_mark="assumed", status="proposed"
        )
        made.agreements_under.create(agreement=promise, position=1)
        made.titles.create(language="en", text="Vehicle inspection and maintenance")
        made.members.create(organisation=chongqing, role="lead")
        made.members.create(organisation=vientiane, role="host")
        _changes(made, [("approved", SIGNED_ON), ("running", OPEN_FROM)])
    made.places.get_or_create(site=place)
    return made, place, mark


def make_demand(reference: str = "DEM-2023-0007", *, stated_on: date | None = date(2023, 2, 6)) -> DemandStatement:
    employer = Organisation.objects.filter(reference="mekong-fleet").first()
    return DemandStatement.objects.create(
        reference=reference, employer=employer or make_member("mekong-fleet", country="LA", kind="company"),
        occupation_code="7231", occupation_title="Vehicle inspector", posts=45, country="LA", stated_on=stated_on,
        needed_by=date(2024, 12, 31), strength="letter", source_mark="assumed", status="stated" if stated_on else "draft",
    )  # fmt: skip


def make_cohort(
    reference: str = "COH-2023-041",
    *,
    status: str = "running",
    learners: int = 0,
    version: CurriculumVersion | None = None,
    trainers: Sequence[Person] = (),
    brand: Brand | None = None,
    demand: DemandStatement | None = None,
    starts_on: date = STARTS_ON,
    ends_before: date = ENDS_BEFORE,
    **ground: str,
) -> Cohort:
    """A cohort in that state with so many attending learners, on the usual ground."""
    programme, site, listed = make_ground(**ground)
    version = version or CurriculumVersion.objects.first() or make_version()
    cohort = Cohort.objects.create(
        reference=reference, programme=programme, curriculum_version=version, site=site, brand=brand or listed,
        demand=demand, no_demand_reason="" if demand else "A pilot.", starts_on=starts_on, ends_before=ends_before,
        status="planned",
    )  # fmt: skip
    days = {
        "recruiting": starts_on - timedelta(days=90),
        "running": starts_on,
        "finished": ends_before,
        "assessed": ends_before,
    }
    _changes(cohort, [(step, days[step]) for step in WAYS[status]])
    for person in trainers:
        CohortTrainer.objects.create(cohort=cohort, person=person)
    for number, person in enumerate(make_people(learners, prefix=f"{reference.lower()}-l"), start=1):
        make_enrolment(cohort, person=person, number=number)
    return cohort


def make_enrolment(
    cohort: Cohort,
    *,
    person: Person | None = None,
    number: int = 1,
    kind: str = "student",
    mode: str = "full_time",
    sending_organisation: Organisation | None = None,
    steps: Sequence[tuple[str, date]] | None = None,
    moved_from: Enrolment | None = None,
) -> Enrolment:
    """A place in a cohort, applied two months before it starts; attending from its first day unless ``steps`` say otherwise."""
    enrolment = Enrolment.objects.create(
        cohort=cohort, person=person or make_person(f"{cohort.reference.lower()}-{number}"), number=number,
        participant_kind=kind, sending_organisation=sending_organisation, study_mode=mode, status="applied",
        moved_from=moved_from,
    )  # fmt: skip
    applied_on = cohort.starts_on - timedelta(days=60)
    enrolment.changes.create(from_status="", to_status="applied", effective_on=applied_on, by_label="secretariat")
    usual = [("enrolled", cohort.starts_on - timedelta(days=7)), ("attending", cohort.starts_on)]
    _changes(enrolment, usual if steps is None else steps)
    return enrolment


def make_session(
    cohort: Cohort,
    *,
    number: int = 1,
    on: date | None = None,
    at: time = time(8, 30),
    minutes: int = 180,
    kind: str = "practice",
    status: str = "planned",
    marks: dict[int, str] | None = None,
    signed_by: str = "bounmy",
) -> Session:
    """A session of a cohort, on its first day unless said otherwise. ``marks`` by seat; held and locked ones are all present."""
    day = on or cohort.starts_on
    begins_at = datetime.combine(day, at, ZoneInfo(cohort.site.zone)).astimezone(UTC)
    session = Session.objects.create(
        cohort=cohort, number=number, begins_at=begins_at, held_on=day, minutes=minutes, kind=kind, status="planned"
    )
    ways = {"planned": [], "cancelled": ["cancelled"], "held": ["held"], "locked": ["held", "locked"]}
    _changes(session, [(step, day) for step in ways[status]])
    if status in {"held", "locked"}:
        seats = {each.number: each for each in cohort.enrolments.all()}
        Attendance.objects.bulk_create(
            Attendance(session=session, enrolment=seat, mark=(marks or {}).get(number, "present"))
            for number, seat in seats.items()
        )
        session.capture_mode, session.version = "live", 2
    if status == "locked":
        session.signed_by, session.signed_at = signed_by, begins_at + timedelta(minutes=minutes)
    session.save()
    return session
