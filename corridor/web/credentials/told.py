"""What a certificate says, name by name, in the reader's language where it was signed in it, and in English otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from corridor.foundations.vocabularies.languages import bcp47
from corridor.rooms.credentials.proofs.composing import HOURS_ATTENDED, HOURS_OF_UNITS
from corridor.rooms.credentials.proofs.texts import CLAIM, CRITERIA, DESCRIPTION, RECOGNITION, SITE_NOTE
from corridor.rooms.credentials.proofs.verdicts import Said
from corridor.web.ui.names import Said as Words
from corridor.web.ui.names import reader_language

MEASURED = {
    HOURS_ATTENDED: gettext_lazy("Hours attended, by the registers"),
    HOURS_OF_UNITS: gettext_lazy("Hours of the units listed"),
}


@dataclass(frozen=True)
class Told:
    """Each with the tag of the language that it is in; None where nothing is said."""

    name: Words
    issuer: Words
    programme: Words | None
    site: Words | None
    units: tuple[Words, ...]
    signers: tuple[Words, ...]
    criteria: Words | None
    description: Words | None = None
    # What is said of the place for that day.
    site_note: Words | None = None
    levels: tuple[Words, ...] = ()
    # What was signed about recognition, a sentence a line, in one language.
    recognition: tuple[Words, ...] = ()
    # What an endorsement says.
    claim: Words | None = None
    # What units answer to elsewhere: the code of ours, and theirs as it is written there.
    answers: tuple[tuple[str, str], ...] = ()
    # How long each unit takes, in the order of the units; empty where it is not signed.
    hours: tuple[str, ...] = ()
    # What was measured, and how much.
    measured: tuple[tuple[Words, str], ...] = ()

    @property
    def taken(self) -> list[tuple[Words, str]]:
        """Each unit with its hours."""
        return list(zip(self.units, self.hours, strict=True))


def told_of(said: Said) -> Told:
    language = reader_language()

    def called(key: str, name: str) -> Words:
        text, tag = said.called(key, name, language)
        return Words(text, bcp47(tag))

    return Told(
        name=called(said.achievement_id, said.name),
        issuer=called(said.issuer_did, said.issuer_name),
        programme=called(said.programme, said.programme_name) if said.programme_name else None,
        site=called(said.site, said.site_name) if said.site_name else None,
        units=tuple(called(each.id, each.name) for each in said.units),
        signers=tuple(called(did, name) for did, name in said.signers),
        criteria=called(CRITERIA, said.criteria) if said.criteria else None,
        description=called(DESCRIPTION, said.description) if said.description and not said.endorses else None,
        site_note=called(SITE_NOTE, said.site_note) if said.site_note else None,
        levels=tuple(called(address, name) for name, _code, address in said.alignments),
        recognition=_lines(called(RECOGNITION, said.recognition)) if said.recognition else (),
        claim=called(CLAIM, said.description) if said.endorses else None,
        hours=tuple(each.hours for each in said.units),
        measured=tuple((_measured(name, language), value) for name, value in said.measured),
        answers=tuple(
            (unit.name.partition(" ")[0], f"{code} {name}".strip())
            for unit in said.units
            for name, code, _ in unit.alignments
        ),
    )


def _lines(said: Words) -> tuple[Words, ...]:
    """A sentence a line: the English is one text, in further languages they stand line by line."""
    if "\n" in said.text or said.language != "en":
        return tuple(Words(line, said.language) for line in said.text.split("\n"))
    return tuple(Words(f"{each.rstrip('.')}.", "en") for each in said.text.split(". ") if each)


def who_signed(said: Said, did: object) -> str:
    """The issuer, or a member that signs beside it, as the reader is told; empty for anybody else."""
    told = told_of(said)
    members = {
        said.issuer_did: told.issuer,
        **dict(zip((key for key, _name in said.signers), told.signers, strict=True)),
    }
    return members[did].text if isinstance(did, str) and did in members else ""


def _measured(name: str, language: str) -> Words:
    """Hours have words in every language of ours; what somebody else measures stays as it was signed."""
    return Words(str(MEASURED[name]), language) if name in MEASURED else Words(name, "en")


def in_readers_words(places: Mapping[str, object], said: Said) -> dict[str, object]:
    """What fills a sentence, with the names of issuer, programme and site as the reader is told them."""
    told = told_of(said)
    english = {"issuer": said.issuer_name, "programme": said.programme_name, "site": said.site_name}
    words = {"issuer": told.issuer, "programme": told.programme, "site": told.site}
    found = dict(places)
    for key, name in english.items():
        word = words[key]
        if name and word is not None and places.get(key) == name:
            found[key] = word.text
    for (_did, name), word in zip(said.signers, told.signers, strict=True):
        if name and places.get("issuer") == name:
            found["issuer"] = word.text
    return found
