"""Many members, sites and completions at once, as the worked cases of the counting rules need them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from corridor.foundations.access import Actor, Role
from corridor.foundations.accounts.models import User
from corridor.kernel.periods import Period
from corridor.rooms.members.models import Membership, MembershipChange, Organisation
from corridor.rooms.people.models import Person
from corridor.rooms.sites.models import Site
from corridor.rooms.training.models import Attendance, Cohort, Enrolment, EnrolmentChange

from .actors import make_actor, make_user
from .members import FOUNDED_ON, WAY_IN, make_alliance
from .training import STARTS_ON, make_cohort, make_ground, make_session

REPORT_DAY = date(2024, 1, 18)
AT = datetime(2024, 2, 2, 1, 0, tzinfo=UTC)
FREEZE_DAY = date(2024, 1, 25)
SINCE_FOUNDING = Period.through(FOUNDED_ON, REPORT_DAY)
NAMED_PLACES = ("CN", "ID", "NZ", "KR", "TH", "LK", "LA", "MM", "KH", "PH", "PK", "AU", "SG")
PLACES_OF_SITES = {
    "wks-vientiane": "LA",
    "wks-luang-prabang": "LA",
    "wks-phnom-penh": "KH",
    "wks-sihanoukville": "KH",
    "wks-rayong": "TH",
}


def make_members(counts: dict[str, int], *, kind: str = "school") -> list[Organisation]:
    """So many active members in each country, in four statements."""
    organisations = Organisation.objects.bulk_create(
        Organisation(
            reference=f"{country.lower()}-{kind}-{number}", kind=kind, country=country, city="–", source_mark="assumed"
        )
        for country, count in counts.items()
        for number in range(1, count + 1)
    )  # fmt: skip
    memberships = Membership.objects.bulk_create(
        Membership(organisation=each, status="active") for each in organisations
    )
    MembershipChange.objects.bulk_create(
        MembershipChange(
            membership=each, from_status=before, to_status=step, effective_on=FOUNDED_ON, by_label="secretariat"
        )
        for each in memberships
        for before, step in zip(["", *WAY_IN], WAY_IN, strict=False)
    )
    return organisations


def make_alliance_of_164() -> list[Organisation]:
    """Worked case W1: 164 active members in fourteen places, thirteen of them named in a source, Hong Kong assumed with three members."""
    make_alliance(named=NAMED_PLACES, assumed=("HK",))
    counts = dict.fromkeys(NAMED_PLACES, 5) | {"CN": 101, "HK": 3}
    return make_members(counts)


def make_learners(count: int, *, prefix: str, born_on: date | None = None, sex: str = "female") -> list[Person]:
    """So many persons without names, in one statement."""
    return Person.objects.bulk_create(
        Person(reference=f"{prefix}-{number}", sex=sex, born_on=born_on, source_mark="assumed")
        for number in range(1, count + 1)
    )


def complete(
    cohort: Cohort,
    persons: Sequence[Person],
    *,
    kind: str = "teacher",
    on: date = date(2023, 7, 1),
    backed: bool = True,
    sending: Organisation | None = None,
) -> list[Enrolment]:
    """These persons complete the cohort on that day; with ``backed`` each has a signed attendance."""
    first = cohort.enrolments.count()
    session = cohort.sessions.filter(status="locked").first() or make_session(cohort, status="locked")
    enrolments = Enrolment.objects.bulk_create(
        Enrolment(
            cohort=cohort, person=person, number=number, participant_kind=kind, study_mode="part_time",
            sending_organisation=sending, status="completed",
        )
        for number, person in enumerate(persons, start=first + 1)
    )  # fmt: skip
    way = [("applied", "enrolled", STARTS_ON), ("enrolled", "attending", STARTS_ON), ("attending", "completed", on)]
    EnrolmentChange.objects.bulk_create(
        EnrolmentChange(enrolment=each, from_status=before, to_status=to, effective_on=day, by_label="secretariat")
        for each in enrolments
        for before, to, day in way
    )
    if backed:
        Attendance.objects.bulk_create(
            Attendance(session=session, enrolment=each, mark="present") for each in enrolments
        )
    return enrolments


def make_place(reference: str, country: str, *, brand: str = "panda") -> Site:
    """An operating site in that country, listed under that brand."""
    make_ground(site=reference, brand=brand)
    Site.objects.filter(reference=reference).update(country=country, city=reference)
    return Site.objects.get(reference=reference)


def make_cohort_at(site: str, reference: str, *, brand: str | None = "panda") -> Cohort:
    """A finished cohort at a site, for a brand or with none named."""
    cohort = make_cohort(reference, status="finished", site=site, **({"brand": None} if brand is None else {}))
    if brand is None:
        Cohort.objects.filter(pk=cohort.pk).update(brand=None)
        cohort.refresh_from_db()
    return cohort


def make_five_workshops() -> dict[str, Site]:
    """Worked case W2: five sites of one brand in three countries."""
    return {reference: make_place(reference, country) for reference, country in PLACES_OF_SITES.items()}


def complete_at_five_workshops() -> None:
    """
    Worked case W2: teachers 60, 55, 50, 45, 40, ten of them at two sites; employees 130, 125, 122, 120, 118, five of them at two; four
    persons in both kinds.
    """
    sites = list(make_five_workshops())
    teachers = make_learners(240, prefix="teacher")
    employees = make_learners(606, prefix="employee") + teachers[:4]
    _share_out(sites, teachers, [60, 55, 50, 45, 40], twice=10, kind="teacher")
    _share_out(sites, employees, [130, 125, 122, 120, 118], twice=5, kind="company_employee")


def _share_out(
    sites: Sequence[str], persons: Sequence[Person], counts: Sequence[int], *, twice: int, kind: str
) -> None:
    """Fill the sites one after another; the last ``twice`` places of the last site go to persons of the first site."""
    queue = [*persons, *persons[10 : 10 + twice]]
    assert len(queue) == sum(counts)
    for number, (site, count) in enumerate(zip(sites, counts, strict=True), start=1):
        there, queue = queue[:count], queue[count:]
        complete(make_cohort_at(site, f"COH-{kind[0].upper()}-{number}"), there, kind=kind)


def make_signer(username: str, role: Role | str = Role.SECRETARIAT) -> Actor:
    user: User = make_user(username)
    return make_actor(role, user=user)
