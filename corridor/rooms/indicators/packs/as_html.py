"""The edition as one page that needs nothing else: no script, no picture, no address. Every number carries its place."""

from collections.abc import Mapping
from html import escape

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .parts import Table, evidence, headline, measure_words, tables
from .shape import NOTHING, PackedEdition, PackedFigure, text_of

STYLE = """
:root{color-scheme:light dark;--ink:#13212a;--ink-2:#4a5a63;--line:#d5dcdf;--page:#fff;--accent:#0b5a63}
@media (prefers-color-scheme:dark){:root{--ink:#eef2f3;--ink-2:#a9b7bd;--line:#2c3a42;--page:#0f171c;--accent:#7fc6cf}}
body{font:16px/1.55 "Noto Sans",system-ui,sans-serif;color:var(--ink);background:var(--page);max-width:60rem;margin:0 auto;padding:2rem 1rem}
h1{font-size:2rem;line-height:1.2;margin:0 0 .5rem}h2{font-size:1.4rem;margin:0}h3{font-size:1rem;margin:1.5rem 0 .25rem}
section{border-top:1px solid var(--line);padding:2rem 0}.value{font-size:3rem;font-weight:600;line-height:1.2;margin:.5rem 0}
.value small{font-size:1.125rem;color:var(--ink-2);font-weight:500}p{max-width:42rem}.muted{color:var(--ink-2)}
table{border-collapse:collapse;width:100%;margin:.25rem 0}th,td{text-align:start;
padding:.375rem .75rem .375rem 0;border-bottom:1px solid var(--line);vertical-align:top}
td{font-variant-numeric:tabular-nums}code{font-size:.8125rem;overflow-wrap:anywhere}.wide{overflow-x:auto}
dl{display:grid;grid-template-columns:minmax(8rem,14rem) 1fr;
gap:.25rem 1rem;font-size:.9375rem}dt{color:var(--ink-2)}dd{margin:0;overflow-wrap:anywhere}
@media print{section{break-inside:avoid-page}}
"""


def edition_as_html(edition: PackedEdition) -> bytes:
    parts = "\n".join(_figure(each) for each in edition.figures)
    about = _("Every number can be counted again from the rows behind it. “·” hides a small count of persons.")
    return f"""<!doctype html>
<html lang="{escape(edition.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(edition.title)} · {escape(edition.alliance)}</title>
<style>{STYLE}</style>
</head>
<body>
<header>
<p class="muted">{escape(edition.alliance)}</p>
<h1>{escape(edition.title)}</h1>
<p>{escape(str(about))}</p>
<dl>
<dt>{escape(str(_("Edition")))}</dt><dd>{escape(edition.reference)}</dd>
<dt>{escape(str(_("Day")))}</dt><dd>{escape(edition.day)}</dd>
<dt>{escape(str(_("Published")))}</dt><dd>{escape(edition.published_at)}</dd>
<dt>{escape(str(_("Fingerprint")))}</dt><dd><code data-place="fingerprint">{escape(edition.fingerprint)}</code></dd>
</dl>
</header>
<main>
{parts}
</main>
</body>
</html>
""".encode()


def _figure(figure: PackedFigure) -> str:
    said = {name: text_of(value) for name, value in figure.said.items()}
    facts = "".join(_fact(_NAMES[name], name, said[name]) for name in said if name in _NAMES and said[name] != NOTHING)
    hidden = "".join(
        f'<data data-place="{name}" hidden>{escape(text)}</data>' for name, text in said.items() if text == NOTHING
    )
    facts += "".join(_fact(_NAMES[name], name, text) for name, text in evidence(figure).items())
    signed = "".join(
        f"<li>{escape(each.by)}, {escape(each.role)}, {escape(each.on)}</li>" for each in figure.signatures
    )
    correction = f"<p>{escape(figure.correction)}</p>" if figure.correction else ""
    return f"""<section data-figure="{escape(figure.reference)}" id="{escape(figure.reference)}">
<h2>{escape(figure.title)}</h2>
<p class="muted">{escape(figure.about)}</p>
{_headline(figure, headline(figure))}
<p>{escape(figure.counted)}</p>{correction}
{"".join(_table(each) for each in tables(figure))}
<h3>{escape(str(_("What stands behind it")))}</h3>
<dl>{facts}</dl>{hidden}
<h3>{escape(str(_("Signed by two persons")))}</h3>
<ul>{signed}</ul>
</section>"""


def _headline(figure: PackedFigure, numbers: Mapping[str, str]) -> str:
    unit = f"<small>{escape(figure.unit_words)}</small>"
    if "value" in numbers:
        return f'<p class="value">{_number("value", numbers["value"])} {unit}</p>'
    both = {name: _number(name, numbers[name]) for name in ("numerator", "denominator")}
    said = _("%(numerator)s for %(denominator)s") if "ratio" in numbers else _("%(numerator)s of %(denominator)s")
    first = escape(str(said)) % both
    rest = "".join(
        f"<small> · {escape(measure_words(place))} {_number(place, text)}</small>"
        for place, text in numbers.items()
        if place not in {"numerator", "denominator"}
    )
    return f'<p class="value">{first}{rest}</p>'


def _table(table: Table) -> str:
    heads = table.heads
    rows = []
    for line in table.lines:
        cells = {cell.measure: cell for cell in line.cells}
        shown = "".join(
            f'<td data-place="{escape(cells[head].place)}">{escape(cells[head].text)}</td>'
            if head in cells
            else "<td></td>"
            for head in heads
        )
        rows.append(f'<tr><th scope="row">{escape(line.title)}</th>{shown}</tr>')
    columns = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    return f"""
<h3>{escape(table.title)}</h3>
<div class="wide"><table><thead><tr><td></td>{columns}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>"""


def _number(place: str, text: str) -> str:
    return f'<span data-place="{escape(place)}">{escape(text)}</span>'


def _fact(name: object, place: str, text: str) -> str:
    return f'<dt>{escape(str(name))}</dt><dd data-place="{escape(place)}">{escape(text)}</dd>'


_NAMES = {
    "reference": _("Figure"),
    "version": _("Version"),
    "code": _("Indicator"),
    "definition_version": _("Version of the definition"),
    "unit": pgettext_lazy("of a figure", "Unit"),
    "scope": _("Narrowed to"),
    "on": _("On the day"),
    "from": _("From the day"),
    "to": _("To the day, inside"),
    "known_at": _("Known at"),
    "not_counted": _("Not counted"),
    "n": _("n"),
    "evidence_rows": _("Rows of evidence"),
    "evidence_hash": _("Fingerprint of the records"),
    "content_hash": _("Fingerprint of the rows"),
}
