"""What the verifier answers: one word and named checks, never one boolean."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any


class Word(StrEnum):
    """The verdict in one word. An unknown issuer is not a forgery; outside its dates is ``expired`` on either side."""

    VALID = "valid"
    REVOKED = "revoked"
    SUSPENDED = "suspended"
    REPLACED = "replaced"
    EXPIRED = "expired"
    TAMPERED = "tampered"
    KEY_ENDED = "key_ended"
    KEY_COMPROMISED = "key_compromised"
    UNKNOWN_ISSUER = "unknown_issuer"
    OUT_OF_SCOPE = "out_of_scope"
    MALFORMED = "malformed"


def reads_outside_as(word: Word) -> str:
    """What software that knows neither our companion documents nor our register says: valid, revoked, expired or refused."""
    if word in (Word.REVOKED, Word.SUSPENDED, Word.REPLACED):
        return "revoked"
    if word in (Word.VALID, Word.OUT_OF_SCOPE):
        return "valid"
    return "expired" if word == Word.EXPIRED else "refused"


class CheckName(StrEnum):
    """What is looked at, in the order in which a page shows it."""

    SIGNATURE = "signature"
    ISSUER = "issuer"
    SCOPE = "scope"
    DATES = "dates"
    STATUS = "status"
    SHAPE = "shape"


class Result(StrEnum):
    """How one check ended. ``unknown``: looked, and cannot say. ``not_looked_at``: an earlier check made it pointless."""

    PASS = "pass"  # noqa: S105 (a word, not a password)
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_LOOKED_AT = "not_looked_at"


@dataclass(frozen=True)
class Check:
    """One check. ``reason`` is a template marked for translation; ``places`` fill it and may hold days (``date``)."""

    name: CheckName
    result: Result
    reason: str
    places: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.reason % self.places if self.places else self.reason

    def as_json(self) -> dict[str, str]:
        """Name, result and the reason in English; and what other software disputes, where it does."""
        found = {"name": self.name.value, "result": self.result.value, "reason": str(self)}
        return found | ({"dispute": str(self.places["dispute"])} if "dispute" in self.places else {})


@dataclass(frozen=True)
class UnitSaid:
    """One unit that a credential states, with the foreign units that it names."""

    id: str
    name: str
    alignments: tuple[tuple[str, str, str], ...] = ()  # name, code, address
    hours: str = ""  # that it takes by the curriculum, where that is signed


@dataclass(frozen=True)
class Said:
    """
    What was signed, read only after signature and shape held: the only thing about a credential that a page may
    print.
    """

    id: str
    name: str
    kind: str
    issuer_did: str
    issuer_name: str
    learner_names: tuple[str, ...]
    achievement_id: str
    description: str
    criteria: str
    recognition: str
    units: tuple[UnitSaid, ...]
    site: str
    site_name: str
    programme: str
    programme_name: str
    issued_on: date
    valid_until: str = ""
    # The members that sign beside the issuer (DID, name), and what was measured (what, how much).
    signers: tuple[tuple[str, str], ...] = ()
    measured: tuple[tuple[str, str], ...] = ()
    # What the whole answers to: name, code or framework, address.
    alignments: tuple[tuple[str, str, str], ...] = ()
    # What is said of the site for that day.
    site_note: str = ""
    # Of an endorsement: what it speaks of, by its own id.
    endorses: str = ""
    # What was signed in further languages: by the key of what is named or said (proofs/texts.py), then by language.
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def called(self, key: str, name: str, language: str) -> tuple[str, str]:
        """What is called ``name`` in English, as it was signed in that language (BCP 47, in any case), and the language that it is in."""
        texts = self.texts.get(key, {})
        tag = language.lower()
        found = next((each for each in (tag, tag.split("-")[0]) if each in texts), None)
        if found is None:
            return name, next((each for each, text in texts.items() if text == name), "en")
        return texts[found], found


@dataclass(frozen=True)
class Verdict:
    """
    The answer about one document. ``said`` is None unless signature and shape passed.

    A proof set gives one *signature* check for each signer; where several members are named as signers, each has its
    own *issuer* and *scope* check too, the issuer's first. Every other name stands once, in the order of ``CheckName``.
    """

    word: Word
    checks: tuple[Check, ...]
    said: Said | None = None
    replaced_by: str = ""

    def named(self, name: CheckName) -> Check:
        """The first check of that name."""
        return next(check for check in self.checks if check.name == name)

    def without_name(self) -> "Verdict":
        """The same, but for whose it is."""
        return self if self.said is None else replace(self, said=replace(self.said, learner_names=()))

    def as_json(self) -> dict[str, Any]:
        """``{"verdict", "checks": [{"name", "result", "reason"}]}``, reasons in English."""
        return {"verdict": self.word.value, "checks": [check.as_json() for check in self.checks]}
