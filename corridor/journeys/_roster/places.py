"""Who is in which cohort, as a package says it: students have places, teachers are trainers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from corridor.foundations.access import Actor, Permission
from corridor.foundations.sheets.importing import Given, Planned, Verdict, refused
from corridor.kernel.identifiers import new_id
from corridor.kernel.wording import N_
from corridor.rooms.people.merging import final_person_ids
from corridor.rooms.people.models import Person
from corridor.rooms.people.sourcing import persons_called
from corridor.rooms.training.actions import appoint_trainers
from corridor.rooms.training.imports import EnrolmentsImport
from corridor.rooms.training.imports.places import Exit, Named
from corridor.rooms.training.lifecycle import EnrolmentStatus
from corridor.rooms.training.models import Cohort, CohortTrainer, Enrolment
from corridor.rooms.training.sourcing import cohorts_called

from .verdicts import Asking, as_ours, brought, remark, unchanged


@dataclass(frozen=True)
class _Place:
    """What stands behind a verdict: the verdict of the sheet of learners (None of a trainer), and whom and which cohort it is about."""

    cohort: Cohort
    person: Person
    inner: Planned | None = None


NOT_YET = {EnrolmentStatus.APPLIED.value, EnrolmentStatus.SELECTED.value}


class _Called(Named):
    """
    The cohorts and persons of a package: ``groups`` and ``users`` by what it calls them, and by references as the sheet of learners wants them.
    Whoever is only promised goes by "#" and the identifier.
    """

    def __init__(self, groups: Mapping[str, Cohort], users: Mapping[str, Person]) -> None:
        self.groups, self.users, self.senders = groups, users, {}
        self.cohorts = {cohort.reference: cohort for cohort in groups.values()}
        self.people = {f"#{key}": person for key, person in users.items()}
        self.people |= {person.reference: person for person in users.values()}
        self.read_places()
        self.people |= {held.person.reference: held.person for held in self.standing.values()}
        # A place of a record that was merged is the place of the person who stays.
        final = final_person_ids(person for _cohort, person in self.standing)
        self.standing |= {(cohort, final[person]): held for (cohort, person), held in list(self.standing.items())}


class PlacesOfPackage(EnrolmentsImport):
    """The sheet of learners, with cohorts and persons as a package calls them."""

    def __init__(self, known: _Called) -> None:
        self.known = known

    def named(self, rows: Sequence[Given], *, by: Actor) -> Named:  # noqa: ARG002
        return self.known


def known_to(rows: Sequence[Given], asking: Asking) -> _Called:
    """What the rows name, as it stands, or as earlier rows of the package will have made it."""
    source, seen = rows[0]["source"], asking.seen
    users = {key: person for row in rows if (person := seen.get(("person", key := row["person"])))}
    users |= persons_called(source, {row["person"] for row in rows})
    groups = {key: cohort for row in rows if (cohort := seen.get(("cohort", key := row["cohort"])))}
    groups |= cohorts_called(source, {row["cohort"] for row in rows}, by=asking.by)
    return _Called(groups, users)


def plan_places(rows: Sequence[Given], asking: Asking, *, places: dict[int, str]) -> dict[int, Planned]:
    """A verdict for each row, by its number."""
    if not rows:
        return {}
    known = known_to(rows, asking)
    teaching = set(
        CohortTrainer.objects.filter(cohort__in=known.cohorts.values()).values_list("cohort_id", "person_id")
    )
    final = final_person_ids(person for _cohort, person in teaching)
    teaching |= {(cohort, final[person]) for cohort, person in teaching}
    kind = PlacesOfPackage(known)
    decided: dict[int, Planned] = {}
    wanted: list[tuple[Given, Given]] = []
    for row in rows:
        verdict = _set_aside(row, known) or (
            _trainer(row, known, teaching, asking) if row["role"] == "teacher" else _standing(row, known, asking)
        )
        if isinstance(verdict, Planned):
            decided[row.number] = verdict
        else:
            wanted.append((row, Given(row.number, verdict, row.remarks)))
    plans = kind.plan(
        [inner for _row, inner in wanted], by=asking.by, at=asking.at, answers=asking.answers,
        seen=asking.seen.setdefault("places", {}),
    )  # fmt: skip
    for (row, _inner), plan in zip(wanted, plans, strict=True):
        verdict = as_ours(row, plan, places=places)
        verdict.record = _Place(known.groups[row["cohort"]], known.users[row["person"]], plan)
        decided[row.number] = verdict
    return decided


def _set_aside(row: Given, known: _Called) -> Planned | None:
    if row["role"] not in {"student", "teacher"}:
        said = remark(
            row, "role", "other_role", N_("Students and teachers alone have places here; this one is left aside (%(cell)s)."),
            cell=row["role"],
        )  # fmt: skip
        return unchanged(row, "", said)
    for column, there in (("cohort", known.groups), ("person", known.users)):
        if row[column] not in there:
            return refused(
                row, column, f"unknown_{column}", N_("Nothing here is called “%(cell)s” by the system that sent this."),
                fix=N_("Look at what is said of that record, or send it with the package."),
            )  # fmt: skip
    return None


def _standing(row: Given, known: _Called, asking: Asking) -> Planned | dict[str, Any]:
    """The verdict about a learner; the row of the sheet of learners where that shall decide."""
    cohort, person = known.groups[row["cohort"]], known.users[row["person"]]
    held = known.standing.get((cohort.pk, person.pk))
    values: dict[str, Any] = {"cohort": cohort.reference, "person": (held.person if held else person).reference}
    if row["status"] == "tobedeleted":
        return _deleted(row, held, values, asking)
    begins = row["enrolled_on"] or cohort.starts_on
    if held is None:
        return {**values, "applied_on": begins, "enrolled_on": begins}
    if held.status in NOT_YET and row["enrolled_on"]:
        return {**values, "enrolled_on": row["enrolled_on"]}
    return _as_it_stands(row, held, asking.at.date())


def _as_it_stands(row: Given, held: Enrolment, today: date) -> Planned:
    """Days that differ are told: a package knows neither how a time ended nor who is right about when it began."""
    days = {change.to_status: change.effective_on for change in held.changes.all()}
    began, remarks = days.get(EnrolmentStatus.ENROLLED), []
    has_left = held.status in Exit.values
    # A package that we write ourselves begins a place with the term at the earliest.
    if began and row["enrolled_on"] and row["enrolled_on"] not in {began, max(began, held.cohort.starts_on)}:
        stays = N_("Here the place was taken on %(day)s; that stays.")
        remarks.append(remark(row, "enrolled_on", "other_day", stays, day=began.isoformat()))
    if has_left and not row["exit_on"]:
        over = N_("Here the time in the cohort is over; a package does not begin it again.")
        remarks.append(remark(row, "exit_on", "has_left", over))
    if row["exit_on"] and row["exit_on"] <= today and not has_left:
        ended = N_(
            "There it is over from %(cell)s, and a package does not say how it ended: the sheet of learners does."
        )
        remarks.append(remark(row, "exit_on", "is_over", ended, cell=row["exit_on"].isoformat()))
    return unchanged(row, str(held), *remarks)


def _deleted(row: Given, held: Enrolment | None, values: dict[str, Any], asking: Asking) -> Planned | dict[str, Any]:
    if held is None or held.status in Exit.values:
        return unchanged(row, str(held) if held else "")
    if asking.answers.get("deleted") == "withdraw":
        return {**values, "exit_status": Exit.WITHDREW, "exit_on": row["changed_on"]}
    gone = N_("The other system has deleted this place; here it stays until you say what that means.")
    said = remark(row, "status", "deleted", gone)
    return unchanged(row, str(held), said)


def _trainer(row: Given, known: _Called, teaching: set[tuple[UUID, UUID]], asking: Asking) -> Planned:
    cohort, person = known.groups[row["cohort"]], known.users[row["person"]]
    place = (cohort.pk, person.pk)
    if row["status"] == "tobedeleted":
        said = remark(row, "status", "not_deleted", N_("A package deletes nobody; the record stays as it is."))
        return unchanged(row, cohort.reference, said) if place in teaching else unchanged(row)
    if place in teaching:
        return unchanged(row, cohort.reference)
    if not asking.by.may(Permission.TRAINER_APPOINT, on=cohort):
        return refused(
            row, "cohort", "not_yours", N_("%(cell)s is no cohort that you may write about."), cell=cohort.reference,
            fix=N_("Leave the row out; the site that holds the cohort can import it."),
        )  # fmt: skip
    teaching.add(place)
    return Planned(row, Verdict.CREATE, cohort.reference, new_id(), brought(row), (), _Place(cohort, person))


def apply_places(planned: Sequence[Planned], asking: Asking) -> None:
    if not planned:
        return
    for each in planned:
        asking.seen["cohort", each.given["cohort"]] = each.record.cohort
        asking.seen["person", each.given["person"]] = each.record.person
    # Whoever was only promised stands by now, and is called so.
    known = known_to([each.given for each in planned], asking)
    trainers = [each for each in planned if each.record.inner is None]
    pairs = [(known.groups[each.given["cohort"]], known.users[each.given["person"]]) for each in trainers]
    keys = {
        (cohort.pk, person.pk): each.subject
        for each, (cohort, person) in zip(trainers, pairs, strict=True)
        if each.subject is not None
    }
    if pairs:
        appoint_trainers(places=pairs, by=asking.by, keys=keys)
    learners = [replace(each.record.inner, subject=each.subject) for each in planned if each.record.inner is not None]
    PlacesOfPackage(known).apply(learners, by=asking.by, at=asking.at)
