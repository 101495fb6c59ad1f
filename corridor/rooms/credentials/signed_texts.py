"""
What a credential says in further languages beside names: its description and criteria, the level, the hours, what is said of the site, and what it
counts as. Sentences are those of signed_words.py; titles, criteria and names are put into them where they were reviewed in that language.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from corridor.foundations.vocabularies.countries import country_name
from corridor.foundations.vocabularies.languages import language_name
from corridor.rooms.curricula.models import CurriculumVersion, Level

from .addresses import curriculum_url
from .further_languages import Languages, Reviewed, reviewed, reviewed_titles
from .models import CredentialKind, CredentialUnit, RecognitionKind, RecognitionStatement
from .paper_words import paper_languages, words_in
from .proofs.facts import Alignment
from .proofs.texts import Texts, in_further_languages
from .signed_words import SignedWords, signed_words

# The kinds of certificates on which the level stands.
WITH_LEVEL = frozenset({CredentialKind.AWARD, CredentialKind.TEACHER})


class English(NamedTuple):
    """What is signed in English, beside which the others stand."""

    name: str
    description: str
    criteria: str


class SignedTexts(NamedTuple):
    """The same in further languages, and what it counts as."""

    names: Texts
    descriptions: Texts
    criteria: Texts
    recognition: Texts


class OfCertificates:
    """The texts of certificates, each found once: those of a cohort that proved the same say the same."""

    def __init__(self, reviewed: Reviewed, counted: Mapping[UUID, int]) -> None:
        self._reviewed, self._counted = reviewed, counted
        self._found: dict[tuple[object, ...], SignedTexts] = {}

    def of(
        self, kind: CredentialKind, version: CurriculumVersion, rows: Sequence[CredentialUnit], *, english: English, part: str,
        judged_by: str, taught_in: Sequence[str], statements: Sequence[RecognitionStatement], places: Mapping[str, str],
    ) -> SignedTexts:  # fmt: skip
        """``judged_by`` is the key of who found it and on what; ``places`` fill the description."""
        units, stated = tuple(row.decision.unit_id for row in rows), tuple(each.pk for each in statements)
        key = (kind, version.pk, part, english, units, tuple(taught_in), stated)
        if key not in self._found:
            has_criteria = any(self._counted.get(unit) for unit in units)
            criteria = self._reviewed.criteria(rows, self._counted) if has_criteria else None
            names = self._reviewed.named(kind, version, rows, part)
            descriptions = described(kind.value, reviewed_titles(version), taught_in=taught_in, **places)
            self._found[key] = SignedTexts(
                in_further_languages(names, beside=english.name),
                in_further_languages(descriptions, beside=english.description),
                in_further_languages(
                    judged(judged_by, criteria, said_in={*names, *descriptions}), beside=english.criteria
                ),
                in_further_languages(counting_as(statements), beside=""),
            )
        return self._found[key]


def named(key: str, titles: Languages) -> dict[str, str]:
    """What is signed about a person of that kind, in each language in which its title is reviewed."""
    return {tag: words.named[key].format(title=title) for tag, title, words in _with_words(titles)}


def described(key: str, titles: Languages, *, taught_in: Sequence[str] = (), **places: str) -> dict[str, str]:
    """The description of that kind; the languages of teaching end it, each named in the language of the description."""
    found = {}
    for tag, title, words in _with_words(titles):
        said = words.described[key].format(title=title, **places)
        names = words.comma.join(language_name(each, tag) for each in taught_in)
        found[tag] = said + (words.space + words.taught_in.format(languages=names) if names else "")
    return found


def judged(key: str, criteria: Languages | None, *, said_in: Collection[str]) -> dict[str, str]:
    """
    By whom and on what it was found, and the criteria below. None: there are none, so that the first stands alone, in the languages in which
    the rest is said.
    """
    known = signed_words()
    if criteria is None:
        return {tag: getattr(words, key) for tag, words in known.items() if tag in said_in}
    return {tag: f"{getattr(known[tag], key)}\n{text}" if tag in known else text for tag, text in criteria.items()}


def in_languages_of(key: str, titles: Languages) -> dict[str, str]:
    """One of the sentences, in the languages in which there is a title."""
    return {tag: getattr(words, key) for tag, _title, words in _with_words(titles)}


def level_called(level: Level) -> dict[str, str]:
    """In each language in which the name of its framework was reviewed."""
    edition = level.framework
    return {
        tag: words.level.format(framework=name, edition=edition.edition, level=level.code)
        for tag, name, words in _with_words(reviewed(edition.names.all()))
    }


def level_claimed(version: CurriculumVersion) -> tuple[Alignment, ...]:
    """The level that the curriculum claims, in its framework and edition. That is a claim of the curriculum, and no recognition."""
    level = version.level
    if level is None:
        return ()
    edition = level.framework
    url = curriculum_url(version.curriculum.reference, version.version, f"level-{level.code}")
    name = f"{edition.name}, {edition.edition}: level {level.code}"
    names = in_further_languages(level_called(level), beside=name)
    return (Alignment(name, url, f"{edition.code} {edition.edition}", level.code, names=names),)


def counting_as(statements: Sequence[RecognitionStatement]) -> dict[str, str]:
    """What it counts as, country by country, a line each, in every language that a paper can be written in."""
    tags = [tag for tag in paper_languages() if tag != "en"] if statements else []
    return {tag: "\n".join(_recognised(each, tag) for each in statements) for tag in tags}


def _recognised(statement: RecognitionStatement, tag: str) -> str:
    authority = statement.authorities().get(tag, statement.authority)
    decided = [statement.document.title] if statement.document else []
    decided += [statement.decided_on.isoformat()] if statement.decided_on else []
    details = "; ".join(part for part in (statement.level, authority, ", ".join(decided)) if part)
    country = country_name(statement.country, tag)
    words = words_in(tag).recognised[RecognitionKind(statement.recognition)]
    return words.format(countries=f"{country} ({details})" if details else country)


def _with_words(texts: Mapping[str, str]) -> list[tuple[str, str, SignedWords]]:
    known = signed_words()
    return [(tag, text, known[tag]) for tag, text in texts.items() if tag in known]
