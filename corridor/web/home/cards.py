"""Figures as cards on the home page: those of the latest published edition, else a few counted now; each opens."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from corridor.foundations.access import Actor
from corridor.kernel.quantities import Unit
from corridor.kernel.small_cells import HIDDEN, is_small
from corridor.rooms.indicators import queries
from corridor.rooms.indicators.definitions import definition_of
from corridor.rooms.indicators.scopes import Scope
from corridor.rooms.sites import queries as sites
from corridor.web.ui.days import day_text, number_text, period_text
from corridor.web.ui.languages import country_name
from corridor.web.ui.units import unit_word

# Which figures stand on the home page, in the order of the edition; five fit in a row.
ON_THE_HOME_PAGE = ("members.active", "members.countries", "sites.operating", "training.persons_completed")
COUNTED_NOW = ("members.active", "members.countries", "sites.operating", "programmes.running", "agreements.in_force")
CARDS = 5

LABELS = {
    ("members.active", ""): gettext_lazy("Members"),
    ("members.countries", ""): gettext_lazy("Countries and regions with members"),
    ("sites.operating", ""): gettext_lazy("Sites in operation"),
    ("sites.operating", "brand"): gettext_lazy("Sites in operation: %(brand)s"),
    ("programmes.running", ""): gettext_lazy("Programmes running"),
    ("agreements.in_force", ""): gettext_lazy("Agreements in force"),
    ("training.persons_completed", "teacher"): gettext_lazy("Teachers trained: %(brand)s"),
    ("training.persons_completed", "company_employee"): gettext_lazy("Company employees trained: %(brand)s"),
    ("training.persons_completed", "student"): gettext_lazy("Students trained: %(brand)s"),
    ("training.persons_completed", "brand"): gettext_lazy("Persons trained: %(brand)s"),
    ("training.persons_completed", ""): gettext_lazy("Persons trained"),
}


def figure_url(code: str, scope: Mapping[str, str], *, on: date | None, first: date | None = None) -> str:
    """The page of a figure: its scope, and the day or the first and last day."""
    when = {"from": first.isoformat(), "to": on.isoformat()} if first and on else {"on": on.isoformat()} if on else {}
    return f"/figures/{code}/?{urlencode({**scope, **when})}"


def latest_edition(*, by: Actor) -> Any:
    """The published edition of the latest day; None before the first."""
    return queries.list_editions(by=by).filter(status="published").first()


def home_cards(*, edition: Any, places: Sequence[Any], on: date, at: datetime, by: Actor) -> list[dict[str, Any]]:
    """Five cards for ``partials/figure_card.html``. ``places`` are the members by country of the same day, for their marks."""
    if edition is None:
        return [_counted(code, on=on, at=at, by=by) for code in COUNTED_NOW]
    inside = queries.figures_in(edition=edition, by=by)
    chosen = [each for each in inside if each.code in ON_THE_HOME_PAGE][:CARDS]
    brands = {each.code: each.name for each in sites.list_brands(by=by)}
    units = {("members.countries", ""): _places_by_mark(places)}
    units |= {
        ("sites.operating", each.scope): ngettext(
            "sites in one country", "sites in %(count)s countries", each.value or 0
        )
        % {"count": number_text(each.value or 0)}
        for each in inside
        if each.code == "sites.countries"
    }
    return [
        _kept(figure, brands, units.get((figure.code, figure.scope)) or _unit(figure.unit, figure.value))
        for figure in chosen
    ]


def _places_by_mark(places: Sequence[Any]) -> str:
    named = sum(each.source_mark == "named" for each in places)
    assumed = sum(each.source_mark == "assumed" for each in places)
    if not assumed:
        return ""
    return _("places: %(named)s named, %(assumed)s assumed") % {
        "named": number_text(named),
        "assumed": number_text(assumed),
    }


def _kept(figure: Any, brands: Mapping[str, str], unit: str) -> dict[str, Any]:
    definition, scope = definition_of(figure.code), Scope.parse(figure.scope).as_dict()
    last = figure.on_day or date.fromordinal(figure.ends_before.toordinal() - 1)
    hides = definition.persons and is_small(figure.value)
    return {
        "label": _label(figure.code, scope, brands), "value": HIDDEN if hides else figure.value, "unit": unit,
        "when": _("on %(day)s") % {"day": day_text(last)} if figure.on_day else period_text(figure.starts_on, figure.ends_before),
        "url": figure_url(figure.code, scope, on=last, first=figure.starts_on),
    }  # fmt: skip


def _counted(code: str, *, on: date, at: datetime, by: Actor) -> dict[str, Any]:
    answered = queries.show_figure(code=code, on=on, at=at, by=by)
    return {
        "label": _label(code, {}, {}), "value": answered.value, "unit": _unit(answered.unit.value, answered.value),
        "when": _("on %(day)s") % {"day": day_text(on)}, "url": figure_url(code, {}, on=on),
    }  # fmt: skip


def _label(code: str, scope: Mapping[str, str], brands: Mapping[str, str]) -> str:
    keys = [key for key in (scope.get("kind"), "brand") if key] if "brand" in scope else [""]
    label = next((str(LABELS[code, key]) for key in keys if (code, key) in LABELS), str(definition_of(code).title))
    places = {"brand": brands.get(scope.get("brand", ""), scope.get("brand", ""))}
    text = label % places if "%(" in label else label
    return f"{text} ({country_name(scope['country'])})" if "country" in scope else text


UNITS = {"persons": gettext_lazy("persons, each counted once"), "places": gettext_lazy("places")}


def _unit(code: str, number: Any) -> str:
    return str(UNITS[code]) if code in UNITS else unit_word(Unit(code), number)
