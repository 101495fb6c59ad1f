"""What an announcement promises, written down: its words, its target, who stands behind it; and merging it with another."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.journeys.merge_announcements import merge_announcements
from corridor.kernel.errors import NotFound, Refusal
from corridor.rooms.conferences import actions, queries
from corridor.rooms.conferences.actions import Merging
from corridor.rooms.conferences.drafts import TargetDraft, WordingDraft
from corridor.rooms.conferences.kinds import Said, StandsAs
from corridor.rooms.indicators import queries as indicators
from corridor.rooms.members import queries as members
from corridor.web.posting import form_status, posted, shown_on
from corridor.web.ui.names import reader_language, title_of
from corridor.web.wording import sentence

from .promising_forms import MemberForm, MergeForm, TargetForm, WordingForm

form_page = require_http_methods(["GET", "POST"])


@form_page
def wording(request: HttpRequest, reference: str) -> HttpResponse:
    said = _announcement(request, reference, Permission.ANNOUNCEMENT_MAKE)
    first = {"language": reader_language(), "said": Said.TRANSLATED if said.confirmed_by else Said.READ_OUT}
    form = WordingForm(posted(request), initial=first)

    def write(given: dict[str, Any]) -> None:
        draft = WordingDraft(given["language"], given["text"], Said(given["said"]))
        actions.write_wording(announcement=said, wording=draft, by=request.actor)

    words = {
        "title": _("Write down the words"), "button": _("Write it down"), "done": _("The words of %(number)s are written down."),
    }  # fmt: skip
    return _answer(request, said, form, write, words)


@form_page
def target(request: HttpRequest, reference: str) -> HttpResponse:
    said = _announcement(request, reference, Permission.ANNOUNCEMENT_MAKE)
    figures = [(each.code, str(each.title)) for each in indicators.list_indicators(by=request.actor)]
    form = TargetForm(posted(request), initial={"language": reader_language()}, figures=figures)

    def write(given: dict[str, Any]) -> None:
        draft = TargetDraft(
            number=given["number"], unit=given["unit"], reach_by=given["reach_by"], language=given["language"],
            indicator=given["indicator"], reason=given["reason"],
        )  # fmt: skip
        actions.set_target(announcement=said, target=draft, on=clock.today(), by=request.actor)

    words = {
        "title": _("What does it promise to reach?"), "button": _("Set this target"), "done": _("The target of %(number)s is set."),
    }  # fmt: skip
    return _answer(request, said, form, write, words)


@form_page
def member(request: HttpRequest, reference: str) -> HttpResponse:
    said = _announcement(request, reference, Permission.ANNOUNCEMENT_MAKE)
    form = MemberForm(posted(request))

    def write(given: dict[str, Any]) -> None:
        named = members.get_organisation(reference=given["member"], by=request.actor)
        standing = {each.organisation: StandsAs(each.role) for each in said.members.all() if each.organisation != named}
        if given["role"]:
            standing[named] = StandsAs(given["role"])
        actions.name_members(announcement=said, members=standing, by=request.actor)

    words = {
        "title": _("Who stands behind it beside the owner?"), "button": _("Write it down"),
        "done": _("Who stands behind %(number)s is written down."),
    }  # fmt: skip
    return _answer(request, said, form, write, words, not_found="member")


@form_page
def merge(request: HttpRequest, reference: str) -> HttpResponse:
    said = _announcement(request, reference, Permission.ANNOUNCEMENT_MERGE)
    form = MergeForm(posted(request), initial={"on": clock.today()})

    def write(given: dict[str, Any]) -> None:
        into = queries.get_announcement(reference=given["into"], by=request.actor)
        merge_announcements(merges=[Merging(said, into, given["on"], given["reason"])], by=request.actor)

    words = {
        "title": _("Merge it with another"), "button": _("Merge the two"),
        "done": _("%(number)s leads to the announcement that stands from now on."),
        "lead": _("Both lines stay on the ledger. What was reported here is read there, and no more reports are due here."),
    }  # fmt: skip
    return _answer(request, said, form, write, words, not_found="into")


def _announcement(request: HttpRequest, reference: str, permission: Permission) -> Any:
    said = queries.get_announcement(reference=reference, by=request.actor)
    request.actor.require(permission)
    return said


def _answer(
    request: HttpRequest,
    said: Any,
    form: Any,
    write: Callable[[dict[str, Any]], None],
    words: dict[str, str],
    *,
    not_found: str = "",
) -> HttpResponse:
    status = form_status(request)
    if form.is_bound and form.is_valid():
        try:
            write(form.cleaned_data)
        except NotFound as refusal:
            form.add_error(not_found or None, sentence(refusal))
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, words["done"] % {"number": said.reference})
            return redirect("announcement", said.reference)
    shown = {
        "form": form, "title": words["title"], "button": words["button"], "lead": words.get("lead") or title_of(said).text,
        "back": (said.reference, reverse("announcement", args=[said.reference])),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)
