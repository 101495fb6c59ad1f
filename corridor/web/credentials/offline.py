"""The verifier in the browser: its words, the bundle that it checks with, and what a phone needs to keep it. Nobody is told what is verified."""

import re
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from babel.dates import format_timedelta
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from corridor.foundations import clock
from corridor.foundations.access import Actor
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.credentials import queries
from corridor.rooms.credentials.drafts import Why
from corridor.rooms.credentials.kit_pages import marked_sentences
from corridor.rooms.credentials.queries.choices import CredentialKind, RecognitionKind
from corridor.web.journal.answering import manifest_of
from corridor.web.ui.languages import cldr, html_lang

from . import verdict_words
from .counting_here import countries
from .documents import for_all

SOURCES = Path(__file__).resolve().parent.parent / "verifier"
# What the page says of itself, beside the sentences of the verdict; the script asks for them by their English.
OWN_SENTENCES = [
    N_("Genuine, and in force on %(day)s"),
    N_(
        "Checked on this device with what the alliance published on %(instant)s (%(ago)s). What was revoked after that is not known here."
    ),
    N_("Keys and lists of %(instant)s (%(ago)s) are on this device."),
    N_("Nothing from the alliance is on this device yet. Open this page once with a network, or open a file with keys and lists."),
    N_("The keys and lists of %(instant)s were taken from the file."),
    N_("The file is not signed by this alliance, or was changed after. Nothing was taken from it."),
    N_("The file is older than what is on this device, of %(instant)s. Nothing was taken from it."),
    N_("This page is older than what the alliance publishes now. Open it once with a network."),
    N_("This code holds only an address. What stands there is asked of the alliance when you press Verify."),
    N_("Without a network an address cannot be opened. Choose the file, or scan the code on the paper."),
    N_("No code can be read in this picture. Take it again, flat and near, in good light."),
    N_("The camera cannot be opened. Allow it in the browser, or take a photo."),
    N_("Code %(number)s of %(count)s is read. Scan the others too, in any order."),
    N_("No statement about %(country)s is known here. That is no recognition and no refusal."),
    N_("Hours"), N_("Level"), N_("Decided by"), N_("Document"), N_("Hours attended, by the registers"), N_("Hours of the units listed"),
]  # fmt: skip


@cache
def sentences() -> tuple[str, ...]:
    """Every sentence that the script may say, in English."""
    found = marked_sentences(path.read_text("utf-8") for path in sorted(SOURCES.glob("*.js")))
    return tuple(sorted({*found, *OWN_SENTENCES}))


def offline_words(*, by: Actor) -> dict[str, Any] | None:
    """All that the script needs beside the bundle; None as long as the alliance has signed no register of issuers."""
    if not queries.list_editions(by=by).exists():
        return None
    try:
        alliance = queries.alliance_document_text(by=by)
    except NotFound:
        return None
    return {
        "alliance": alliance,
        # The example's day stands still; the world's clock is the device's own.
        "at": clock.now().isoformat() if settings.EXAMPLE_DAY else None,
        "language": html_lang(get_language() or settings.LANGUAGE_CODE),
        "locale": str(cldr()).replace("_", "-"),
        "days": written_days(),
        "sentences": {said: _(said) for said in sentences()},
        "headings": {word.value: [tone, str(said)] for word, (tone, said) in verdict_words.HEADINGS.items()},
        "not_known": str(verdict_words.NOT_KNOWN),
        "ways_out": {word.value: str(said) for word, said in verdict_words.WAYS_OUT.items()},
        "names": {name.value: str(said) for name, said in verdict_words.NAMES.items()},
        "words": {f"{name.value} {result.value}": str(said) for (name, result), said in verdict_words.WORDS.items()},
        "cannot_be_said": str(verdict_words.CANNOT_BE_SAID),
        "not_looked_at": str(verdict_words.NOT_LOOKED_AT),
        "whys": {str(code): str(label) for code, label in Why.choices},
        "kinds": {str(code): str(label) for code, label in CredentialKind.choices},
        "recognitions": {str(code): str(label) for code, label in RecognitionKind.choices},
        "countries": countries(),
    }


def written_days() -> dict[str, Any]:
    """How days and distances are written, for a browser that does not know the reader's language."""
    locale = cldr()
    pattern = str(locale.date_formats["long"].pattern)
    is_named = "MMMM" in pattern
    pattern = re.sub(r"y+|M+|d+", lambda found: {"y": "{year}", "M": "{month}", "d": "{day}"}[found[0][0]], pattern)
    months = [locale.months["format"]["wide"][month] if is_named else str(month) for month in range(1, 13)]
    ago = {
        unit: format_timedelta(timedelta(**{f"{unit}s": -27}), granularity=unit, threshold=100, add_direction=True, locale=locale)
        for unit in ("minute", "hour", "day")
    }  # fmt: skip
    ago = {unit: said.replace("27", "{number}") for unit, said in ago.items()}
    return {"pattern": pattern, "months": months, "ago": ago}


@login_not_required
@require_safe
def bundle_file(request: HttpRequest) -> HttpResponse:
    """Keys, register and lists in one signed file: for the page, and to carry to a device that never has a network."""
    bundle = queries.verifier_bundle(at=clock.real_now(), by=request.actor)
    return for_all(request, bundle.text, "application/json", at=bundle.created)


@login_not_required
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (it names nobody)
    """What a phone needs to put the page among its programs."""
    return manifest_of(_("Verify a certificate"), start=reverse("verify"), scope=reverse("verify"))
