"""
Reasons that the product writes itself, where nobody gave one: kept in the language of the source, and read in the reader's.

What a person wrote stays as it was written. Whatever writes a reason of its own takes it from here, never from a translated sentence: else
it would stay for ever in the language of whoever happened to act.
"""

import re
from collections.abc import Mapping
from datetime import date

from corridor.foundations.vocabularies.sentences import sentence
from corridor.kernel.errors import Refusal
from corridor.kernel.wording import N_

SITE_OPENED = N_("The site %(site)s opened.")
EQUIPMENT_GIVEN = N_("Equipment was handed over: %(equipment)s.")
OBLIGATION_KEPT = N_("%(obligation)s was kept.")
WRITTEN_LATER = N_("First delivered on %(day)s; it was written down later.")
CORRECTED_BY_SHEET = N_("Corrected by an imported sheet.")
# What is wrong with a machine, where whoever reported it said no more (sites.FaultKind).
FAULTS: Mapping[str, str] = {
    "dead": N_("It does not start"),
    "stops": N_("It stops by itself"),
    "unsafe": N_("It is dangerous"),
    "wrong": N_("It measures wrong"),
    "noise": N_("Noise, smoke or a leak"),
    "broken_part": N_("A part is broken or missing"),
    "other": N_("Something else"),
}
OWN = (SITE_OPENED, EQUIPMENT_GIVEN, OBLIGATION_KEPT, WRITTEN_LATER, CORRECTED_BY_SHEET, *FAULTS.values())

# What may stand in a place, so that the words of a person are not taken for ours.
_PLACES = {
    "site": r"[\w-]+", "equipment": r"[\w-]+/.{1,60}?", "obligation": r"[\w.-]*\d[\w.-]*", "day": r"\d{4}-\d\d-\d\d",
}  # fmt: skip


class _Reason(Refusal):
    """A sentence with its places, for who puts it in words."""


def written(reason: str, **places: str) -> str:
    """One of OWN with its places filled, as it is kept. Days are written as ISO writes them."""
    assert reason in OWN
    return reason % places if places else reason


def in_words(reason: str) -> str:
    """A reason as its reader reads it: what the product wrote in their language, anything else unchanged. Several of ours may follow one another."""
    said, rest = [], reason
    while rest:
        for template, pattern in _PATTERNS:
            if found := pattern.fullmatch(rest):
                places = {name: _place(name, text) for name, text in found.groupdict().items() if name != "rest"}
                said.append(sentence(_Reason(template, **places)))
                rest = found["rest"] or ""
                break
        else:
            return reason
    return " ".join(said)


def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"%\((\w+)\)s", template)
    middle = "".join(
        re.escape(part) if place % 2 == 0 else f"(?P<{part}>{_PLACES[part]})" for place, part in enumerate(parts)
    )
    return re.compile(rf"{middle}(?: (?P<rest>\S.*))?", re.DOTALL)


def _place(name: str, text: str) -> object:
    try:
        return date.fromisoformat(text) if name == "day" else text
    except ValueError:
        return text


_PATTERNS = [(template, _pattern(template)) for template in OWN]
