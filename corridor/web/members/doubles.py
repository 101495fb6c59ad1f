"""Organisations that may be recorded twice: the pairs, one side by side with a choice for each field, and taking a merge back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.foundations.jobs.looking import latest_job
from corridor.foundations.vocabularies.sentences import isolated
from corridor.journeys.find_organisations import KIND, SUBJECT, start_looking
from corridor.kernel.errors import Refusal
from corridor.rooms.members import actions, queries
from corridor.web.posting import form_status, posted, shown_on
from corridor.web.wording import sentence

from .profile_forms import MergeForm, ReasonForm

form_page = require_http_methods(["GET", "POST"])
MOST_SHOWN = 200


@form_page
def double_list(request: HttpRequest) -> HttpResponse:
    by = request.actor
    by.require(Permission.MEMBER_MERGE)
    if request.method == "POST":
        try:
            start_looking(at=clock.now(), by=by)
        except Refusal as refusal:
            messages.error(request, sentence(refusal))
        else:
            messages.success(request, _("The search is given to the worker."))
        return redirect("member-doubles")
    words = {"open": _("Not looked at"), "not_same": _("Not the same"), "merged": _("Merged")}
    verdict = request.GET.get("verdict", "")
    verdict = verdict if verdict in words else "open"
    counts = queries.count_pairs(by=by)
    shown = {
        "rows": queries.list_pairs(by=by, verdict=verdict)[:MOST_SHOWN], "verdict": verdict,
        "tabs": [(value, word, counts.get(value, 0)) for value, word in words.items()],
        "job": latest_job(kind=KIND, subject=SUBJECT, by=by),
    }  # fmt: skip
    return render(request, "members/doubles.html", shown)


@form_page
def double_page(request: HttpRequest, key: UUID) -> HttpResponse:
    by = request.actor
    side = queries.get_pair(key=key, by=by)
    pair = side.pair
    differing = [each for each in side.fields if each.differs]
    form = MergeForm(
        posted(request), pair=pair, fields=[each.field for each in side.fields], both_are_members=side.both_are_members,
        initial={"stays": "one"},
    )  # fmt: skip
    status = form_status(request)
    if form.is_bound and form.is_valid():
        try:
            return _settled(request, side, form.cleaned_data)
        except Refusal as refusal:
            status = shown_on(form, refusal)
    shown = {
        "side": side, "pair": pair, "form": form, "differing": [(each, _word(each.field)) for each in differing],
        "is_open": pair.verdict == "open",
    }  # fmt: skip
    return render(request, "members/double.html", shown, status=status)


def _settled(request: HttpRequest, side, given: dict) -> HttpResponse:
    by, pair = request.actor, side.pair
    match request.POST.get("do"):
        case "apart":
            actions.keep_apart(pair=pair, reason=given["reason"], by=by)
            messages.success(request, _("The two are kept apart; they are not offered again."))
            return redirect("member-doubles")
        case _:
            stays_first = given["stays"] != "other"
            stays, gone = (pair.one, pair.other) if stays_first else (pair.other, pair.one)
            # Each field says from which record it comes; what comes from the one that goes is taken.
            from_gone = "other" if stays_first else "one"
            take = [each.field for each in side.fields if request.POST.get(f"field-{each.field}") == from_gone]
            actions.merge_organisations(
                gone=gone, stays=stays, reason=given["reason"], on=clock.today(), at=clock.now(), by=by, take=take,
                ends_membership=given.get("ends_membership", False),
            )  # fmt: skip
            messages.success(
                request,
                _("%(gone)s is merged into %(stays)s; its reference still leads there.")
                % {"gone": gone.reference, "stays": stays.reference},
            )
            return redirect("member", stays.reference)


def _word(field: str) -> str:
    return {
        "kind": _("Kind"), "country": _("Country or region"), "region": _("Part of the country"), "city": _("City"),
        "latitude": _("Degrees north"), "longitude": _("Degrees east"), "founding_mark": _("Founding"),
        "source_mark": _("Where this comes from"), "source": _("Source"),
    }[field]  # fmt: skip


@form_page
def ask_again(request: HttpRequest, key: UUID) -> HttpResponse:
    pair = queries.get_pair(key=key, by=request.actor).pair
    if request.method == "POST":
        actions.ask_again(pair=pair, by=request.actor)
        messages.success(request, _("The pair is offered again."))
    return redirect("member-double", key)


@form_page
def undo(request: HttpRequest, key: UUID) -> HttpResponse:
    merge = queries.get_merge(key=key, by=request.actor)
    form, status = ReasonForm(posted(request)), form_status(request)
    if form.is_bound and form.is_valid():
        try:
            actions.unmerge_organisations(
                merge=merge, reason=form.cleaned_data["reason"], at=clock.now(), by=request.actor
            )
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("%(gone)s is a record of its own again.") % {"gone": merge.gone.reference})
            return redirect("member", merge.gone.reference)
    places = {"gone": merge.gone.reference, "stays": merge.stays.reference}
    lead = _("%(gone)s and %(stays)s are two records again, each as it was before.") % places
    if numbers := queries.taken_away_since(merge=merge, by=request.actor):
        lead = _(
            "%(gone)s and %(stays)s are two records again, each as it was before. Taken away since the merge, and not brought back: %(numbers)s."
        ) % {**places, "numbers": ", ".join(map(isolated, numbers))}
    shown = {
        "form": form, "title": _("Take a merge back"), "button": _("Take it back"), "lead": lead,
        "back": (merge.stays.reference, reverse("member", args=[merge.stays.reference])),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)
