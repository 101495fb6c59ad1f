"""
The pages of a leaving kit: plain files that any web server gives for years without us, each in every language that the house speaks.

Their words come from the catalogues when the kit is made. Which of them is read a link says, or ``kit/language.js`` by the browser.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from babel.dates import format_date
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from corridor.foundations.vocabularies.languages import bcp47, cldr, is_right_to_left
from corridor.kernel.wording import N_

from .drafts import Why
from .reports.wording import NAMES, NOT_KNOWN, RESULTS, SENTENCES

TEXTS = Path(__file__).parent / "kit"
_MARKED = re.compile(r'N_\("((?:[^"\\]|\\.)*)"\)')


@dataclass(frozen=True)
class Verifier:
    """The verifier of the browser: a module of JavaScript, and every sentence that it may say, in English."""

    script: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """Whose kit it is, by language (Django's code), and on which day it was made."""

    names: Mapping[str, str]
    day: date

    @property
    def name(self) -> str:
        """In the reader's language."""
        return self.names.get(_code(), self.names["en"])


@dataclass(frozen=True)
class Held:
    """What the page of one certificate says; ``files`` stand beside it."""

    reference: str
    issued_on: date
    status: str | Promise
    sha256: str
    files: Sequence[str]


def marked_sentences(sources: Iterable[str]) -> tuple[str, ...]:
    """What is marked for translation in the scripts of the browser, in English."""
    return tuple(sorted({said.replace('\\"', '"') for text in sources for said in _MARKED.findall(text)}))


def spoken() -> list[tuple[str, str]]:
    """The languages of the pages, as Django's codes, each with its own name; English first."""
    return sorted([*settings.LANGUAGES, *settings.WORKSHOP_LANGUAGES], key=lambda each: each[0] != "en")


def index_page(told: Told, files: Sequence[str]) -> str:
    """What was published, file by file; ``files`` are addresses from the page on."""

    def said() -> str:
        what = _(
            "What this issuer published for verifying its certificates, as it stood on %(day)s. "
            "These files are signed: it does not matter who serves them."
        )
        how = _(
            "A certificate is checked with the file that its holder has, by any software that reads Open Badges 3.0, or by %(command)s of Corridor."
        )
        return (
            f"<h1>{escape(told.name)}</h1><p>{_filled(what, day=_day(told.day))}</p>{_links(files)}"
            f"<p>{_filled(how, command='<code dir="ltr">./run verify</code>')}</p>"
        )

    return _page(told.names["en"], _told(said), up="")


def held_page(told: Told, held: Held, *, up: str) -> str:
    """Where the code of a paper leads. ``up`` leads to the first page."""

    def said() -> str:
        issued = _("Issued by %(name)s on %(day)s. As of %(then)s it is: %(status)s.")
        whether = _(
            "Whether a file or a paper is this certificate, its signature says: check the file that the holder has. Its SHA-256 is %(hash)s."
        )
        places = {"name": f"<bdi>{escape(told.name)}</bdi>", "day": _day(held.issued_on), "then": _day(told.day)}
        return (
            f"<h1>{_filled(_('Certificate %(number)s'), number=f'<bdi>{escape(held.reference)}</bdi>')}</h1>"
            f"<p>{_filled(issued, **places, status=escape(str(held.status)))}</p>{_links(held.files)}"
            f"<p>{_filled(whether, hash=f'<code dir="ltr">{held.sha256}</code>')}</p>"
        )

    return _page(held.reference, _told(said), up=up, head='<meta name="robots" content="noindex">\n')


def verify_page(told: Told, published: Mapping[str, object], sentences: Sequence[str], *, up: str) -> str:
    """The page that verifies with what stands beside it (``kit/verify.js``)."""
    words = {bcp47(code): _in(code, lambda: _words(told, sentences)) for code, _own in spoken()}
    without = N_("This page needs JavaScript. Without it, check the file by any software that reads Open Badges 3.0.")
    shown = {key: escape(text) for key, text in words["en"]["say"].items()} | {
        "without": "".join(f'<p lang="{bcp47(code)}" dir="{_dir(code)}">{escape(_in(code, lambda: _(without)))}</p>' for code, _own in spoken()),
        # No address and no sentence of ours can end a script, and nothing that could is left as it is.
        "published": _for_script(published), "words": _for_script(words),
    }  # fmt: skip
    body = Template((TEXTS / "verify.html").read_text("utf-8")).substitute(shown)
    return _page(words["en"]["say"]["title"], body, up=up)


def _words(told: Told, sentences: Sequence[str]) -> dict[str, Any]:
    """All that the script says, in the language of now."""
    say = {
        "title": _("Verify a certificate of %(name)s") % {"name": told.name},
        "how": _(
            "The check is made on this device, with the keys, the lists and the register that stand on this server. They are signed, so it does not "
            "matter who serves them; a newer list may be missing. Nothing about the certificate is sent anywhere."
        ),
        "file": _("The signed file, or the PDF, as its holder received it"),
        "text": _("Or paste the signed text, or what the codes of the paper hold"),
        "verify": _("Verify"),
        "reading": _("The keys and lists are being read."),
        "age": _("The keys and lists are of %(day)s. What was revoked after that is not known here."),
        "unreadable": _("The keys and lists on this server cannot be read, or are not signed as they should be. Nothing can be verified here."),
    }  # fmt: skip
    return {
        "say": say,
        "headings": {word.value: str(said) for word, said in SENTENCES.items()},
        "not_known": str(NOT_KNOWN),
        "names": {name.value: str(said) for name, said in NAMES.items()},
        "results": {result.value: str(said) for result, said in RESULTS.items()},
        "whys": {str(code): str(label) for code, label in Why.choices},
        "reasons": {said: own for said in sentences if (own := _(said)) != said},
    }


def _told(said: Callable[[], str]) -> str:
    parts = [
        f'<section id="{bcp47(code)}" lang="{bcp47(code)}" dir="{_dir(code)}">{_in(code, said)}</section>'
        for code, _own in spoken()
    ]
    return f'<main class="told">{"\n".join(parts)}</main>'


def _page(title: str, body: str, *, up: str, head: str = "") -> str:
    switch = "".join(
        f'<a href="#{bcp47(code)}" hreflang="{bcp47(code)}" lang="{bcp47(code)}" dir="{_dir(code)}">{escape(own)}</a>'
        for code, own in spoken()
    )
    languages = " · ".join(dict.fromkeys(_in(code, lambda: _("Language")) for code, _own in spoken()))
    frame = Template((TEXTS / "page.html").read_text("utf-8"))
    return frame.substitute(
        title=escape(title), head=head, up=up, languages=escape(languages), switch=switch, body=body
    )


def _links(files: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li><a href="{escape(each)}" dir="ltr">{escape(each)}</a></li>' for each in files)}</ul>"


def _filled(sentence: str, **places: str) -> str:
    """A sentence of ours with what stands in it, which is markup already."""
    return escape(sentence) % places


def _in[Said](code: str, said: Callable[[], Said]) -> Said:
    with override(code):
        return said()


def _code() -> str:
    return get_language() or "en"


def _day(day: date) -> str:
    return escape(format_date(day, "long", locale=cldr(_code())))


def _dir(code: str) -> str:
    return "rtl" if is_right_to_left(code) else "ltr"


def _for_script(said: object) -> str:
    return json.dumps(said, ensure_ascii=False).replace("<", "\\u003c")
