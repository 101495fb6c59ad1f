"""The import of placements: learners in companies, new ones and corrections of those that stand."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from corridor.foundations.access import Actor, Permission
from corridor.foundations.sheets.cells.days import day
from corridor.foundations.sheets.cells.numbers import whole
from corridor.foundations.sheets.cells.texts import reference, text
from corridor.foundations.sheets.exporting import day_after, last_day
from corridor.foundations.sheets.importing import Done, Given, ImportColumn, Planned, Verdict, refused
from corridor.foundations.sheets.records import RecordsImport, made_by
from corridor.foundations.sheets.resolving import by_reference
from corridor.kernel.errors import BadInput
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation

from ..actions.placing import change_placement, place_learner, remove_placements
from ..models import Cohort, Enrolment, Placement
from ..placement_plans import PlacementPlan, faults_of_placement
from ..queries.learners import visible_enrolments
from ..queries.placements import list_placements
from .naming import NARROWS, WORDS, cohorts_for, cohorts_named


class PlacementsImport(RecordsImport):
    """Rows of placements. A row without a reference whose learner begins one that day is about that one."""

    name = "placements"
    title = N_("Placements in companies")
    permission = Permission.LEARNER_ENROL
    words = WORDS
    narrows = NARROWS
    first_column = "number"
    fixed = ("cohort", "number")
    kept = ("mentor_name", "mentor_email", "insurance")
    columns = (
        ImportColumn(
            "reference", N_("Reference of the placement"), text(40), is_reference=True,
            about=N_("Empty for a new one; a number is given then."),
        ),
        ImportColumn("cohort", N_("Cohort"), reference(40), required=True),
        ImportColumn("number", N_("Seat"), whole(1, 9_999), required=True),
        ImportColumn("company", N_("Company (reference of the organisation)"), reference(60), required=True),
        ImportColumn("starts_on", N_("First day"), day, required=True),
        ImportColumn("ends_on", N_("Last day"), day, required=True),
        ImportColumn("hours", N_("Hours"), whole(1, 4_000), required=True),
        ImportColumn("mentor_name", N_("Mentor"), text(150)),
        ImportColumn("mentor_email", N_("Mentor’s e-mail address"), text(254)),
        ImportColumn("insurance", N_("Insurance"), text(150)),
        ImportColumn("insured_until", N_("Insured until the end of"), day),
    )  # fmt: skip

    def known(self, rows: Sequence[Given], *, by: Actor) -> "_Known":
        return _Known(rows, by=by)

    def values(self, record: Placement) -> dict[str, Any]:
        return {
            "cohort": record.enrolment.cohort.reference,
            "number": record.enrolment.number,
            "company": record.company.reference,
            "starts_on": record.starts_on,
            "ends_on": last_day(record.ends_before),
            "hours": record.hours,
            "mentor_name": record.mentor_name,
            "mentor_email": record.mentor_email,
            "insurance": record.insurance,
            "insured_until": last_day(record.insured_before),
        }

    def key_of(self, row: Given) -> Hashable:
        return (row["cohort"], row["number"], row["starts_on"])

    def fault(self, row: Given, record: Placement | None, known: "_Known", *, by: Actor) -> Planned | None:  # noqa: ARG002
        if (row["cohort"], row["number"]) not in known.seats:
            return refused(
                row, "number", "unknown_seat", N_("There is no seat %(number)s of %(cohort)s that you may see."),
                number=row["number"], cohort=row["cohort"], fix=N_("Copy the seat from the page of the cohort."),
            )  # fmt: skip
        if row["company"] not in known.organisations:
            return refused(
                row, "company", "unknown_organisation", N_("There is no organisation “%(cell)s”."),
                fix=N_("Copy the reference from the page of the member."),
            )  # fmt: skip
        return None

    def fault_of_right(self, row: Given, record: Placement | None, known: "_Known", *, by: Actor) -> Planned | None:  # noqa: ARG002
        if by.may(self.permission, on=known.seats[row["cohort"], row["number"]]):
            return None
        return refused(
            row, "cohort", "not_yours", N_("%(cell)s is no cohort that you may write about."),
            fix=N_("Leave the row out; the site that holds the cohort can import it."),
        )  # fmt: skip

    def fault_of_change(
        self, planned: Planned, record: Placement, known: "_Known", *, by: Actor, at: datetime  # noqa: ARG002
    ) -> Planned | None:  # fmt: skip
        if record.broken_off_on is not None:
            return refused(
                planned.given, "reference", "over", N_("%(placement)s was broken off on %(day)s."),
                placement=record.reference, day=record.broken_off_on, fix=N_("Leave the row as an export writes it, or take it out."),
            )  # fmt: skip
        return _fault_of_plan(planned.given, record.enrolment, known, record)

    def fault_of_new(
        self, row: Given, known: "_Known", *, by: Actor, at: datetime, seen: dict[Any, Any]  # noqa: ARG002
    ) -> Planned | None:  # fmt: skip
        place = known.seats[row["cohort"], row["number"]]
        if fault := _fault_of_plan(row, place, known, None):
            return fault
        # Two rows of one file must not overlap either.
        days = (row["starts_on"], row["ends_on"])
        others = seen.setdefault(("days", place.person_id), [])
        if any(days[0] <= last and first <= days[1] for first, last in others):
            return refused(
                row, "starts_on", "overlaps", N_("Another row places the learner elsewhere in these days."),
                fix=N_("Look at the days."),
            )  # fmt: skip
        others.append(days)
        return None

    def apply(self, planned: Sequence[Planned], *, by: Actor, at: datetime) -> None:  # noqa: ARG002
        known = _Known([each.given for each in planned], by=by)
        for each in planned:
            row = each.given
            if each.verdict == Verdict.CREATE:
                place = known.seats[row["cohort"], row["number"]]
                place_learner(enrolment=place, plan=_plan(row, known, None), key=each.subject, by=by)
            elif each.verdict == Verdict.UPDATE:
                change_placement(placement=each.record, plan=_plan(row, known, each.record), by=by)

    def undo(self, done: Sequence[Done], *, by: Actor, at: datetime) -> None:  # noqa: ARG002
        back = self.changed_back(done)
        known = _Known([row for _each, _record, row in back], by=by)
        for _each, record, row in back:
            change_placement(placement=record, plan=_plan(row, known, record), by=by)
        if made := made_by(done):
            remove_placements(keys=made, by=by)

    def records(self, keys: Sequence[Any]) -> Mapping[Any, Placement]:
        return Placement.objects.select_related("enrolment__cohort__site", "company").in_bulk(list(keys))

    def references_of(self, keys: Sequence[UUID]) -> Mapping[UUID, str]:
        return dict(Placement.objects.filter(pk__in=keys).values_list("pk", "reference"))

    def export(self, *, by: Actor, on: date, narrowed: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:  # noqa: ARG002
        for cohort in cohorts_for(by=by, permission=Permission.LEARNER_VIEW, narrowed=narrowed):
            for row in list_placements(cohort=cohort, by=by):
                yield {"reference": row.placement.reference, **self.values(row.placement)}


def _fault_of_plan(row: Given, place: Enrolment, known: "_Known", record: Placement | None) -> Planned | None:
    try:
        faults_of_placement(place, _plan(row, known, record), but=record)
    except BadInput as bad:
        first = bad.problems[0]
        column = {"insured_before": "insured_until"}.get(first.column, first.column)
        return refused(row, column, "placement", first.message, fix=N_("Look at the row."), **first.places)
    return None


def _plan(row: Given, known: "_Known", record: Placement | None) -> PlacementPlan:
    """What the row makes of the placement: columns that the file does not have stay as they are."""

    def said(column: str, value: Any, field: str, otherwise: Any) -> Any:
        if column in row.values and (row.values[column] is not None or column == "insured_until"):
            return value
        return getattr(record, field) if record is not None else otherwise

    return PlacementPlan(
        company=known.organisations[row["company"]], starts_on=row["starts_on"],
        ends_before=day_after(row["ends_on"]) or row["ends_on"], hours=row["hours"],
        mentor_name=said("mentor_name", row.get("mentor_name", ""), "mentor_name", ""),
        mentor_email=said("mentor_email", row.get("mentor_email", ""), "mentor_email", ""),
        mentor_language=record.mentor_language if record is not None else "en",
        contract=record.contract if record is not None else None,
        insurance=said("insurance", row.get("insurance", ""), "insurance", ""),
        insured_before=said("insured_until", day_after(row.get("insured_until")), "insured_before", None),
    )  # fmt: skip


class _Known:
    """The seats, organisations and placements that the rows of one set name."""

    def __init__(self, rows: Sequence[Given], *, by: Actor) -> None:
        cohorts: dict[str, Cohort] = cohorts_named(rows, by=by)
        self.organisations = by_reference(Organisation.objects, [row.get("company") for row in rows])
        places = visible_enrolments(by=by).filter(
            cohort__in=cohorts.values(), number__in={row["number"] for row in rows}
        )
        self.seats = {
            (each.cohort.reference, each.number): each for each in places.select_related("cohort__site", "person")
        }
        found = Placement.objects.filter(enrolment__in=visible_enrolments(by=by)).select_related(
            "enrolment__cohort__site", "company"
        )
        there = list(found.filter(enrolment__in=[each.pk for each in self.seats.values()]))
        said = [row["reference"] for row in rows if row.get("reference")]
        self.standing = {each.reference: each for each in (*there, *found.filter(reference__in=said))}
        self._by_day = {(each.enrolment_id, each.starts_on): each for each in there}

    def alike(self, row: Given) -> Placement | None:
        place = self.seats.get((row["cohort"], row["number"]))
        return self._by_day.get((place.pk, row["starts_on"])) if place else None
