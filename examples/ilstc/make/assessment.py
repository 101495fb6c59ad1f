"""Decisions, unit by unit; who may issue, what it counts as, and what was awarded."""

from datetime import date, timedelta
from random import Random

from .cohorts import TODAY, Cohort
from .references import References
from .staff import Staff
from .tables import Book, draws

ISSUERS = {
    "workshop-teachers-laos": "@cq-school-1", "workshop-teachers-cambodia": "@cq-school-1", "workshop-teachers-thailand": "@cq-school-1",
    "company-brakes-laos": "cqipc", "company-inspection-laos": "cqipc", "panda-college": "lgtvc", "company-port-cambodia": "@sc-school-2",
    "company-electric-cambodia": "@sc-school-1", "company-turning-thailand": "@cq-school-3", "chinese-workshop-staff": "@cq-school-2",
    "chinese-railway-road": "@cq-school-2", "degree-automotive": "cqipc",
}  # fmt: skip
SINCE = {"2021": "2021-12-01", "2022": "2022-02-01", "2023": "2023-03-01"}
NOTES = [
    "Practical task, observed from beginning to end", "Task done twice, both times to the standard", "Observed at work, with the record seen",
    "Practical task; questions answered", "",
]  # fmt: skip
MISSING = [
    "Could do it but not explain it; second date given",
    "Left out the safety step; practise and come again",
    "The second element needs practice",
]
# From 2023 on an invented decree makes this one more than the certificate of an institution.
BY_DECREE = ("company-turning-thailand", "award", "TH")
# Nobody decided anything in these early cohorts: attendance is all the evidence there is.
UNASSESSED = {"RYG-TT-01", "PNH-ES-01"}


def write(book: Book, cohorts: list[Cohort], staff: Staff) -> None:
    book.open("decisions", "cohort,number,unit,attempt,assessor,result,decided_on,final_on,evidence_note")
    for cohort in cohorts:
        random = draws(f"decisions {cohort.reference}")
        if cohort.is_over and cohort.reference not in UNASSESSED:
            _decide_all(book, cohort, staff, random)
        elif cohort.reference == "LGTC-VI-2024-A":
            _decide_some(book, cohort, staff, random)


def _units(book: Book, cohort: Cohort) -> list[dict[str, str]]:
    curriculum, version = cohort.taught.split("/")
    return [row for row in book.rows("units") if (row["curriculum"], row["version"]) == (curriculum, version)]


def _decide_all(book: Book, cohort: Cohort, staff: Staff, random: Random) -> None:
    units = _units(book, cohort)
    span = (cohort.ends - cohort.starts).days
    latest = TODAY - timedelta(days=2)
    for number, seat in enumerate(cohort.seats, start=1):
        if seat.ends_as not in {"completed", "taught"}:
            continue
        ability = random.choices([0.985, 0.9, 0.55, 0.02], weights=[70, 22, 6, 2])[0]
        for place, unit in enumerate(units, start=1):
            if unit["requirement"] == "elective" and random.random() < 0.35:
                continue
            # A unit is decided a little after it has been taught.
            on = min(
                _weekday(cohort.starts + timedelta(days=span * place // len(units) - random.randint(0, 3))), cohort.ends
            )
            first = random.random() < ability
            _decide(book, cohort, number, unit, 1, staff, first, on, min(on + timedelta(days=4), latest), random)
            if not first and random.random() < 0.7:
                again = _weekday(min(on + timedelta(days=5), latest - timedelta(days=1)))
                passed = random.random() < max(ability, 0.5) or ability == 0.985
                _decide(
                    book,
                    cohort,
                    number,
                    unit,
                    2,
                    staff,
                    passed and ability > 0.1,
                    max(again, on),
                    min(max(again, on) + timedelta(days=3), latest),
                    random,
                )


def _decide_some(book: Book, cohort: Cohort, staff: Staff, random: Random) -> None:
    """The running cohort: its first unit is being decided. Some are final, some wait, the others are still to come."""
    unit = _units(book, cohort)[0]
    for number in range(1, 25):
        on = date(2024, 1, 25) if number <= 12 else date(2024, 1, 30)
        final = on + timedelta(days=4) if number <= 12 else None
        _decide(book, cohort, number, unit, 1, staff, number not in {7, 19, 21}, on, final, random)


def _working_day(on: date) -> date:
    """That day, or the Monday after a weekend."""
    return on + timedelta(days=max(0, 7 - on.weekday())) if on.weekday() > 4 else on


def _weekday(on: date) -> date:
    return on - timedelta(days=1) if on.weekday() == 6 else on


def _decide(book: Book, cohort: Cohort, number: int, unit: dict, attempt: int, staff: Staff, passed: bool, on: date, final: date | None,
            random: Random) -> None:  # fmt: skip
    assessors = staff.assessors_of(cohort)
    assessor = assessors[0] if cohort.reference.startswith("LGTC") else random.choice(assessors)
    book.add(
        "decisions", cohort=cohort.reference, number=number, unit=unit["code"], attempt=attempt, assessor=assessor,
        result="competent" if passed else "not_yet_competent", decided_on=on, final_on=max(final, on) if final else "",
        evidence_note=random.choice(NOTES if passed else MISSING),
    )  # fmt: skip


def write_credentials(book: Book, cohorts: list[Cohort], refer: References) -> None:
    book.open("entitlements", "issuer,site,programme,starts_on,ends_on")
    pairs = dict.fromkeys((cohort.programme, cohort.site) for cohort in cohorts if cohort.programme in ISSUERS)
    begun = {
        row["programme"]: row["effective_on"]
        for row in book.rows("programme_changes")
        if row["to_status"] == "approved"
    }
    for programme, site in pairs:
        book.add(
            "entitlements",
            issuer=refer(ISSUERS[programme]),
            site=site,
            programme=programme,
            starts_on=begun[programme],
            ends_on="2026-12-31",
        )
    book.add(
        "entitlements",
        issuer="cqipc",
        site="wks-vientiane",
        programme="panda-college",
        starts_on="2023-06-01",
        ends_on="2024-05-31",
    )
    book.open(
        "recognition",
        "programme,credential_kind,country,recognition,level,authority,document,decided_on,starts_on,ends_on",
    )
    for programme, site in pairs:
        country = {row["reference"]: row["country"] for row in book.rows("sites")}[site]
        for kind in ("award", "statement"):
            for place in dict.fromkeys((country, "CN")):
                if (programme, kind, place) == BY_DECREE:
                    _recognise(book, programme, kind, place, begun[programme], "institution", until="2022-12-31")
                elif not _said(book, programme, kind, place):
                    _recognise(
                        book,
                        programme,
                        kind,
                        place,
                        begun[programme],
                        "attendance" if kind == "statement" and place == "CN" else "institution",
                    )
    book.add("recognition", programme="company-turning-thailand", credential_kind="award", country="TH", recognition="national",
             level="Operator certificate, first step (invented)", authority="Skills Recognition Office (invented for this example)",
             document="recognition-turning-2023", decided_on="2022-12-20", starts_on="2023-01-01", ends_on="2024-12-31")  # fmt: skip
    book.open("keys", "organisation,fragment,valid_from,valid_before")
    for organisation in dict.fromkeys(refer(name) for name in ISSUERS.values()):
        for year in (2022, 2023, 2024):
            book.add(
                "keys",
                organisation=organisation,
                fragment=f"key-{year}",
                valid_from=f"{year}-01-01",
                valid_before=f"{year + 1}-01-01",
            )
    book.open("awards", "cohort,awarded_on,issuer,expires_on")
    book.open("credential_changes", "cohort,number,to_status,effective_on,reason")
    for cohort in cohorts:
        if cohort.award_after:
            on = _working_day(cohort.ends + timedelta(days=int(cohort.award_after)))
            book.add(
                "awards",
                cohort=cohort.reference,
                awarded_on=on,
                issuer=refer(ISSUERS[cohort.programme]),
                expires_on=cohort.expires,
            )
    _changes(book)


def _said(book: Book, programme: str, kind: str, country: str) -> bool:
    return any(
        (row["programme"], row["credential_kind"], row["country"]) == (programme, kind, country)
        for row in book.rows("recognition")
    )


def _recognise(
    book: Book, programme: str, kind: str, country: str, since: str, recognition: str, *, until: str = "2026-12-31"
) -> None:
    book.add("recognition", programme=programme, credential_kind=kind, country=country, recognition=recognition, level="", authority="",
             document="", decided_on="", starts_on=since, ends_on=until)  # fmt: skip


def _changes(book: Book) -> None:
    def one(cohort: str, place: int) -> int:
        """The seat of a learner of that cohort who has at least one unit."""
        able = dict.fromkeys(
            row["number"] for row in book.rows("decisions") if row["cohort"] == cohort and row["result"] == "competent"
        )
        return int(list(able)[place])

    for cohort, place, status, on, reason in [
        ("VTE-BS-01", 5, "revoked", "2023-05-15", "awarded-in-error"),
        ("VTE-TT-02", 3, "suspended", "2024-01-15", "under-review"),
        ("LPQ-BS-01", 8, "suspended", "2023-02-06", "under-review"),
        ("LPQ-BS-01", 8, "issued", "2023-03-01", "review-ended"),
    ]:
        book.add(
            "credential_changes",
            cohort=cohort,
            number=one(cohort, place),
            to_status=status,
            effective_on=on,
            reason=reason,
        )
