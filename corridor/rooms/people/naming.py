"""What a person is called by a reader of some language: whole names, as they are written."""

from collections.abc import Iterable
from typing import NamedTuple, Protocol

OWN, ROMANISED, OTHER, FORMER = "own", "romanised", "other", "former"
# Of several romanised names, the one that a reader meets first: what others read in the passport, then what the person writes.
_FIRST_BY = ("passport", "own", "", "icao", "pinyin", "bgn_pcgn", "rtgs", "ala_lc", "unknown")


class FormOfName(Protocol):
    form: str
    language: str
    full_name: str
    romanisation: str


class PersonCalled(NamedTuple):
    """``name`` for this reader with the BCP 47 tag of its language; ``beside`` is the name in the other script, or ("", "")."""

    name: str
    language: str
    beside: str = ""
    beside_language: str = ""


def romanised_first[Form: FormOfName](names: Iterable[Form]) -> Form | None:
    """The romanised name that stands for the person, or None."""
    return min(
        (each for each in names if each.form == ROMANISED),
        key=lambda each: _FIRST_BY.index(each.romanisation),
        default=None,
    )


def called_in(names: Iterable[FormOfName], language: str, *, otherwise: str) -> PersonCalled:
    """
    Who reads the person's own language gets the own name; who does not, a form in their language where there is one, else the
    romanised name, with the own name beside it. A person with a single name form goes by that; one without any by ``otherwise``.
    A former name is never what somebody is called.
    """
    forms = [each for each in names if each.form != FORMER]
    own = next((each for each in forms if each.form == OWN), None)
    romanised = romanised_first(forms)
    wanted = language.split("-")[0].lower()
    other = next((each for each in forms if each.form == OTHER and each.language.split("-")[0] == wanted), None)
    reads_own = own is not None and own.language.split("-")[0] == wanted
    order = [own, romanised] if reads_own else [other, romanised, own]
    first = next((each for each in [*order, *forms] if each is not None), None)
    if first is None:
        return PersonCalled(otherwise, "")
    beside = romanised if first is own else own
    if beside is None or beside is first or beside.full_name == first.full_name:
        return PersonCalled(first.full_name, first.language)
    return PersonCalled(first.full_name, first.language, beside.full_name, beside.language)
