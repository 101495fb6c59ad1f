"""
What a credential says in further languages: every title and criterion whose text was reviewed in them, and the names of members, sites and
programmes as their records have them. A draft or a text that is out of date is left out, and the English stands alone.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from corridor.rooms.curricula.models import CriterionText, CurriculumVersion, UnitTitle
from corridor.rooms.curricula.written import Text, TextState
from corridor.rooms.members.models import NameKind, OrganisationName

from .models import CredentialKind, CredentialUnit
from .paper_words import paper_languages, words_in

type Languages = Mapping[str, str]


class Names:
    """The official names of members by language, as they were on a day."""

    def __init__(self, members: Collection[UUID]) -> None:
        self._rows: dict[UUID, list[OrganisationName]] = {}
        for row in OrganisationName.objects.filter(organisation__in=members, kind=NameKind.OFFICIAL).order_by("pk"):
            self._rows.setdefault(row.organisation_id, []).append(row)

    def on(self, member: UUID, day: date | None) -> dict[str, str]:
        """Those in use that day (without a day: those without an end); otherwise those that stand in, as ``Organisation.called`` has them."""
        rows = self._rows.get(member, [])
        used = [each for each in rows if each.is_used(on=day)]
        return {each.language: each.name for each in used or rows}


def printable(texts: Iterable[Text]) -> dict[str, str]:
    """What paper and transcripts say, by language: what was reviewed, and the English, in which it is signed."""
    return {
        each.language: each.text for each in texts if each.text_state == TextState.REVIEWED or each.language == "en"
    }


def printable_titles(units: Collection[UUID]) -> dict[UUID, dict[str, str]]:
    """The same of the titles of units, by unit."""
    rows: dict[UUID, list[UnitTitle]] = {}
    for row in UnitTitle.objects.filter(unit__in=units):
        rows.setdefault(row.unit_id, []).append(row)
    return {unit: printable(titles) for unit, titles in rows.items()}


def reviewed(texts: Iterable[Text]) -> dict[str, str]:
    """What is signed in further languages: what was reviewed in them."""
    return {each.language: each.text for each in texts if each.text_state == TextState.REVIEWED}


def reviewed_titles(version: CurriculumVersion) -> dict[str, str]:
    return reviewed(version.titles.all())


class Reviewed:
    """Reviewed titles and criteria of units, by unit and language; read once for many credentials."""

    def __init__(self, units: Collection[UUID]) -> None:
        self._titles: dict[UUID, dict[str, str]] = {}
        titles = UnitTitle.objects.filter(unit__in=units, text_state=TextState.REVIEWED)
        for unit, language, text in titles.values_list("unit", "language", "text"):
            self._titles.setdefault(unit, {})[language] = text
        self._criteria: dict[UUID, dict[str, list[str]]] = {}
        criteria = CriterionText.objects.filter(criterion__element__unit__in=units, text_state=TextState.REVIEWED)
        for unit, language, text in criteria.order_by(
            "criterion__element__position", "criterion__position"
        ).values_list("criterion__element__unit", "language", "text"):
            self._criteria.setdefault(unit, {}).setdefault(language, []).append(text)

    def unit(self, unit: UUID, code: str) -> dict[str, str]:
        return {language: f"{code} {text}" for language, text in self._titles.get(unit, {}).items()}

    def criteria(self, rows: Sequence[CredentialUnit], counted: Mapping[UUID, int]) -> dict[str, str]:
        """Line by line, in each language that has every criterion of every unit (``counted``: how many each has)."""
        units = [row.decision.unit for row in rows if counted.get(row.decision.unit_id)]
        found = {}
        for language in _in_all(self._criteria.get(unit.pk, {}) for unit in units):
            texts = [self._criteria[unit.pk][language] for unit in units]
            if all(len(each) == counted[unit.pk] for each, unit in zip(texts, units, strict=True)):
                lines = (f"{unit.code}: {'; '.join(each)}." for unit, each in zip(units, texts, strict=True))
                found[language] = "\n".join(lines)
        return found

    def named(
        self, kind: CredentialKind, version: CurriculumVersion, rows: Sequence[CredentialUnit], part: str
    ) -> dict[str, str]:
        """
        What the credential is called. What is less than the whole award must say so: in a language in which we have no word for its kind it is not
        named.
        """
        titles = reviewed_titles(version)
        if kind == CredentialKind.AWARD:
            return titles
        if kind == CredentialKind.UNIT:
            units = [self.unit(row.decision.unit_id, row.decision.unit.code) for row in rows]
            both = titles.keys() & _in_all(units)
            return {each: f"{titles[each]}: {', '.join(unit[each] for unit in units)}" for each in both}
        words = {language: words_in(language).title[kind] for language in paper_languages()}
        more = f" {part}" if kind == CredentialKind.MODULE else ""
        return {each: f"{titles[each]}: {words[each]}{more}" for each in titles.keys() & words.keys()}


def _in_all(texts: Iterable[Mapping[str, object]]) -> set[str]:
    found = [set(each) for each in texts]
    return set.intersection(*found) if found else set()
