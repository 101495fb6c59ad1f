"""The import of announcements: new ones with their first target, and corrections while no second person stands for them."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.foundations.sheets.cells.days import day
from corridor.foundations.sheets.cells.numbers import whole
from corridor.foundations.sheets.cells.texts import reference, text
from corridor.foundations.sheets.cells.words import choice, country
from corridor.foundations.sheets.importing import (
    AT_ONCE,
    Done,
    Fault,
    Given,
    ImportColumn,
    Planned,
    Verdict,
    refused,
    written,
)
from corridor.foundations.sheets.records import AS_EXPORTED, RecordsImport, changed_values, made_by
from corridor.foundations.sheets.resolving import by_reference
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation, SourceMark

from .actions import make_announcements, remove_announcements, revise_announcements
from .actions.announcements import _faults_of
from .actions.importing import AnnouncementRevised
from .drafts import AnnouncementDraft, TargetDraft
from .models import Announcement, Conference
from .queries import list_announcements

WORDS = Path(__file__).with_name("importing_words.toml")
TITLES = {"title_en": "en", "title_zh_hans": "zh-Hans", "title_lo": "lo"}
TARGET = ("target_number", "target_unit", "reach_by")


class AnnouncementsImport(RecordsImport):
    """Rows of announcements. What is confirmed stays as it was said; reports, states and new targets are written on their pages."""

    name = "announcements"
    title = N_("Announcements")
    permission = Permission.ANNOUNCEMENT_MAKE
    words = WORDS
    narrows = ("conference", "owner", "country")
    fixed = ("conference", "owner", "announced_on", "next_report_due_on", *TARGET)
    kept = ("source_mark", *TARGET)
    first_column = "title_en"
    columns = (
        ImportColumn(
            "reference", N_("Number of the announcement"), reference(20), is_reference=True,
            about=N_("Empty for a new one; the next number of its year is given then."),
        ),
        ImportColumn("conference", N_("Reference of the conference"), reference(40), required=True),
        ImportColumn("owner", N_("Reference of the owner"), reference(60), required=True),
        ImportColumn("title_en", N_("Title in English"), text(300), required=True),
        ImportColumn("title_zh_hans", N_("Title in Chinese"), text(300)),
        ImportColumn("title_lo", N_("Title in Lao"), text(300)),
        ImportColumn("country", N_("Country or region"), country),
        ImportColumn("announced_on", N_("Announced on"), day, required=True),
        ImportColumn("next_report_due_on", N_("Next report by"), day, required=True),
        ImportColumn("target_number", N_("How many it promises to reach"), whole(1, 1_000_000_000)),
        ImportColumn("target_unit", N_("What is counted"), text(150), about=N_("In English, for example teachers.")),
        ImportColumn("reach_by", N_("By when"), day),
        ImportColumn(
            "source_mark", N_("Named in a source, or assumed"),
            choice(SourceMark, words=WORDS, name="source_mark", empty=SourceMark.ASSUMED),
        ),
    )  # fmt: skip

    def known(self, rows: Sequence[Given], *, by: Actor) -> "_Known":
        return _Known(rows, by=by)

    def values(self, record: Announcement) -> dict[str, Any]:
        titles = {each.language: each.text for each in record.titles.all()}
        target = next(iter(reversed(list(record.targets.all()))), None)
        return {
            "conference": record.conference.reference,
            "owner": record.owner.reference,
            **{column: titles.get(language, "") for column, language in TITLES.items()},
            "country": record.country,
            "announced_on": record.announced_on,
            "next_report_due_on": record.next_report_due_on,
            "target_number": int(target.number) if target else None,
            "target_unit": target.unit if target else "",
            "reach_by": target.reach_by if target else None,
            "source_mark": record.source_mark,
        }

    def key_of(self, row: Given) -> Hashable:
        return (row["conference"], row["owner"], row["title_en"])

    def fault(self, row: Given, record: Announcement | None, known: "_Known", *, by: Actor) -> Planned | None:  # noqa: ARG002
        if row["conference"] not in known.conferences:
            return refused(
                row, "conference", "unknown_conference", N_("There is no conference “%(cell)s”."),
                fix=N_("Copy the reference from the page of the conference."),
            )  # fmt: skip
        if row["owner"] not in known.owners:
            return refused(
                row, "owner", "unknown_organisation", N_("There is no organisation “%(cell)s”."),
                fix=N_("Copy the reference from the list of members."),
            )  # fmt: skip
        return None

    def fault_of_right(self, row: Given, record: Announcement | None, known: "_Known", *, by: Actor) -> Planned | None:  # noqa: ARG002
        if by.may(self.permission):
            return None
        return refused(
            row, "owner", "not_yours", N_("Announcements are written down by the secretariat."),
            fix=N_("Leave the row out; the secretariat can import it."),
        )  # fmt: skip

    def fault_of_change(
        self, planned: Planned, record: Announcement, known: "_Known", *, by: Actor, at: datetime  # noqa: ARG002
    ) -> Planned | None:  # fmt: skip
        if record.confirmed_by:
            return refused(
                planned.given, planned.changes[0].column, "confirmed",
                N_("%(announcement)s is confirmed; its title and its place do not change any more."),
                announcement=record.reference, fix=AS_EXPORTED,
            )  # fmt: skip
        if column := next((each.column for each in planned.changes if each.column == "source_mark"), ""):
            return refused(
                planned.given,
                column,
                "stays",
                N_("Where it is known from does not change by a sheet."),
                fix=AS_EXPORTED,
            )
        return None

    def fault_of_new(
        self, row: Given, known: "_Known", *, by: Actor, at: datetime, seen: dict[Any, Any]  # noqa: ARG002
    ) -> Planned | None:  # fmt: skip
        said = [column for column in TARGET if row.get(column)]
        if said and len(said) < len(TARGET):
            empty = next(column for column in TARGET if not row.get(column))
            return refused(
                row, empty, "target", N_("A target says how many, of what, and by when."), fix=N_("Fill all three cells, or none.")
            )  # fmt: skip
        faults = tuple(
            Fault(
                _column_of(each.column), written(row.values.get(_column_of(each.column))), "announcement", each.message, "",
                dict(each.places),
            )
            for each in _faults_of(_draft(Planned(row, Verdict.CREATE), known))
        )  # fmt: skip
        return Planned(row, Verdict.REFUSED, faults=faults) if faults else None

    def apply(self, planned: Sequence[Planned], *, by: Actor, at: datetime) -> None:  # noqa: ARG002
        known = _Known([each.given for each in planned], by=by)
        new = [_draft(each, known) for each in planned if each.verdict == Verdict.CREATE]
        if new:
            make_announcements(announcements=new, by=by)
        changed = [_revised(each.record, changed_values(each)) for each in planned if each.verdict == Verdict.UPDATE]
        if changed:
            revise_announcements(revised=changed, by=by)

    def undo(self, done: Sequence[Done], *, by: Actor, at: datetime) -> None:  # noqa: ARG002
        back = [
            _revised(record, {shift.column: self.old_value(shift) for shift in each.changes})
            for each, record, _row in self.changed_back(done)
        ]
        if back:
            revise_announcements(revised=back, by=by)
        remove_announcements(keys=made_by(done), by=by)

    def records(self, keys: Sequence[Any]) -> Mapping[Any, Announcement]:
        return _read(Announcement.objects.all()).in_bulk(list(keys))

    def export(self, *, by: Actor, on: date, narrowed: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
        rows = list_announcements(
            by=by, on=on, conference=narrowed.get("conference", ""), owner=narrowed.get("owner", ""),
            country=narrowed.get("country", ""), sort="number",
        )  # fmt: skip
        for held in rows.prefetch_related("targets").iterator(chunk_size=AT_ONCE):
            yield {"reference": held.reference, **self.values(held)}


def _read(rows: QuerySet[Announcement]) -> QuerySet[Announcement]:
    return rows.select_related("conference", "owner").prefetch_related("titles", "targets")


def _revised(record: Announcement, values: Mapping[str, Any]) -> AnnouncementRevised:
    titles = {language: str(values[column] or "") for column, language in TITLES.items() if column in values}
    return AnnouncementRevised(record, titles, str(values["country"] or "") if "country" in values else None)


def _draft(each: Planned, known: "_Known") -> AnnouncementDraft:
    row = each.given
    number, unit, reach_by = (row.get(column) for column in TARGET)
    return AnnouncementDraft(
        conference=known.conferences[row["conference"]], owner=known.owners[row["owner"]], announced_on=row["announced_on"],
        next_report_due_on=row["next_report_due_on"], country=row.get("country") or "",
        titles={language: row[column] for column, language in TITLES.items() if row.get(column)},
        target=TargetDraft(number, unit, reach_by) if number and unit and reach_by else None,
        source_mark=str(row.get("source_mark") or SourceMark.ASSUMED), key=each.subject,
    )  # fmt: skip


def _column_of(column: str) -> str:
    """The column of the sheet at which a fault of the room is told."""
    return {"number": "target_number", "unit": "target_unit"}.get(column, column or "announced_on")


class _Known:
    """Conferences, owners and announcements that the rows of one set name."""

    def __init__(self, rows: Sequence[Given], *, by: Actor) -> None:
        self.conferences = by_reference(Conference.objects, [row.get("conference") for row in rows])
        self.owners = by_reference(Organisation.objects, [row.get("owner") for row in rows])
        visible = _read(Announcement.objects.visible_to(by))
        self.standing = by_reference(visible, [row.get("reference") for row in rows])
        there = visible.filter(
            conference__in=self.conferences.values(), owner__in=self.owners.values(),
            titles__language="en", titles__text__in={row["title_en"] for row in rows},
        )  # fmt: skip
        self._said = {self._key(each): each for each in there}

    def alike(self, row: Given) -> Announcement | None:
        return self._said.get((row["conference"], row["owner"], row["title_en"]))

    @staticmethod
    def _key(record: Announcement) -> Hashable:
        english = next((each.text for each in record.titles.all() if each.language == "en"), "")
        return (record.conference.reference, record.owner.reference, english)
