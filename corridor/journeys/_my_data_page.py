"""The copy of one's own data as a page that needs nothing else: to read and to print."""

from collections.abc import Mapping
from html import escape
from typing import Any

from django.utils.translation import get_language_bidi, gettext

STYLE = """
body{font:16px/1.55 system-ui,"Noto Sans",sans-serif;color:#13212a;background:#fff;max-width:60rem;margin:0 auto;padding:2rem 1rem}
h1{font-size:2rem;line-height:1.2}h2{font-size:1.3rem;margin:2.5rem 0 .25rem;border-top:1px solid #d5dcdf;padding-top:1.5rem}
p{max-width:42rem;margin:.25rem 0}.muted{color:#4a5a63}table{border-collapse:collapse;width:100%;margin:.75rem 0;font-size:.9375rem}
th,td{text-align:start;vertical-align:top;padding:.35rem .75rem .35rem 0;border-bottom:1px solid #d5dcdf;overflow-wrap:anywhere}
@media print{h2{break-after:avoid}tr{break-inside:avoid}}
"""


def page_of(said: Mapping[str, Any]) -> str:
    """``said``: the document of ``as_json``, in the active language."""
    direction = "rtl" if get_language_bidi() else "ltr"
    title = escape(gettext("What is held about %(person)s") % {"person": said["person"]})
    made = escape(gettext("Made on %(day)s.") % {"day": said["made_at"][:10]})
    parts = "\n".join(_part(part) for part in said["parts"])
    return f"""<!doctype html>
<html lang="{escape(said["language"])}" dir="{direction}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>{STYLE}</style></head>
<body><h1>{title}</h1><p class="muted">{escape(", ".join(said["references"]))} · {made}</p>
{parts}
</body></html>
"""


def _part(part: Mapping[str, Any]) -> str:
    why = escape(part["why"])
    until = escape(part["until"])
    return f"<h2>{escape(part['title'])}</h2><p>{why} <span class='muted'>{until}</span></p>{_table(part)}"


def _table(part: Mapping[str, Any]) -> str:
    if not part["rows"]:
        return f"<p class='muted'>{escape(gettext('Nothing is held.'))}</p>"
    heads = "".join(f"<th scope='col'>{escape(word)}</th>" for word in part["heads"].values())
    rows = "".join(
        "<tr>"
        + "".join(f"<td>{escape(_cell(row.get(name), part['words'].get(name, {})))}</td>" for name in part["heads"])
        + "</tr>"
        for row in part["rows"]
    )
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _cell(value: object, words: Mapping[str, str]) -> str:
    return "" if value is None else words.get(str(value), str(value))
