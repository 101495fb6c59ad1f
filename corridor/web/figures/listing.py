"""The list of figures, by family, and the table of claims."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from corridor.foundations.access import Actor
from corridor.kernel.errors import Refusal
from corridor.rooms.indicators import queries
from corridor.rooms.indicators.answers import FigureAnswer
from corridor.rooms.indicators.definitions import Definition
from corridor.rooms.indicators.definitions.taking_part import GROUP, Group
from corridor.rooms.indicators.keeping import Kept, kept
from corridor.rooms.indicators.queries import ClaimCheck, FigureAsk

from .forms import MONTHS, first_currency
from .links import figure_url
from .story import when_text

FAMILIES: dict[str, str | Promise] = {
    "members": _("Who belongs"),
    "announcements": _("What was promised"),
    "agreements": _("What was signed"),
    "sites": _("Where it happens"),
    "programmes": _("What is taught"),
    "training": _("Who took part"),
    "assessment": _("Who was assessed"),
    "mobility": _("Who went abroad"),
    "awards": _("What was won"),
    "trainers": _("Who teaches, and who taught them"),
    "curricula": _("What it compares with"),
    "credentials": _("What was certified"),
    "demand": _("What employers need"),
    "funding": _("Money"),
    "outcomes": _("What became of the graduates"),
}


@dataclass(frozen=True)
class Line:
    """One indicator in the list: its answer, or the refusal in its place."""

    definition: Definition
    answered: FigureAnswer | None
    refusal: Refusal | None
    url: str
    published: Kept | None = None
    is_whole: bool = True

    @property
    def published_url(self) -> str:
        """The latest published figure of this indicator: for the whole alliance, else for a part of it; empty where there is none."""
        if self.published is None:
            return ""
        return reverse("figure-version", args=[self.definition.code, self.published.reference])

    @property
    def when(self) -> str:
        return when_text(self.answered) if self.answered else ""

    @property
    def numbers(self) -> Any:
        return self.answered.numbers if self.answered else {}


@dataclass(frozen=True)
class Family:
    code: str
    title: str | Promise
    lines: list[Line] = field(default_factory=list)


VERDICTS: dict[str, tuple[str, str | Promise]] = {
    "holds": ("pass", _("Holds")),
    "differs": ("fail", _("Differs")),
    "not_derivable": ("not_looked_at", _("Not derivable")),
}


@dataclass(frozen=True)
class ClaimLine:
    """A claim and its answer; ``said`` is what members answered that bears on it: (member, question, value, address)."""

    check: ClaimCheck
    said: list[dict[str, Any]] = field(default_factory=list)

    @property
    def title(self) -> str:
        return str(self.check.question.definition.title)

    @property
    def state(self) -> str:
        return VERDICTS[self.check.verdict][0]

    @property
    def word(self) -> str:
        return str(VERDICTS[self.check.verdict][1])

    @property
    def url(self) -> str:
        answered = self.check.answered
        return figure_url(answered) if answered else reverse("figure", args=[self.check.claim.code])

    @property
    def when(self) -> str:
        return when_text(self.check.answered) if self.check.answered else ""


@dataclass(frozen=True)
class Claims:
    """Every published claim with its answer, and how many of each."""

    lines: list[ClaimLine]

    @property
    def sources(self) -> list[str]:
        return list(dict.fromkeys(line.check.claim.source for line in self.lines))

    @property
    def holds(self) -> int:
        return self._count("holds")

    @property
    def differs(self) -> int:
        return self._count("differs")

    @property
    def not_derivable(self) -> int:
        return self._count("not_derivable")

    def _count(self, verdict: str) -> int:
        return sum(line.check.verdict == verdict for line in self.lines)


def families_of(*, on: date, at: datetime, by: Actor) -> list[Family]:
    """Every indicator with its value today, in its family. So many statements per indicator at most, however many records."""
    families: dict[str, Family] = {}
    published: dict[str, tuple[Kept, bool]] = {}
    for figure in queries.list_figures(by=by, state="published"):
        is_whole = figure.scope in {"", f"months={MONTHS}"}
        known = published.get(figure.code)
        if known is None or (is_whole and not known[1]):
            published[figure.code] = kept(figure), is_whole
    definitions = queries.list_indicators(by=by)
    asks = [FigureAsk(each.code, _usual_scope(each, by), on=on) for each in definitions]
    for definition, found in zip(definitions, queries.show_figures(asks=asks, at=at, by=by), strict=True):
        family = families.setdefault(
            definition.family, Family(definition.family, FAMILIES.get(definition.family, definition.family))
        )
        family.lines.append(_line(definition, found, *published.get(definition.code, (None, True))))
    return list(families.values())


def claims_of(checks: Sequence[ClaimCheck], said: Mapping[Any, Sequence[Any]], language: str) -> Claims:
    return Claims([ClaimLine(each, [_said(one, language) for one in said.get(each.claim.pk, ())]) for each in checks])


def _said(held: Any, language: str) -> dict[str, Any]:
    answer, asked = held.answer, held.answer.sent.asked
    return {
        "member": asked.organisation, "value": answer.value, "question": answer.question.text(language), "note": held.note,
        "url": reverse("data-call-answer", args=[asked.call.reference, asked.organisation.reference]),
    }  # fmt: skip


def _usual_scope(definition: Definition, by: Actor) -> dict[str, str]:
    """What stands in the list for an indicator that must be narrowed."""
    scope = {"months": MONTHS} if "months" in definition.needs else {}
    if GROUP in definition.needs:
        scope = {GROUP: Group.WOMEN.value}
    if "currency" in definition.needs:
        scope = {"currency": first_currency(queries.currencies_counted(code=definition.code, by=by))}
    return scope


def _line(definition: Definition, found: FigureAnswer | Refusal, published: Kept | None, is_whole: bool) -> Line:
    if isinstance(found, Refusal):
        return Line(definition, None, found, reverse("figure", args=[definition.code]), published)
    return Line(definition, found, None, figure_url(found), published, is_whole)
