"""How differences and conflicts between texts of an agreement are shown: each with its name in the reader's words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from corridor.foundations.access import Actor
from corridor.rooms.agreements import queries
from corridor.rooms.agreements.comparing import Difference, Piece
from corridor.web.ui.days import day_text
from corridor.web.ui.languages import language_name

from .forms import STANDINGS

_WORDS = frozenset({"title", "clause", "line", "party"})


@dataclass(frozen=True)
class Shown:
    """One field: its name, the language of its words, and both sides in pieces; None where it does not stand on that side."""

    label: str
    language: str
    before: list[Piece] | None
    after: list[Piece] | None


@dataclass(frozen=True)
class ShownConflict:
    label: str
    language: str
    base: str
    ours: str
    theirs: str


def shown_differences(differences: Iterable[Difference]) -> list[Shown]:
    return [_shown(each) for each in differences]


def shown_conflicts(conflicts: Iterable[Any]) -> list[ShownConflict]:
    return [
        ShownConflict(
            label_of(each), each.language, *(value_of(each.field, side) for side in (each.base, each.ours, each.theirs))
        )
        for each in conflicts
    ]


def label_of(each: Any) -> str:
    """What the field is called; for differences and conflicts alike."""
    places = {
        "member": each.place,
        "number": each.place,
        "language": language_name(each.language) if each.language else "",
    }
    names = {
        "starts_on": _("First day"), "ends_before": _("Last day"), "kind": _("Kind of agreement"),
        "parent": _("Schedule of"), "renews": _("Follows"), "announcement": _("Answers the announcement"),
        "party": _("Role of %(member)s"), "title": _("Title in %(language)s"),
        "standing": _("Standing of the text in %(language)s"), "clause": _("Clause %(number)s in %(language)s"),
        "line": _("Line %(number)s in %(language)s"),
    }  # fmt: skip
    return names[each.field] % places


def value_of(field: str, value: str | None) -> str:
    """One side of a field that is no text, as the reader writes it; a dash for nothing."""
    if not value:
        return "—"
    if field == "starts_on":
        return day_text(date.fromisoformat(value))
    if field == "ends_before":
        return day_text(date.fromisoformat(value) - timedelta(days=1))
    if field == "standing":
        return str(dict(STANDINGS).get(value, value))
    return value


def _shown(each: Difference) -> Shown:
    if each.field in _WORDS:
        before, after = each.pieces()
        return Shown(
            label_of(each),
            each.language,
            before if each.before is not None else None,
            after if each.after is not None else None,
        )
    sides = [[Piece(value_of(each.field, side), True)] for side in (each.before, each.after)]
    return Shown(label_of(each), each.language, sides[0], sides[1])


def amending(agreement: Any, *, by: Actor) -> dict[str, Any] | None:
    """For the page of an amendment: what it changes, and where that conflicts with what the agreement says now."""
    if agreement.amends_id is None:
        return None
    reading = queries.read_amendment(reference=agreement.reference, by=by)
    return {"rows": shown_differences(reading.differences), "conflicts": shown_conflicts(reading.conflicts)}
