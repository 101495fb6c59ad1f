"""Places as rows of a sheet: what stands, the steps that a row tells of, and what a set of rows names."""

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Actor
from corridor.foundations.sheets.importing import Given, Planned, refused
from corridor.foundations.sheets.resolving import by_reference
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation
from corridor.rooms.people.models import Person

from ..actions import Place
from ..actions.importing import EnrolmentChanged
from ..lifecycle import ENROLMENT, EnrolmentStatus
from ..models import Enrolment, ExitReason, ParticipantKind, StudyMode
from .naming import cohorts_named


class Exit(models.TextChoices):
    """How a time in a cohort ends, or pauses. Who moves to another cohort is moved on the page of the learner."""

    COMPLETED = "completed", _("Completed")
    WITHDREW = "withdrew", _("Withdrew")
    NEVER_STARTED = "never_started", _("Never started")
    SUSPENDED = "suspended", _("Suspended")
    TRANSFERRED = "transferred", _("Transferred")


FIXED = ("cohort", "person", "number", "applied_on")
FACTS = ("participant_kind", "study_mode", "sending_organisation", "job_to_return", "exit_reason")
_SEAT = re.compile(r"/([0-9]{1,4})$")
STEPS = ("enrolled_on", "attending_on", "exit_status", "exit_on")


def standing_places(cohorts: Sequence[UUID]) -> models.QuerySet[Enrolment]:
    rows = Enrolment.objects.filter(cohort__in=cohorts).select_related("cohort", "person", "sending_organisation")
    return rows.prefetch_related("changes")


def enrolment_values(held: Enrolment) -> dict[str, Any]:
    """A place by the columns of the sheet; its changes have been read."""
    first: dict[str, date] = {}
    changes = sorted(held.changes.all(), key=lambda change: (change.effective_on, change.recorded_at, change.pk))
    for change in changes:
        first.setdefault(change.to_status, change.effective_on)
    has_left = held.status in Exit.values
    return {
        "cohort": held.cohort.reference,
        "number": held.number,
        "person": held.person.reference,
        "participant_kind": held.participant_kind,
        "study_mode": held.study_mode,
        "sending_organisation": held.sending_organisation.reference if held.sending_organisation else "",
        "job_to_return": held.job_to_return,
        "applied_on": first.get(EnrolmentStatus.APPLIED),
        "enrolled_on": first.get(EnrolmentStatus.ENROLLED),
        "attending_on": first.get(EnrolmentStatus.ATTENDING),
        "exit_status": held.status if has_left else None,
        "exit_on": changes[-1].effective_on if has_left and changes else None,
        "exit_reason": held.exit_reason or None,
        "reason": changes[-1].reason if has_left and changes else "",
    }


def steps_of(row: Given, shifts: Any) -> list[tuple[str, EnrolmentStatus, date]]:
    """The steps that a row tells of, among the columns that shift: (column, to, on)."""
    found = [
        (column, to, row[column])
        for column, to in (("enrolled_on", EnrolmentStatus.ENROLLED), ("attending_on", EnrolmentStatus.ATTENDING))
        if column in shifts and row.get(column) is not None
    ]
    if "exit_on" in shifts and row.get("exit_status") is not None and row.get("exit_on") is not None:
        found.append(("exit_on", EnrolmentStatus(row["exit_status"]), row["exit_on"]))
    return found


def fault_of_steps(
    row: Given, steps: Sequence[tuple[str, EnrolmentStatus, date]], label: str, status: str, last: date
) -> Planned | None:
    now = EnrolmentStatus(status)
    for column, to, on in steps:
        if not ENROLMENT.may_become(now, to) or to == EnrolmentStatus.TRANSFERRED:
            return refused(
                row, column, "no_such_step", N_("%(place)s is “%(now)s”; it cannot become “%(to)s”."), place=label,
                now=now.value, to=to.value, fix=N_("Fill the days of the steps between, or correct the state."),
            )  # fmt: skip
        if on < last:
            return refused(
                row, column, "too_early", N_("%(place)s has changed on %(last)s; a step cannot be earlier."),
                place=label, last=last.isoformat(), fix=N_("Look at the days: each step is on or after the one before."),
            )  # fmt: skip
        now, last = to, on
    return None


def reason_of(row: Given, to: EnrolmentStatus) -> str:
    return str(row.get("reason", "")) if to in Exit.values else ""


def exit_reason_of(row: Given, to: EnrolmentStatus) -> ExitReason | None:
    said = row.get("exit_reason")
    return ExitReason(said) if said and to in Exit.values else None


def _seat_named(reference: str) -> int | None:
    """The seat in "COH-2023-041/5"."""
    found = _SEAT.search(reference)
    return int(found[1]) if found else None


class Named:
    """What the rows of one set name, read in six statements."""

    def __init__(self, rows: Sequence[Given], *, by: Actor) -> None:
        self.cohorts = cohorts_named(rows, by=by)
        self.people = by_reference(Person.objects, [row["person"] for row in rows])
        self.senders = by_reference(Organisation.objects, [row.get("sending_organisation") for row in rows])
        self.read_places(rows)

    def read_places(self, rows: Sequence[Given] | None = None) -> None:
        """
        The places that stand in the cohorts, and which seats are taken. Of ``rows`` only the places that they are about: rows in the order
        of names lie in as many cohorts as there are rows, each with all its learners.
        """
        self.standing: dict[tuple[UUID, UUID], Enrolment] = {}
        self.by_label: dict[str, Enrolment] = {}
        self.seats: dict[UUID, set[int]] = defaultdict(set)
        cohorts = [cohort.pk for cohort in self.cohorts.values()]
        found = standing_places(cohorts)
        if rows is not None:
            named = {_seat_named(row.get("reference", "")) for row in rows} - {None}
            found = found.filter(Q(person__in=[person.pk for person in self.people.values()]) | Q(number__in=named))
        for held in found:
            self.standing[held.cohort_id, held.person_id] = held
            self.by_label[str(held)] = held
        for cohort, number in Enrolment.objects.filter(cohort__in=cohorts).values_list("cohort_id", "number"):
            self.seats[cohort].add(number)

    def place(self, each: Planned) -> Place:
        row = each.given
        applied_on: date = row["applied_on"]
        return Place(
            key=each.subject,
            cohort=self.cohorts[row["cohort"]],
            number=int(each.reference.rpartition("/")[2]),
            person=self.people[row["person"]],
            participant_kind=row.get("participant_kind", ParticipantKind.STUDENT),
            study_mode=row.get("study_mode", StudyMode.FULL_TIME),
            applied_on=applied_on,
            sending_organisation=self.senders.get(row.get("sending_organisation", "")),
            job_to_return=row.get("job_to_return", ""),
        )

    def changed(self, each: Planned) -> EnrolmentChanged:
        values = {s.column: each.given.values[s.column] for s in each.changes if s.column in FACTS}
        if "sending_organisation" in values:
            values["sending_organisation"] = self.senders.get(values["sending_organisation"])
        if "exit_reason" in values:
            values["exit_reason"] = values["exit_reason"] or ""
        return EnrolmentChanged(each.record, values)
