"""
What pages are made of, as tags. They are built in: a template needs no ``{% load %}`` for them. docs/web.md lists them with examples.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from corridor.kernel.errors import Refusal
from corridor.web import wording
from corridor.web.ui import charts, days, hashes, states
from corridor.web.ui import map as land
from corridor.web.ui.rail import rail_of

register = template.Library()

NOTES = {
    "": states.Look("quiet", "info-circle"),
    "warn": states.Look("prep", "alert-triangle"),
    "bad": states.Look("bad", "ban"),
    "silent": states.Look("silent", "volume-off"),
}


@register.simple_tag
@lru_cache(maxsize=500)
def icon(name: str, extra: str = "") -> SafeString:
    """A Tabler icon by name, hidden from readers of the screen. ``extra``: "icon-dir" for one that turns in right-to-left pages."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true"><use href="{}#{}"></use></svg>', extra, static("built/icons.svg"), name
    )


@register.simple_tag
def num(value: object, url: str = "") -> SafeString:
    """A number that opens: written as the reader groups it, with the dotted line if ``url`` is given, else bare."""
    text = days.value_text(value)
    return format_html('<a class="num" href="{}">{}</a>', url, text) if url else format_html("{}", text)


@register.simple_tag
def ref(reference: str, url: str = "") -> SafeString:
    """A reference (AGR-2024-0031) that does not break and keeps its direction; a link if ``url`` is given."""
    inside = format_html('<bdi class="nowrap">{}</bdi>', reference)
    return format_html('<a href="{}">{}</a>', url, inside) if url else inside


@register.simple_tag
def state_pill(status: object, word: str = "") -> SafeString:
    """The state of a thing: ``status`` is a code or a member of a room's enum; ``word`` replaces the word, never the look."""
    return _pill(status, str(word), get_language())


# By type too: the same code is another state of another thing.
@lru_cache(maxsize=2_000, typed=True)
def _pill(status: object, word: str, _language: str | None) -> SafeString:
    return SafeString(render_to_string("partials/state.html", {"pill": states.pill_of(status, word)}))


@register.simple_tag
def source_mark(mark: str) -> SafeString:
    """ "Named in a source" or "Assumed", for lists of many rows; else ``members/mark.html`` says the same."""
    return _mark(str(mark), get_language())


@lru_cache
def _mark(mark: str, _language: str | None) -> SafeString:
    return SafeString(render_to_string("members/mark.html", {"mark": mark}))


@register.filter
def state_word(status: object) -> str:
    """``{{ job.state|state_word }}``: the word of a state alone, for a sentence."""
    return str(states.pill_of(status).word)


@register.inclusion_tag("partials/hash_chip.html")
def hash_chip(fingerprint: str, copy: bool = True) -> dict:
    """A SHA-256 in hexadecimal: bars to compare, groups to read, the whole to copy."""
    return {
        "fingerprint": fingerprint,
        "bars": hashes.bars_of(fingerprint),
        "groups": hashes.groups_of(fingerprint),
        "copy": copy,
    }


@register.inclusion_tag("partials/figure_card.html")
def figure_card(label: str, value: object, unit: str, when: str = "", url: str = "", lead: str = "") -> dict:
    """One card of a ``<ul class="figures">``: what, how many, of what unit, on which day, and the way in."""
    return {"label": label, "value": days.value_text(value), "unit": unit, "when": when, "url": url, "lead": lead}


@register.inclusion_tag("partials/three_numbers.html")
def three_numbers(
    total: int,
    overlap: int,
    distinct: int,
    *,
    total_label: str,
    overlap_label: str,
    distinct_label: str,
    parts: Sequence[int] = (),
    overlap_url: str = "",
    distinct_url: str = "",
    key: str = "three",
) -> dict:
    """
    The sum of what several claim, the overlap, and the distinct persons. Never one alone.

    ``parts``: the numbers that make the sum, for the upper bar; leave it out where one of them is hidden.
    """
    upper, lower, hatched = charts.three_bars(parts, overlap, distinct)
    return {
        "total": total,
        "overlap": overlap,
        "distinct": distinct,
        "total_label": total_label,
        "overlap_label": overlap_label,
        "distinct_label": distinct_label,
        "overlap_url": overlap_url,
        "distinct_url": distinct_url,
        "key": key,
        "upper": upper,
        "lower": lower,
        "hatched": hatched,
    }


@register.inclusion_tag("partials/meter.html")
def meter(done: int, whole: int, words: str, tone: str = "fg") -> dict:
    """A bar of done out of whole; ``words`` says it, the bar only repeats it. Tones: fg, run, prep, bad."""
    width = round(100 * min(done / whole, 1), 1) if whole else 0
    return {"width": width, "words": words, "tone": tone}


@register.inclusion_tag("partials/chart.html")
def bar_chart(rows: Sequence, title: str, key: str = "bars") -> dict:
    """
    Bars of ``rows`` of (label, value). A value of None is hidden: no bar, only its mark.

    ``title`` is read aloud and names the table with the same numbers; ``key`` makes ids unique in the page.
    """
    return {"drawings": charts.bar_drawings([tuple(row)[:2] for row in rows]), "title": title, "key": key}


@register.inclusion_tag("partials/chart.html")
def step_chart(rows: Sequence, title: str, key: str = "steps") -> dict:
    """A line of steps through ``rows`` of (label, value) in order of time. None is hidden and left out."""
    return {"drawings": charts.step_drawings([tuple(row)[:2] for row in rows]), "title": title, "key": key}


@register.inclusion_tag("partials/map.html")
def place_map(places: Sequence[land.Place], title: str, key: str = "map") -> dict:
    """Land without borders with a circle per place (``corridor.web.ui.map.Place``); the list with the numbers stands elsewhere."""
    return {"map": land.draw_map(places), "title": title, "key": key}


@register.inclusion_tag("partials/rail.html")
def rail(here: str, stations: Mapping[str, Mapping] | None = None) -> dict:
    """
    Where this thing stands in the chain. ``here``: conference, announcement, agreement, programme, site, cohort, session, decision,
    credential, outcome or figure. ``stations``: {name: {"word": "3 records", "url": "..."}}; one left out says "not yet".
    """
    return {"stations": rail_of(here, stations or {})}


@register.inclusion_tag("partials/story.html", takes_context=True)
def story(context, steps: Sequence[Mapping]) -> dict:
    """
    How a thing came to be. Steps in order: {"day": date or None, "when": "four parties", "icon": "writing-sign", "title", "text", "links":
    [(label, url)], "state": "" | "now" | "not", "done": n, "whole": n}. "Today" cuts the line before the first step that is "not".
    """
    return {
        "steps": steps,
        "today": context.get("today"),
        "first_not": next((i for i, s in enumerate(steps) if s.get("state") == "not"), None),
    }


@register.inclusion_tag("partials/changes.html")
def changes(rows: Sequence) -> dict:
    """How a thing came to be in its state, latest first: rows with day, status, text, url, by, reason; all but one may be missing."""
    return {"rows": rows}


@register.simple_block_tag
def walk_step(content: str, number: int, key: str, title: object, here: bool = False, aside: str = "") -> str:
    """One level of the evidence walk: ``{% walk_step 2 "rows" title here=True aside="..." %} ... {% endwalk_step %}`` in ``<div class="walk">``."""
    shown = {"number": number, "key": key, "title": title, "here": here, "aside": aside, "inside": content}
    return render_to_string("partials/walk_step.html", shown)


@register.inclusion_tag("partials/facts.html")
def facts(rows: Sequence, narrow: bool = True) -> dict:
    """A list of (name, value) or (name, value, url); a row whose value is None or "" is left out."""
    shown = [
        (row[0], days.value_text(row[1]), row[2] if len(row) > 2 else "") for row in rows if row[1] not in (None, "")
    ]
    return {"rows": shown, "narrow": narrow}


@register.inclusion_tag("partials/crumbs.html")
def crumbs(*parts: str) -> dict:
    """Pairs of label and address, the last without one: ``{% crumbs "Agreements" "/agreements" agreement.reference %}``."""
    pairs = [(parts[i], parts[i + 1] if i + 1 < len(parts) else "") for i in range(0, len(parts), 2)]
    return {"pairs": pairs}


@register.inclusion_tag("partials/note.html")
def note(text: str, title: str = "", tone: str = "", link: str = "", url: str = "") -> dict:
    """A thing the reader must know. Tones: "" (plain), warn, bad, silent."""
    return {"text": text, "title": title, "tone": tone, "link": link, "url": url, "look": NOTES[tone]}


@register.inclusion_tag("partials/refusal.html")
def refusal(said: Refusal | str, way_out: str = "", url: str = "") -> dict:
    """A no with its rule and its exit: ``said`` is a Refusal or a sentence; ``way_out`` the label of the link ``url``."""
    text = wording.sentence(said) if isinstance(said, Refusal) else said
    problems = getattr(said, "problems", ())
    return {"text": text, "problems": problems, "way_out": way_out, "url": url}


@register.inclusion_tag("partials/nothing.html")
def nothing(title: str, text: str = "", link: str = "", url: str = "") -> dict:
    """An empty place: what would stand here, and how to make the first one."""
    return {"title": title, "text": text, "link": link, "url": url}


@register.inclusion_tag("partials/pager.html", takes_context=True)
def pager(context, after: str = "", label: str = "", exports: bool = False) -> dict:
    """Keyset paging: a link to the rows after ``after`` (empty: this is the end), keeping the filters. ``exports``: CSV and XLSX of these rows."""
    request = context["request"]
    kept = request.GET.copy()
    kept.pop("after", None)
    same = kept.urlencode()
    kept["after"] = after
    begun = bool(request.GET.get("after"))
    return {"next": kept.urlencode() if after else "", "same": same, "begun": begun, "label": label, "exports": exports}


@register.inclusion_tag("partials/filters.html", takes_context=True)
def filters(context, form, search_label: str = "") -> dict:
    """A form of filters whose state is in the address: ``form`` is a Django form bound to request.GET."""
    return {"form": form, "request": context["request"], "search_label": search_label}


@register.inclusion_tag("partials/tabs.html", takes_context=True)
def tabs(context, field: str, options: Sequence, label: str) -> dict:
    """
    Links that set one filter in the address. ``options``: (value, word) or (value, word, count); the value of a known state brings its icon.
    The one whose value is in the address is current; before that the empty value, which stands for all, or else the first.
    """
    values = [str(value) for value, *_word in options]
    chosen = context["request"].GET.get(field, "" if "" in values else values[0] if values else "")
    kept = context["request"].GET.copy()
    kept.pop("after", None)
    rows = []
    for value, word, *rest in options:
        kept[field] = value
        look, _word = states.LOOKS.get(str(value).replace("-", "_"), (None, ""))
        row = {
            "query": kept.urlencode(),
            "word": word,
            "count": rest[0] if rest else None,
            "is_here": str(value) == chosen,
            "look": look,
        }
        rows.append(row)
    return {"rows": rows, "label": label}
