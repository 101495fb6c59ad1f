"""Cohorts, enrolments, sessions and marks, from the plan of the seats."""

from datetime import timedelta
from random import Random

from .cohorts import CHOOSING, NO_DEMAND, TODAY, Cohort, Seat, senders
from .references import References
from .staff import Staff
from .tables import Book, draws

KINDS = ("theory", "practice", "language", "company")
WHY = {
    "withdrew": ["Found work in another province", "Illness in the family", "Moved away", "The employer needed the person on shift"],
    "never_started": ["Did not come; two calls"], "transferred": ["Went on at a college outside the alliance"],
    "suspended": ["Visa being renewed"],
}  # fmt: skip
# Held, with marks, but nobody ever signed: these rows are not evidence.
NEVER_LOCKED = {("RYG-TT-01", 23), ("PNH-ES-01", 40), ("LPQ-BS-03", 17)}
ON_PAPER = {("RYG-TT-01", 13): "register-ryg-tt-01-13"}


# The languages of teaching at each place, the main one first.
LANGUAGES = {
    "wks-vientiane": "lo;zh-Hans", "wks-luang-prabang": "lo;zh-Hans", "wks-rayong": "th;zh-Hans", "wks-phnom-penh": "km;zh-Hans",
    "wks-sihanoukville": "km;zh-Hans", "college-chongqing": "zh-Hans",
}  # fmt: skip


def _capacity(cohort: Cohort) -> int:
    """Places come in fives; a cohort that chooses has fewer than apply."""
    return CHOOSING.get(cohort.reference) or -(-len(cohort.seats) // 5) * 5


def write(book: Book, refer: References, cohorts: list[Cohort], staff: Staff) -> None:
    book.open(
        "cohorts",
        "reference,programme,curriculum,version,site,brand,demand,no_demand_reason,starts_on,ends_on,capacity,languages,required_share,trainers,assessors",
    )
    book.open("enrolments", "cohort,number,person,participant_kind,sending_organisation,study_mode,applied_on,enrolled_on,attending_on,"
              "exit_status,exit_on,reason")  # fmt: skip
    book.open(
        "sessions", "cohort,number,begins_at,minutes,kind,topic,unit,room,status,signed_by,locked_on,capture_mode,sheet"
    )
    book.open("cohort_changes", "cohort,to_status,effective_on,reason")
    for cohort in cohorts:
        random = draws(f"training {cohort.reference}")
        curriculum, version = cohort.taught.split("/")
        has_demand = cohort.demand.startswith("DEM-")
        book.add(
            "cohorts", reference=cohort.reference, programme=cohort.programme, curriculum=curriculum, version=version, site=cohort.site,
            brand=cohort.brand, demand=cohort.demand if has_demand else "", no_demand_reason="" if has_demand else cohort.demand or NO_DEMAND,
            starts_on=cohort.starts, ends_on=cohort.ends, capacity=_capacity(cohort), languages=LANGUAGES[cohort.site], required_share="",
            trainers=staff.trainers_of(cohort), assessors=staff.assessors_of(cohort),
        )  # fmt: skip
        stays = {
            number: _enrol(book, refer, cohort, number, seat, random)
            for number, seat in enumerate(cohort.seats, start=1)
        }
        _sessions(book, cohort, staff, stays, random)
        _steps(book, cohort)


def _enrol(book: Book, refer: References, cohort: Cohort, number: int, seat: Seat, random: Random) -> tuple:
    """One row; gives back the first and the last day on which marks are made (or nothing), and whether evidence is missing."""
    applied = cohort.starts - timedelta(days=random.randint(24, 52))
    enrolled = cohort.starts - timedelta(days=random.randint(6, 18))
    attending = cohort.starts
    status, left, reason = "", None, ""
    if seat.ends_as in {"completed", "without_evidence"}:
        status, left = "completed", cohort.ends
    elif seat.ends_as == "never_started":
        status, left = "never_started", cohort.starts + timedelta(days=14)
    elif seat.ends_as and seat.ends_as != "taught":
        seen = min(cohort.ends, TODAY - timedelta(days=10))
        status, left = seat.ends_as, cohort.starts + (seen - cohort.starts) * random.randint(35, 70) // 100
    if seat.ends_as in WHY:
        reason = random.choice(WHY[seat.ends_as])
    if cohort.last_step == "planned":
        enrolled = attending = None
    elif cohort.last_step == "recruiting":
        is_chosen = number <= 12 and cohort.reference not in CHOOSING
        enrolled = TODAY - timedelta(days=random.randint(2, 9)) if is_chosen else None
        attending = None
    if cohort.last_step in {"planned", "recruiting"}:
        applied = TODAY - timedelta(days=random.randint(10, 40))
    if seat.ends_as == "never_started":
        attending = None
    from_members = senders(refer, seat.country, cohort)
    near = _near(cohort)
    sent_by = "" if random.random() < 0.02 and cohort.kind != "student" else near or random.choice(from_members or [""])
    book.add(
        "enrolments", cohort=cohort.reference, number=number, person=seat.person, participant_kind=cohort.kind, sending_organisation=sent_by,
        study_mode="full_time" if cohort.rhythm in {"days", "mornings", "thrice"} else "part_time", applied_on=applied, enrolled_on=enrolled,
        attending_on=attending, exit_status=status, exit_on=left, reason=reason,
    )  # fmt: skip
    # On the day of leaving a person is no longer marked; who completes is there to the end.
    last = (left if status == "completed" else left - timedelta(days=1)) if left else cohort.ends
    return attending, last, seat.ends_as == "without_evidence"


def _near(cohort: Cohort) -> str:
    """Students are sent by their own college."""
    if cohort.kind != "student":
        return ""
    return {
        "wks-vientiane": "lgtvc",
        "college-chongqing": "lgtvc",
        "wks-luang-prabang": "dokkhamfa-vocational-college",
    }[cohort.site]


def _sessions(book: Book, cohort: Cohort, staff: Staff, stays: dict[int, tuple], random: Random) -> None:
    name = f"attendance/{cohort.reference}"
    topics = _topics(book, cohort)
    taught = 0
    if cohort.last_step == "planned":
        return
    for number, (on, hour, minute, length) in enumerate(cohort.days, start=1):
        if on > TODAY + timedelta(days=28):
            break
        kind, topic = topics[number - 1]
        is_past = on < TODAY
        key = (cohort.reference, number)
        yesterday = cohort.reference == "LGTC-VI-2024-A" and on == TODAY - timedelta(days=1) and hour == 13
        status = "planned" if not is_past else "held" if yesterday or key in NEVER_LOCKED else "locked"
        if is_past and not yesterday and number > 8 and random.random() < 0.012 and key not in NEVER_LOCKED:
            status = "cancelled"
        mode, locked = "", ""
        if status == "locked":
            mode = "paper" if key in ON_PAPER else random.choices(["live", "late", "imported"], weights=[88, 8, 4])[0]
            locked = on if mode == "live" else min(on + timedelta(days=random.randint(1, 4)), TODAY - timedelta(days=1))
        book.add(
            "sessions", cohort=cohort.reference, number=number, begins_at=f"{on} {hour:02d}:{minute:02d}", minutes=length, kind=kind,
            topic=topic, unit=topic.partition(" ")[0], status=status, signed_by=staff.signer_of(cohort) if status == "locked" else "", locked_on=locked, capture_mode=mode,
            sheet=ON_PAPER.get(key, ""),
        )  # fmt: skip
        if status in {"held", "locked"}:
            if name not in book.tables:
                book.open(name, "session,number,mark")
            taught += 1
            for seat, (since, until, is_bare) in stays.items():
                if since and since <= on <= until:
                    book.add(name, session=number, number=seat, mark=_mark(random, taught, is_bare))


def _mark(random: Random, taught: int, is_bare: bool) -> str:
    if is_bare:
        return "excused"
    if taught <= 2:
        return "present"
    return random.choices(["present", "late", "absent", "excused"], weights=[905, 42, 36, 17])[0]


def _topics(book: Book, cohort: Cohort) -> list[tuple[str, str]]:
    """Kind and topic of each session: unit by unit, in the order and the proportion of the curriculum's hours."""
    curriculum, version = cohort.taught.split("/")
    units = [row for row in book.rows("units") if (row["curriculum"], row["version"]) == (curriculum, version)]
    whole = sum(int(unit[f"hours_{kind}"] or 0) for unit in units for kind in KINDS)
    hours, found = 0, []
    for unit in units:
        topic = f"{unit['code']} {unit['title_en']}"
        planned = {kind: int(unit[f"hours_{kind}"] or 0) for kind in KINDS}
        hours += sum(planned.values())
        count = hours * cohort.sessions // whole - len(found)
        found += [(kind, topic) for kind in _mixed(planned, count)]
    return found


def _mixed(planned: dict[str, int], count: int) -> list[str]:
    """So many sessions of one unit: always the kind that lags furthest behind its share; the company comes last."""
    given = dict.fromkeys(planned, 0)
    in_company = count * planned["company"] // sum(planned.values())
    rest = {kind: share for kind, share in planned.items() if share and kind != "company"}
    found = []
    for place in range(1, count - in_company + 1):
        kind = max(rest, key=lambda one: rest[one] * place / sum(rest.values()) - given[one])
        given[kind] += 1
        found.append(kind)
    return found + ["company"] * in_company


def _steps(book: Book, cohort: Cohort) -> None:
    """The last step "certified" is not here: the award itself takes it."""
    order = ["recruiting", "running", "finished", "assessed", "followed_up"]
    if cohort.last_step == "planned":
        return
    days = {"recruiting": cohort.starts - timedelta(days=55), "running": cohort.starts, "finished": cohort.ends,
            "assessed": cohort.ends + timedelta(days=9), "followed_up": max(cohort.ends, TODAY - timedelta(days=21))}  # fmt: skip
    for status in order[: order.index(cohort.last_step) + 1]:
        on = days[status]
        if status == "recruiting" and cohort.last_step == "recruiting":
            on = TODAY - timedelta(days=45)
        book.add("cohort_changes", cohort=cohort.reference, to_status=status, effective_on=on)
