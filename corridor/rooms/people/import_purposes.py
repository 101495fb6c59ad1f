"""What a sheet of persons says of sex, and for which purpose: refused where nothing allows that it is written down."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from django.utils.translation import get_language

from corridor.foundations.access import Actor
from corridor.foundations.sheets.importing import Given, Planned, Verdict, refused
from corridor.foundations.vocabularies.languages import FALLBACK, bcp47, choose
from corridor.kernel.wording import N_

from .collecting import faults_of_purposes, sex_told
from .models import Person, Purpose, PurposeText, Sex

# The question that a sex without a purpose raises; a purpose that is written down is an answer too.
PURPOSE_NEEDED, ROW_BY_ROW, LEFT_OUT = "purpose_needed", "row", "leave"
WITHOUT_PURPOSE = (
    (ROW_BY_ROW, N_("Refuse them: each row shall say its own")),
    (LEFT_OUT, N_("Leave the sex out of these rows")),
)


def in_force() -> tuple[tuple[str, str], ...]:
    """The purposes for which a fact may be collected, as answers: each by its title, as the reader's language has it."""
    codes = _codes(Purpose.objects.in_bulk(field_name="code"), None)
    titles: dict[str, dict[str, str]] = {code: {} for code in codes}
    said = PurposeText.objects.filter(purpose__code__in=codes).order_by("version")
    for code, language, title in said.values_list("purpose__code", "language", "title"):
        titles[code][language] = title
    language = bcp47(get_language() or FALLBACK)
    return tuple((code, choose(titles[code], language)[0] or code) for code in codes)


def with_the_answer(row: Given, person: Person | None, answer: str) -> Given:
    """The row with what the sender answered once for all, where it tells a new sex and neither the row nor the record says what for."""
    sex = row.get("sex", Sex.UNKNOWN)
    if answer in {"", ROW_BY_ROW} or sex == Sex.UNKNOWN or row.get("sex_because"):
        return row
    if person is not None and (person.sex == sex or person.sex_because_id is not None):
        return row
    if answer == LEFT_OUT:
        return replace(row, values={name: value for name, value in row.values.items() if name != "sex"})
    return replace(row, values={**row.values, "sex_because": answer})


def with_purposes(planned: list[Planned], *, on: date, by: Actor) -> list[Planned]:
    """The same verdicts, but a refusal where a sex would be written down without a purpose that allows it. What stands is left as it is."""
    purposes = Purpose.objects.in_bulk(field_name="code")
    verdicts, asked = list(planned), {}
    for place, each in enumerate(planned):
        if each.verdict not in {Verdict.CREATE, Verdict.UPDATE}:
            continue
        code = each.given.get("sex_because")
        if code and code not in purposes:
            message = N_("There is no purpose “%(cell)s”.")
            verdicts[place] = refused(each.given, "sex_because", "unknown_purpose", message, **_mended(purposes, on))
            continue
        sex, purpose = sex_told(each.record, each.given.values, purposes)
        is_written = each.record is None or any(shift.column in {"sex", "sex_because"} for shift in each.changes)
        if is_written and sex != Sex.UNKNOWN:
            asked[place] = (each.subject if each.record else None, purpose)
    faults = faults_of_purposes(asked=list(asked.values()), column="sex_because", on=on, by=by)
    for (place, (_person, purpose)), fault in zip(asked.items(), faults, strict=True):
        if fault is not None:
            told = {name: str(value) for name, value in fault.places.items()}
            rule = PURPOSE_NEEDED if purpose is None else "purpose_forbids"
            more = {**told, **_mended(purposes, on)}
            verdicts[place] = refused(planned[place].given, "sex_because", rule, fault.message, **more)
    return verdicts


def _mended(purposes: Mapping[str, Purpose], on: date) -> dict[str, str]:
    """The fix of such a row, and the codes that stand in it."""
    if codes := _codes(purposes, on):
        fix = N_("Write one of these codes into the column “Sex is collected for”, or leave the sex empty: %(codes)s.")
        return {"fix": fix, "codes": ", ".join(codes)}
    return {"fix": N_("Write down first, on the page of the purposes, what sex is collected for.")}


def _codes(purposes: Mapping[str, Purpose], on: date | None) -> list[str]:
    """Those that have not ended by that day; without a day, those that have no end."""
    return sorted(
        code for code, each in purposes.items() if each.ended_on is None or (on is not None and each.ended_on > on)
    )
