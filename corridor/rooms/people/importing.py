"""The import of persons: new ones, corrections by reference, and a question where a row is likely somebody who stands already."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import batched
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, prefetch_related_objects

from corridor.foundations.access import Actor, Permission
from corridor.foundations.sheets.cells.days import day
from corridor.foundations.sheets.cells.texts import reference, text
from corridor.foundations.sheets.cells.words import choice, country, language
from corridor.foundations.sheets.exporting import every_page
from corridor.foundations.sheets.importing import (
    AT_ONCE,
    Choice,
    Done,
    Given,
    ImportColumn,
    ImportKind,
    Planned,
    Verdict,
    refused,
    repeated,
)
from corridor.foundations.sheets.records import told_fault
from corridor.foundations.sheets.resolving import by_reference
from corridor.foundations.sheets.steps.moving import BuiltOn
from corridor.kernel.identifiers import new_id
from corridor.kernel.wording import N_
from corridor.rooms.members.models import SourceMark

from .actions.contacts import set_contacts
from .actions.importing import PersonChange, change_persons, remove_imported, restore_persons
from .actions.registering import register_persons
from .import_contacts import CONTACT_COLUMNS, channels_in, channels_of_new, contacts_of, settled
from .import_purposes import PURPOSE_NEEDED, WITHOUT_PURPOSE, in_force, with_purposes, with_the_answer
from .import_rows import (
    LANGUAGE_NEEDED,
    LANGUAGES,
    draft_of,
    fresh_references,
    in_language,
    language_of_script,
    values_of,
)
from .import_twins import Twins
from .models import NameOrder, Person, Purpose, Romanisation, Sex
from .queries import PersonPage, list_persons

WORDS = Path(__file__).with_name("importing_words.toml")


class PeopleImport(ImportKind):
    """Rows of persons; one human being stands once."""

    name = "people"
    title = N_("People")
    permission = Permission.PERSON_REGISTER
    words = WORDS
    narrows = ("q", "country", "without")
    about_persons = ("reference",)
    columns = (
        ImportColumn(
            "reference",
            N_("Reference of the person"),
            reference(30),
            about=N_("Empty for a new person; a reference is given then."),
            is_reference=True,
        ),
        ImportColumn("own_name", N_("Whole name in the own script"), text(200), required=True),
        ImportColumn(
            "own_language",
            N_("Language of the name"),
            language,
            about=N_("A tag like lo or zh-Hans, or the name of the language."),
        ),
        ImportColumn("romanised_name", N_("Name in Latin letters"), text(200)),
        ImportColumn(
            "romanisation",
            N_("By which rules it is in Latin letters"),
            choice(Romanisation, words=WORDS, name="romanisation", empty=""),
        ),
        ImportColumn(
            "name_order",
            N_("What is said first"),
            choice(NameOrder, words=WORDS, name="name_order", empty=""),
        ),
        ImportColumn("honorific", N_("Form of address"), text(40)),
        ImportColumn("sex", N_("Sex"), choice(Sex, words=WORDS, name="sex", empty=Sex.UNKNOWN)),
        ImportColumn(
            "sex_because",
            N_("Sex is collected for"),
            text(40),
            about=N_("The code of a purpose; nobody's sex is written down without one."),
        ),
        ImportColumn("born_on", N_("Day of birth"), day),
        ImportColumn("residence_country", N_("Country of residence"), country),
        ImportColumn(
            "source_mark",
            N_("Named in a source, or assumed"),
            choice(SourceMark, words=WORDS, name="source_mark", empty=SourceMark.ASSUMED),
        ),
        *CONTACT_COLUMNS,
        ImportColumn(
            "certificate_names",
            N_("Names confirmed for certificates"),
            text(1_000),
            about=N_("The person confirms them on the page of the record; a sheet does not."),
            is_told=True,
        ),
    )
    choices = (
        Choice(
            "unknown",
            N_("What becomes of rows whose reference is not known here?"),
            (
                ("refuse", N_("Refuse them: a reference was mistyped")),
                ("create", N_("Write new persons down under these references")),
            ),
        ),
        Choice(
            "twins",
            N_("What becomes of rows that are likely persons who stand already?"),
            (
                ("refuse", N_("Refuse them: I will write the references into the file")),
                ("create", N_("They are other persons: write them down")),
            ),
        ),
        Choice(LANGUAGE_NEEDED, N_("In which language are names whose letters do not tell it?"), LANGUAGES),
        Choice(
            PURPOSE_NEEDED, N_("What is sex collected for in rows that do not say it?"), WITHOUT_PURPOSE, more=in_force
        ),
    )

    def plan(
        self,
        rows: Sequence[Given],
        *,
        by: Actor,
        at: datetime,
        answers: Mapping[str, str],
        seen: dict[Any, Any],
    ) -> list[Planned]:
        by.require(self.permission)
        today = at.date()
        standing = by_reference(_read(), [row.get("reference") for row in rows])
        fresh = [row for row in rows if row.get("reference") not in standing]
        spoken = answers.get(LANGUAGE_NEEDED, "")
        twins = Twins(seen, answers.get("twins") != "create").among(fresh)
        planned: list[Planned] = []
        for row in settled(rows, standing, today=today, by=by):
            if isinstance(row, Planned):
                planned.append(row)
                continue
            said = row.get("reference", "")
            row = with_the_answer(row, standing.get(said), answers.get(PURPOSE_NEEDED, ""))
            if said and (first := seen.setdefault(("reference", said), row.number)) != row.number:
                planned.append(repeated(row, "reference", first))
            elif (born_on := row.get("born_on")) and born_on > today:
                message = N_("“%(cell)s” lies in the future; nobody is born then.")
                planned.append(refused(row, "born_on", "future", message, fix=N_("Look at the year.")))
            elif said in standing:
                planned.append(self._about(row, standing[said], by))
            else:
                planned.append(self._about_new(in_language(row, spoken), said, answers, twins))
        return with_purposes(planned, on=today, by=by)

    def _about(self, row: Given, person: Person, by: Actor) -> Planned:
        if person.merged_into_id is not None:
            return refused(
                row,
                "reference",
                "merged",
                N_("%(cell)s was merged into another record."),
                fix=N_("Use the reference of the record that stays."),
            )
        if not row.get("own_language"):
            # Everybody's name is in some language: an empty cell leaves it as it is.
            row = replace(row, values={name: value for name, value in row.values.items() if name != "own_language"})
        standing = _values(person, by)
        planned = self.compared(row, standing=standing, record=person, reference=person.reference)
        if planned.changes and person.erased_at is not None:
            return refused(row, "reference", "erased", N_("%(cell)s was erased."), fix=N_("Leave the row out."))
        return self._fault_of_system(row, standing["romanised_name"]) or told_fault(self, planned) or planned

    def _about_new(
        self, row: Given, said: str, answers: Mapping[str, str], twins: Mapping[int, tuple[str, str]]
    ) -> Planned:
        if said and answers.get("unknown") != "create":
            return refused(
                row,
                "reference",
                "unknown",
                N_("There is no person “%(cell)s”."),
                fix=N_("Correct the reference, or leave the cell empty for a new person."),
            )
        if row.number in twins:
            other, name = twins[row.number]
            return refused(
                row,
                "own_name",
                "twins",
                N_("This is likely %(other)s (%(name)s)."),
                other=other,
                name=name,
                fix=N_("Write the reference into the row if it is the same person; else answer that they are others."),
            )
        if not row.get("own_language") and not language_of_script(row["own_name"]):
            return refused(
                row,
                "own_language",
                LANGUAGE_NEEDED,
                N_("The language of this name cannot be told by its letters."),
                fix=N_(
                    "Answer in which language such names are, or fill the column of the language, for example with en or zh-Hans."
                ),
            )
        planned = Planned(row, Verdict.CREATE, said, new_id())
        return self._fault_of_system(row, "") or told_fault(self, planned) or planned

    def _fault_of_system(self, row: Given, standing: str) -> Planned | None:
        if not row.get("romanisation") or row.values.get("romanised_name", standing):
            return None
        return refused(
            row, "romanisation", "no_romanised_name", N_("There is no name in Latin letters that was written by these rules."),
            fix=N_("Write the name in Latin letters too, or empty the cell."),
        )  # fmt: skip

    def apply(self, planned: Sequence[Planned], *, by: Actor, at: datetime) -> None:
        new = [each for each in planned if each.verdict == Verdict.CREATE]
        references = fresh_references(sum(not each.reference for each in new), at.year)
        if new:
            purposes = Purpose.objects.in_bulk(field_name="code")
            drafts = [draft_of(each, each.reference or next(references), purposes) for each in new]
            made = register_persons(drafts=drafts, on=at.date(), by=by)
            set_contacts(wanted=channels_of_new(made, new), on=at.date(), by=by)
        change_persons(
            changes=[
                PersonChange(each.record, {shift.column: each.given.values[shift.column] for shift in each.changes})
                for each in planned
                if each.verdict == Verdict.UPDATE
            ],
            on=at.date(),
            by=by,
        )
        shifted = [(each.record, each.given.values, each.changes) for each in planned if each.verdict == Verdict.UPDATE]
        set_contacts(wanted=channels_in(shifted), on=at.date(), by=by)

    def undo(self, done: Sequence[Done], *, by: Actor, at: datetime) -> None:
        persons = {person.pk: person for person in _read().filter(pk__in=[each.subject for each in done])}
        changed, reached = [], []
        for each in done:
            person = persons.get(each.subject)
            if person is None:
                continue
            standing = _values(person, by)
            stands = self.shifts_back(each, standing)
            if stands and each.verdict == Verdict.UPDATE:
                raise BuiltOn(
                    N_("%(person)s was changed again since (%(column)s); the import cannot be taken back."),
                    person=person.reference,
                    column=stands,
                )
            if each.verdict == Verdict.UPDATE:
                old = {shift.column: self.old_value(shift) for shift in each.changes}
                changed.append(PersonChange(person, old))
                reached.append((person, {**standing, **old}, each.changes))
        restore_persons(changes=changed, by=by)
        set_contacts(wanted=channels_in(reached), on=at.date(), by=by)
        made = [persons[each.subject] for each in done if each.verdict == Verdict.CREATE and each.subject in persons]
        remove_imported(persons=made, by=by)

    def references_of(self, keys: Sequence[UUID]) -> Mapping[UUID, str]:
        return dict(Person.objects.filter(pk__in=keys, merged_into__isnull=True).values_list("pk", "reference"))

    def export(self, *, by: Actor, on: date, narrowed: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
        def page(after: str) -> PersonPage:
            return list_persons(
                by=by, search=narrowed.get("q", "").strip(), country=narrowed.get("country", ""),
                without=narrowed.get("without", ""), on=on, after=after, limit=AT_ONCE,
            )  # fmt: skip

        for persons in batched(every_page(page), AT_ONCE):
            prefetch_related_objects(persons, "certificate_names", "contacts", "sex_because")
            for person in persons:
                yield {"reference": person.reference, **_values(person, by)}


def _read() -> QuerySet[Person]:
    return Person.objects.select_related("sex_because").prefetch_related("names", "certificate_names", "contacts")


def _values(person: Person, by: Actor) -> dict[str, Any]:
    return {**values_of(person), **contacts_of(person, by=by)}
