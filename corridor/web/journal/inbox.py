"""The inbox of what devices brought and nobody could simply take: both values, who and when, and a decision with a reason."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Actor
from corridor.journeys import decide_conflict
from corridor.journeys.decide_conflict import KEEP, TAKE, Waiting
from corridor.journeys.find_persons import names_to_show
from corridor.journeys.settle_judgement import JudgementWaiting
from corridor.kernel.errors import AccessDenied, Refusal
from corridor.kernel.wording import N_
from corridor.rooms.people.naming import PersonCalled
from corridor.web.fields import read_after
from corridor.web.posting import form_status, posted, shown_on
from corridor.web.ui.names import reader_language

from .words import KINDS, REASONS

PER_PAGE = 50
STAYS = (KEEP, gettext_lazy("What stood stays"))


class DecisionForm(forms.Form):
    """What is true, and why."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What is true"),
        choices=[STAYS, (TAKE, gettext_lazy("Take what came"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, may_take: bool, **kwargs: Any) -> None:
        """Without ``may_take`` the only answer is that what stood stays."""
        super().__init__(*args, **kwargs)
        if not may_take:
            outcome = self.fields["outcome"]
            assert isinstance(outcome, forms.ChoiceField)
            outcome.choices = [STAYS]
            outcome.initial = KEEP
            outcome.help_text = gettext_lazy("What came cannot be taken as it is. Put it aside, and say why.")


@require_GET
def conflicts(request: HttpRequest) -> HttpResponse:
    by = request.actor
    is_decided = request.GET.get("state") == "decided"
    found = decide_conflict.list_conflicts(by=by)
    found = (
        found.exclude(outcome="waiting").order_by("-decided_at", "-id")
        if is_decided
        else found.filter(outcome="waiting")
    )
    start = int(after) if (after := read_after(request)).isdecimal() and len(after) < 7 else 0
    rows = list(found[start : start + PER_PAGE + 1])
    told = decide_conflict.tell_conflicts(conflicts=rows[:PER_PAGE], by=by)
    shown = {
        "rows": _told(told),
        "persons": _assessors(told, by),
        "is_decided": is_decided,
        "next_after": start + PER_PAGE if len(rows) > PER_PAGE else "",
    }
    return render(request, "journal/conflicts.html", shown)


@require_http_methods(["GET", "POST"])
def conflict(request: HttpRequest, key: UUID) -> HttpResponse:
    found = decide_conflict.get_conflict(key=key, by=request.actor)
    (told,) = decide_conflict.tell_conflicts(conflicts=[found], by=request.actor)
    form, status = DecisionForm(posted(request), may_take=told.may_take), form_status(request)
    if form.is_bound:
        _require_may(told)
        if form.is_valid():
            try:
                _decide([told], form, request)
            except Refusal as refusal:
                status = shown_on(form, refusal)
            else:
                messages.success(request, _("It is decided. Both values stay to be read, with who and why."))
                return redirect("register-conflicts")
    others = (
        decide_conflict.list_conflicts(by=request.actor)
        .filter(event=found.event_id, outcome="waiting")
        .exclude(pk=found.pk)
    )
    shown = {
        "row": told,
        "why": REASONS.get(found.reason, ""),
        "came": KINDS.get(found.event.kind, ""),
        "form": form,
        "others": others.count() if told.may_decide else 0,
        "persons": _assessors([told], request.actor),
    }
    return render(request, "journal/conflict.html", shown, status=status)


@require_http_methods(["GET", "POST"])
def together(request: HttpRequest, key: UUID) -> HttpResponse:
    """Everything that waits of the same event, decided at once: a whole register that came too late."""
    found = decide_conflict.get_conflict(key=key, by=request.actor)
    waiting = decide_conflict.list_conflicts(by=request.actor).filter(event=found.event_id, outcome="waiting")
    told = decide_conflict.tell_conflicts(conflicts=list(waiting), by=request.actor)
    for each in told:
        _require_may(each)
    form = DecisionForm(posted(request), may_take=all(each.may_take for each in told))
    status = form_status(request)
    if form.is_bound and form.is_valid():
        try:
            count = _decide(told, form, request)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            said = ngettext("%(count)s conflict is decided.", "%(count)s conflicts are decided.", count)
            messages.success(request, said % {"count": count})
            return redirect("register-conflicts")
    shown = {
        "rows": _told(told), "form": form, "first": found,
        "persons": _assessors(told, request.actor),
    }  # fmt: skip
    return render(request, "journal/together.html", shown, status=status)


def _told(told: list[Waiting | JudgementWaiting]) -> list[tuple[Waiting | JudgementWaiting, Any, Any]]:
    """Each with why it waits, and what its event is of."""
    return [(row, REASONS.get(row.conflict.reason, ""), KINDS.get(row.conflict.event.kind, "")) for row in told]


def _assessors(told: list[Waiting | JudgementWaiting], by: Actor) -> dict[UUID, PersonCalled]:
    """The names of who judged what stands, where the reader may know them."""
    stands = [each.stands for each in told if isinstance(each, JudgementWaiting) and each.stands is not None]
    return names_to_show(persons=[each.assessor_id for each in stands], language=reader_language(), by=by)


def _decide(told: list[Waiting | JudgementWaiting], form: DecisionForm, request: HttpRequest) -> int:
    outcome = TAKE if form.cleaned_data["outcome"] == TAKE else KEEP
    return decide_conflict.decide_conflicts(
        conflicts=[each.conflict for each in told],
        outcome=outcome,
        reason=form.cleaned_data["reason"],
        at=clock.now(),
        by=request.actor,
    )


def _require_may(told: Waiting | JudgementWaiting) -> None:
    if not told.may_decide:
        raise AccessDenied(
            N_("This waits for whoever may correct the register or settle decisions, or it is decided already.")
        )
