"""Ask the other parties for a step, answer what was asked, and follow an agreement up by another."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from corridor.foundations import clock
from corridor.kernel.errors import NotFound, Refusal
from corridor.kernel.wording import N_
from corridor.rooms.agreements import actions, queries
from corridor.rooms.agreements.drafts import MotionDraft
from corridor.rooms.agreements.refusals import NoMotion
from corridor.web.posting import form_status, posted, shown_on
from corridor.web.wording import sentence

from .changing_forms import MOTIONS, AnswerForm, RenewForm, StepForm
from .story import agreement_story

form_page = require_http_methods(["GET", "POST"])


@form_page
def ask(request: HttpRequest, reference: str) -> HttpResponse:
    agreement = queries.get_agreement(reference=reference, by=request.actor)
    sides = queries.sides_of(agreement=agreement, by=request.actor)
    table = queries.table_of(agreement=agreement, by=request.actor, on=clock.today())
    form = StepForm(posted(request), kinds=table.may_ask, sides=sides)
    status = form_status(request)
    if form.is_valid():
        given = form.cleaned_data
        named = given.get("successor")
        try:
            successor = queries.get_agreement(reference=named, by=request.actor) if named else None
            motion = MotionDraft(agreement, given["kind"], given["reason"], given.get("on"), successor, form.member)
            made = actions.ask_step(motion=motion, on=clock.today(), at=clock.now(), by=request.actor)
        except NotFound as refusal:
            form.add_error("successor", sentence(refusal))
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _asked(agreement, made))
            return redirect("agreement", reference)
    shown = {"form": form, "agreement": agreement, "table": table}
    return render(request, "agreements/ask.html", shown, status=status)


@form_page
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    agreement = queries.get_agreement(reference=reference, by=request.actor)
    sides = queries.sides_of(agreement=agreement, by=request.actor)
    table = queries.table_of(agreement=agreement, by=request.actor, on=clock.today())
    if table.motion is None:
        raise NoMotion(
            N_("Nothing is asked for under %(agreement)s that could be answered or taken back."),
            agreement=agreement.reference,
        )
    form = AnswerForm(posted(request), may_object=table.may_object, sides=sides)
    status = form_status(request)
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.answer_step(
                agreement=agreement, answer=given["answer"], on=clock.today(), at=clock.now(), by=request.actor,
                member=form.member, reason=given["reason"],
            )  # fmt: skip
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("Your answer is written down."))
            return redirect("agreement", reference)
    shown = {"form": form, "agreement": agreement, "table": table, "asked": MOTIONS[table.motion.kind]}
    return render(request, "agreements/answer.html", shown, status=status)


@require_POST
def take_back(request: HttpRequest, reference: str) -> HttpResponse:
    agreement = queries.get_agreement(reference=reference, by=request.actor)
    member = request.POST.get("member", "")
    actions.take_back_step(agreement=agreement, on=clock.today(), at=clock.now(), by=request.actor, member=member)
    messages.success(request, _("What was asked under %(agreement)s is taken back.") % {"agreement": reference})
    return redirect("agreement", reference)


@form_page
def renew(request: HttpRequest, reference: str) -> HttpResponse:
    """What was promised, delivered and is open, and then the period of what follows."""
    story = agreement_story(reference=reference, on=clock.today(), by=request.actor)
    agreement = story.agreement
    sides = queries.sides_of(agreement=agreement, by=request.actor)
    delivery = queries.delivery_of(agreement=agreement, by=request.actor, on=story.on)
    first = {"starts_on": agreement.ends_before or story.on}
    form = RenewForm(posted(request), initial=first, lines=delivery.lines, sides=sides)
    status = form_status(request)
    if form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.renew_agreement(
                agreement=agreement, starts_on=given["starts_on"], reason=given["reason"], by=request.actor,
                ends_before=given["ends_on"] + timedelta(days=1) if given["ends_on"] else None, member=form.member,
                lines=given.get("lines"),
            )  # fmt: skip
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(
                request,
                _("%(agreement)s is drafted. Read it once more, then propose it.") % {"agreement": made.reference},
            )
            return redirect("agreement", made.reference)
    shown = {"form": form, "agreement": agreement, "story": story, "delivery": delivery}
    return render(request, "agreements/renew.html", shown, status=status)


def _asked(agreement, motion) -> str:
    if motion.kind in {"reject", "withdraw"}:
        return _(
            "%(agreement)s can be signed no more. You can take that back until another party has confirmed it."
        ) % {"agreement": agreement.reference}
    return _("The other parties of %(agreement)s are asked to confirm it.") % {"agreement": agreement.reference}
