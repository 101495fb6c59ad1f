"""The import of obligations: what parties owe, and that it was kept or let off; none is taken away by leaving its row out."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.foundations.documents.models import Document
from corridor.foundations.sheets.cells.days import day
from corridor.foundations.sheets.cells.numbers import whole
from corridor.foundations.sheets.cells.texts import reference, text
from corridor.foundations.sheets.cells.words import choice
from corridor.foundations.sheets.importing import AT_ONCE, Done, Given, ImportColumn, Planned, Verdict, refused
from corridor.foundations.sheets.records import RecordsImport, changed_values, made_by
from corridor.foundations.sheets.resolving import by_reference
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation
from corridor.rooms.members.standing import local_day_at_home

from .actions import (
    change_obligations,
    remove_obligations,
    reopen_obligations,
    set_obligations,
    settle_obligations,
)
from .actions.obliging import FIELDS, ObligationChanged
from .drafts import ObligationDraft, ObligationStep
from .importing import WORDS
from .lifecycle import AgreementStatus, ObligationStatus
from .models import LONGEST_RHYTHM, Agreement, AgreementParty, Obligation, ObligationOccurrence, ShownBy
from .queries import list_obligations

SETTLES = {"fulfilled_on": ObligationStatus.FULFILLED, "waived_on": ObligationStatus.WAIVED}


class ObligationsImport(RecordsImport):
    """Rows of obligations. Who speaks for a member says there what was kept; what is owed is set by the secretariat."""

    name = "obligations"
    title = N_("Obligations under agreements")
    permission = Permission.OBLIGATION_FULFIL
    words = WORDS
    narrows = ("member", "agreement", "state")
    fixed = ("agreement", "member")
    first_column = "what"
    columns = (
        ImportColumn(
            "reference", N_("Reference of the obligation"), reference(20), is_reference=True,
            about=N_("Empty for a new obligation; a reference is given then."),
        ),
        ImportColumn("agreement", N_("Agreement under which it is owed"), reference(20), required=True),
        ImportColumn("member", N_("Member that owes it"), reference(60), required=True, about=N_("The reference of a party.")),
        ImportColumn("what", N_("What is owed"), text(300), required=True),
        ImportColumn("due_on", N_("Due on"), day, required=True),
        ImportColumn(
            "every_months", N_("Returns every so many months"), whole(1, LONGEST_RHYTHM), about=N_("Empty: it is owed once."),
        ),
        ImportColumn(
            "shown_by", N_("What shows that it was kept"), choice(ShownBy, words=WORDS, name="shown_by", empty=ShownBy.WORD),
        ),
        ImportColumn("fulfilled_on", N_("Kept on"), day, about=N_("Empty while it is open.")),
        ImportColumn("waived_on", N_("Let off on"), day, about=N_("Needs a reason.")),
        ImportColumn("reason", N_("How it was kept, or why it is let off"), text(300)),
        ImportColumn("evidence", N_("Document that shows it"), reference(60)),
    )  # fmt: skip

    def known(self, rows: Sequence[Given], *, by: Actor) -> "_Known":
        return _Known(rows, by=by)

    def values(self, record: Obligation) -> dict[str, Any]:
        times = list(record.occurrences.all())
        settled = times[-1] if times and record.status != ObligationStatus.OPEN else None
        return {
            "agreement": record.agreement.reference,
            "member": record.organisation.reference,
            "what": record.what,
            "due_on": record.due_on,
            "every_months": record.every_months,
            "shown_by": record.shown_by,
            **{
                column: settled.settled_on if settled and record.status == to.value else None
                for column, to in SETTLES.items()
            },
            "reason": settled.reason if settled else "",
            "evidence": settled.evidence.reference if settled and settled.evidence else "",
        }

    def key_of(self, row: Given) -> Hashable:
        return _said(row)

    def fault(self, row: Given, record: Obligation | None, known: "_Known", *, by: Actor) -> Planned | None:  # noqa: ARG002
        agreement, member = known.agreements.get(row["agreement"]), known.members.get(row["member"])
        if agreement is None:
            return refused(
                row, "agreement", "unknown_agreement", N_("There is no agreement “%(cell)s” here that you may see."),
                fix=N_("Copy the reference from the list of agreements."),
            )  # fmt: skip
        if member is None or (agreement.pk, member.pk) not in known.parties:
            return refused(
                row, "member", "not_a_party", N_("%(cell)s is not a party to %(agreement)s; only parties owe something."),
                agreement=agreement.reference, fix=N_("Copy the reference from the page of the agreement."),
            )  # fmt: skip
        if (named := row.get("evidence")) and named not in known.documents:
            return refused(
                row, "evidence", "unknown_document", N_("There is no document “%(cell)s”."),
                fix=N_("Copy the reference from the page of the document."),
            )  # fmt: skip
        return None

    def fault_of_right(self, row: Given, record: Obligation | None, known: "_Known", *, by: Actor) -> Planned | None:  # noqa: ARG002
        if by.may(Permission.OBLIGATION_SET) if record is None else by.may(self.permission, on=record):
            return None
        return refused(
            row, "member", "not_yours", N_("Your account says what its own member kept, and sets no obligations."),
            fix=N_("Leave the row out; the secretariat can import it."),
        )  # fmt: skip

    def fault_of_change(
        self, planned: Planned, record: Obligation, known: "_Known", *, by: Actor, at: datetime  # noqa: ARG002
    ) -> Planned | None:  # fmt: skip
        row, columns = planned.given, [shift.column for shift in planned.changes]
        if record.status != ObligationStatus.OPEN:
            return refused(
                row, columns[0], "settled", N_("%(obligation)s is “%(now)s”; it does not change any more."),
                obligation=record.reference, now=record.get_status_display(),
                fix=N_("Leave the row as an export writes it, or take it out."),
            )  # fmt: skip
        if (column := next((each for each in columns if each in FIELDS), "")) and not by.may(Permission.OBLIGATION_SET):
            return refused(
                row, column, "not_yours", N_("What is owed and by when is set by the secretariat."),
                fix=N_("Leave the cell as an export writes it."),
            )  # fmt: skip
        if record.turn > 1 and (column := next((each for each in columns if each in {"due_on", "every_months"}), "")):
            return refused(
                row, column, "rhythm", N_("%(obligation)s was settled before; its days follow from the first one and do not change."),
                obligation=record.reference, fix=N_("Leave the cell as an export writes it."),
            )  # fmt: skip
        return _fault_of_settling(row, record, by=by, at=at)

    def fault_of_new(
        self, row: Given, known: "_Known", *, by: Actor, at: datetime, seen: dict[Any, Any]  # noqa: ARG002
    ) -> Planned | None:  # fmt: skip
        if known.agreements[row["agreement"]].status == AgreementStatus.TERMINATED:
            return refused(
                row, "agreement", "terminated", N_("%(cell)s was terminated; nothing new is owed under it."),
                fix=N_("Leave the row out."),
            )  # fmt: skip
        return _fault_of_settling(row, None, by=by, at=at)

    def apply(self, planned: Sequence[Planned], *, by: Actor, at: datetime) -> None:
        known = _Known([each.given for each in planned], by=by)
        new = [each for each in planned if each.verdict == Verdict.CREATE]
        made: dict[Any, Obligation] = {}
        if new:
            drafts = [
                ObligationDraft(
                    known.agreements[each.given["agreement"]], known.members[each.given["member"]], each.given["what"],
                    each.given["due_on"], key=each.subject, every_months=each.given.get("every_months"),
                    shown_by=str(each.given.get("shown_by", ShownBy.WORD)),
                )
                for each in new
            ]  # fmt: skip
            made = {each.pk: each for each in set_obligations(obligations=drafts, by=by)}
        changed = [each for each in planned if each.verdict == Verdict.UPDATE]
        facts = [ObligationChanged(each.record, _facts(changed_values(each))) for each in changed]
        if wanted := [each for each in facts if each.values]:
            change_obligations(changes=wanted, by=by)
        settled = [(made[each.subject], each.given) for each in new] + [(each.record, each.given) for each in changed]
        steps = [
            ObligationStep(
                record, to, row[column], row.get("reason", ""), known.documents.get(row.get("evidence", ""))
            )
            for record, row in settled for column, to in SETTLES.items() if row.get(column) is not None
        ]  # fmt: skip
        if steps:
            settle_obligations(steps=steps, at=at, by=by)

    def undo(self, done: Sequence[Done], *, by: Actor, at: datetime) -> None:  # noqa: ARG002
        changed = self.changed_back(done)
        reopen_obligations(keys=[each.subject for each, _record, _row in changed if _settles(each.changes)], by=by)
        olds = [
            ObligationChanged(record, _facts({shift.column: self.old_value(shift) for shift in each.changes}))
            for each, record, _row in changed
        ]
        if back := [each for each in olds if each.values]:
            change_obligations(changes=back, by=by)
        made = made_by(done)
        if made:
            with_it = [each.subject for each in done if each.subject in made and _settles(each.changes)]
            remove_obligations(keys=made, settled_with_it=with_it, by=by)

    def records(self, keys: Sequence[Any]) -> Mapping[Any, Obligation]:
        return _read(Obligation.objects.all()).in_bulk(list(keys))

    def export(self, *, by: Actor, on: date, narrowed: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
        rows = list_obligations(
            by=by, on=on, member=narrowed.get("member", ""), agreement=narrowed.get("agreement", ""),
            state=narrowed.get("state", ""),
        )  # fmt: skip
        for held in rows.iterator(chunk_size=AT_ONCE):
            yield {"reference": held.reference, **self.values(held)}


def _read(rows: QuerySet[Obligation]) -> QuerySet[Obligation]:
    return rows.select_related("agreement", "organisation").prefetch_related(
        "changes", Prefetch("occurrences", ObligationOccurrence.objects.select_related("evidence").order_by("number"))
    )


def _said(row: Given) -> Hashable:
    return (row["agreement"], row["member"], row["what"], row["due_on"])


def _settles(changes: Sequence[Any]) -> bool:
    return any(shift.column in SETTLES for shift in changes)


def _facts(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name in FIELDS}


def _fault_of_settling(row: Given, record: Obligation | None, *, by: Actor, at: datetime) -> Planned | None:
    days = [column for column in SETTLES if row.get(column) is not None]
    if len(days) == 2:
        return refused(
            row, "waived_on", "both", N_("It was kept, or it is let off, not both."), fix=N_("Empty one of the two cells.")
        )  # fmt: skip
    if not days:
        for column in ("reason", "evidence"):
            if row.get(column):
                return refused(
                    row, column, "open", N_("It is open: there is no day on which it was kept or let off."),
                    fix=N_("Write the day, or empty the cell."),
                )  # fmt: skip
        return None
    every = row["every_months"] if "every_months" in row.values else record.every_months if record else None
    if every is not None:
        return refused(
            row, days[0], "returns", N_("It returns: each time is settled on its own page, with what shows it."),
            fix=N_("Empty the cell, and settle it on its page."),
        )  # fmt: skip
    if days == ["fulfilled_on"] and not row.get("evidence"):
        shown_by = row.get("shown_by") or (record.shown_by if record else ShownBy.WORD)
        if shown_by != ShownBy.WORD:
            return refused(
                row, "evidence", "not_shown", N_("It was agreed what shows it; a sheet can name a document alone."),
                fix=N_("Name the document, or say on its page that it was kept."),
            )  # fmt: skip
    if row[days[0]] > local_day_at_home(at):
        return refused(
            row, days[0], "to_come", N_("%(cell)s is still to come; nothing is recorded for it yet."), fix=N_("Look at the day.")
        )  # fmt: skip
    if days == ["waived_on"] and not by.may(Permission.OBLIGATION_SET):
        return refused(
            row, "waived_on", "not_yours", N_("The secretariat lets obligations off."), fix=N_("Empty the cell.")
        )
    if days == ["waived_on"] and not row.get("reason"):
        return refused(row, "reason", "empty", N_("Say why it is let off."), fix=N_("Write the reason into the row."))
    return None


class _Known:
    """Agreements, parties, documents and obligations that the rows of one set name."""

    def __init__(self, rows: Sequence[Given], *, by: Actor) -> None:
        self.agreements = by_reference(Agreement.objects.visible_to(by), [row.get("agreement") for row in rows])
        self.members = by_reference(Organisation.objects, [row.get("member") for row in rows])
        self.documents = by_reference(Document.objects, [row.get("evidence") for row in rows])
        parties = AgreementParty.objects.filter(agreement__in=self.agreements.values())
        self.parties = set(parties.values_list("agreement_id", "organisation_id"))
        visible = _read(Obligation.objects.visible_to(by))
        self.standing = by_reference(visible, [row.get("reference") for row in rows])
        there = visible.filter(agreement__in=self.agreements.values(), what__in={row["what"] for row in rows})
        self._said: dict[Hashable, Obligation] = {
            (each.agreement.reference, each.organisation.reference, each.what, each.due_on): each for each in there
        }

    def alike(self, row: Given) -> Obligation | None:
        return self._said.get(_said(row))
