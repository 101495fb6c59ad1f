"""The yearly review of a programme: what its story says of it, and the page where it is written down."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.journeys.review_programme import DECIDED_ON, FigureDecidedOn, review_programmes
from corridor.kernel.errors import Refusal
from corridor.kernel.wording import N_
from corridor.rooms.programmes import queries
from corridor.rooms.programmes.drafts import ReviewDraft
from corridor.web.posting import form_status, posted, shown_on
from corridor.web.ui.days import day_text

from .forms import ReviewForm
from .story import ProgrammeStory

WORDS = {"training.completions": N_("Completions"), "training.persons_completed": N_("Persons who completed")}


def reviewed(story: ProgrammeStory) -> Iterator[dict[str, Any]]:
    reference = story.programme.reference
    for review in story.reviews:
        if review.reviewed_on <= story.on:
            yield {
                "day": review.reviewed_on, "when": review.get_ending_display(), "icon": "clipboard-check",
                "title": _("Reviewed after a year"), "text": review.finding,
                "lines": [_then_and_now(each) for each in story.decided_on[review.pk]],
                "links": _figures_by(reference, review.reviewed_on),
            }  # fmt: skip


def _figures_by(reference: str, day: date) -> list[tuple[str, str]]:
    """What the finding rests on, counted until the day on which it was looked at."""
    return [(_(WORDS[code]), f"/figures/{code}/?programme={reference}&to={day.isoformat()}") for code in DECIDED_ON]


def _then_and_now(figure: FigureDecidedOn) -> str:
    """A figure as it was decided on, and whether the records still say so."""
    then, now = (localize(each) for each in (figure.value, figure.value_now))
    words = {"figure": _(WORDS[figure.code]) if figure.code in WORDS else figure.code, "then": then, "now": now}
    if figure.is_same:
        return _("%(figure)s: %(then)s when this was decided; the same records say so today.") % words
    if now is None:
        return _("%(figure)s: %(then)s when this was decided.") % words
    return _("%(figure)s: %(then)s when this was decided; %(now)s by the records of today.") % words


def review_due(story: ProgrammeStory) -> Iterator[dict[str, Any]]:
    due = story.review_due_on
    if due is None:
        return
    late = due < story.on
    if late:
        text = _("It was to be reviewed by %(day)s; nobody has written down what was found.")
    else:
        text = _("It is reviewed by %(day)s: it grows, is mended, or stops.")
    yield {
        "day": None, "when": _("late") if late else day_text(due), "icon": "clipboard-check", "title": _("Yearly review"),
        "text": text % {"day": day_text(due)}, "state": "not",
    }  # fmt: skip


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, reference: str) -> HttpResponse:
    request.actor.require(Permission.PROGRAMME_CHANGE_STATE)
    programme = queries.get_programme(reference=reference, by=request.actor)
    form, status = ReviewForm(posted(request), initial={"on": clock.today()}), form_status(request)
    if form.is_valid():
        given = form.cleaned_data
        draft = ReviewDraft(programme, given["on"], given["ending"], given["finding"])
        try:
            review_programmes(reviews=[draft], at=clock.now(), by=request.actor)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The review is written down."))
            return redirect("programme", reference)
    shown = {
        "form": form, "title": _("Review the programme"), "button": _("Write it down"),
        "lead": _("What was found in its figures and its cohorts, and what follows. Stopping it is a step of its own."),
        "back": (reference, reverse("programme", args=[reference])),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)
