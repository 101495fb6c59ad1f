"""How units are assessed: the list of schemes, one scheme, and writing it piece by piece."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.assessment import actions, queries
from corridor.rooms.assessment.queries.choices import (
    EvidenceNeed,
    InstrumentKind,
    Judges,
    SchemeStatus,
    Signing,
    Weight,
)
from corridor.rooms.assessment.schemes import CriterionDraft, InstrumentDraft, SchemeDraft, draft_of
from corridor.rooms.curricula import queries as curricula
from corridor.web.posting import posted
from corridor.web.sites.answering import form_answer

from .scheme_forms import CriterionForm, FactsForm, InstrumentForm, NewSchemeForm, PublishForm

form_page = require_http_methods(["GET", "POST"])


@require_GET
def scheme_list(request: HttpRequest) -> HttpResponse:
    by = request.actor
    wanted, status = request.GET.get("curriculum", ""), request.GET.get("status", "")
    rows = list(
        queries.list_schemes(
            by=by, curriculum=wanted if wanted.isprintable() else "", status=status if status in SchemeStatus else ""
        )
    )
    return render(request, "assessment/schemes.html", {"rows": rows, "may_edit": by.may(Permission.SCHEME_EDIT)})


@require_GET
def scheme(request: HttpRequest, key: UUID) -> HttpResponse:
    by = request.actor
    found = queries.get_scheme(key=key, by=by)
    others = [each for each in queries.list_schemes(by=by).filter(unit=found.unit) if each.pk != found.pk]
    shown = {
        "scheme": found, "others": others, "may_edit": by.may(Permission.SCHEME_EDIT),
        "is_draft": found.status == SchemeStatus.DRAFT,
    }  # fmt: skip
    return render(request, "assessment/scheme.html", shown)


@form_page
def new_scheme(request: HttpRequest) -> HttpResponse:
    by = request.actor
    by.require(Permission.SCHEME_EDIT)
    form = NewSchemeForm(posted(request))
    form.offer(curricula.list_versions(by=by))

    def act(given: dict[str, Any]) -> None:
        unit = next((each for each in given["version"].units.all() if each.code == given["unit"].strip()), None)
        if unit is None:
            text = N_("There is no unit %(unit)s in this curriculum.")
            raise BadInput([Problem(text, {"unit": given["unit"]}, column="unit")])
        actions.write_schemes(schemes=[SchemeDraft(unit=unit, **_facts(given))], by=by)

    words = {
        "title": _("Write a scheme"), "button": _("Begin the draft"),
        "done": _("The draft is there. Add what is looked at, then publish it."),
        "lead": _("A scheme says how one unit is assessed. It holds from the day on which it is published."),
    }  # fmt: skip
    return form_answer(request, form, act, words=words, back=(_("Schemes"), reverse("schemes")))


@form_page
def scheme_facts(request: HttpRequest, key: UUID) -> HttpResponse:
    """A draft is changed; of a published one the next version begins, with all that this one says."""
    draft = _editable(request, key)
    first = {"attempts_allowed": draft.attempts_allowed, "signing": draft.signing, "judges": draft.judges}
    form = FactsForm(posted(request), initial=first | {"appeal_days": draft.appeal_days})

    def act(given: dict[str, Any]) -> None:
        actions.write_schemes(schemes=[replace(draft, **_facts(given))], by=request.actor)

    words = {
        "title": _("Attempts, signatures, appeals"), "button": _("Keep it in the draft"), "done": _("It stands in the draft."),
        "lead": _("Decisions that were made keep the scheme under which they were made."),
    }  # fmt: skip
    return form_answer(request, form, act, words=words, back=_back(request, key))


@form_page
def add_instrument(request: HttpRequest, key: UUID) -> HttpResponse:
    draft = _editable(request, key)
    form = InstrumentForm(posted(request))

    def act(given: dict[str, Any]) -> None:
        new = InstrumentDraft(
            kind=InstrumentKind(given["kind"]), titles={given["language"]: given["title"]}, scale=given["scale"],
            pass_mark=given["pass_mark"],
        )  # fmt: skip
        actions.write_schemes(schemes=[replace(draft, instruments=(*draft.instruments, new))], by=request.actor)

    words = {
        "title": _("Add an instrument"), "button": _("Add it"), "done": _("It stands in the draft."),
        "lead": _("A way of looking at what a learner can do: a task, a checklist, questions, a test, a product, a portfolio."),
    }  # fmt: skip
    return form_answer(request, form, act, words=words, back=_back(request, key))


@form_page
def add_criterion(request: HttpRequest, key: UUID, place: int) -> HttpResponse:
    draft = _editable(request, key)
    form = CriterionForm(posted(request))

    def act(given: dict[str, Any]) -> None:
        if not 1 <= place <= len(draft.instruments):
            raise BadInput([Problem(N_("There is no such instrument in the draft."))])
        new = CriterionDraft(
            texts={given["language"]: given["text"]},
            weight=Weight(given["weight"]),
            evidence=EvidenceNeed(given["evidence"]),
        )
        instruments = list(draft.instruments)
        held = instruments[place - 1]
        instruments[place - 1] = replace(held, criteria=(*held.criteria, new))
        actions.write_schemes(schemes=[replace(draft, instruments=tuple(instruments))], by=request.actor)

    words = {
        "title": _("Add a criterion"), "button": _("Add it"), "done": _("It stands in the draft."),
        "lead": _("Nobody is competent without what is critical or required; what is optional is told alone."),
    }  # fmt: skip
    return form_answer(request, form, act, words=words, back=_back(request, key))


@require_POST
def take_away(request: HttpRequest, key: UUID) -> HttpResponse:
    """``place``: "2" is an instrument, "2.3" its third criterion."""
    draft = _editable(request, key)
    instrument, _dot, criterion = request.POST.get("place", "").partition(".")
    if not instrument.isdecimal() or not (criterion.isdecimal() or not _dot):
        raise BadInput([Problem(N_("There is no such instrument in the draft."))])
    kept = [
        replace(
            each,
            criteria=tuple(
                one for at, one in enumerate(each.criteria, 1) if (place, at) != _place(instrument, criterion)
            ),
        )
        for place, each in enumerate(draft.instruments, 1)
        if criterion or place != int(instrument)
    ]
    actions.write_schemes(schemes=[replace(draft, instruments=tuple(kept))], by=request.actor)
    messages.success(request, _("It is taken out of the draft."))
    return redirect("scheme", key)


@form_page
def publish(request: HttpRequest, key: UUID) -> HttpResponse:
    by = request.actor
    by.require(Permission.SCHEME_EDIT)
    found = queries.get_scheme(key=key, by=by)
    form = PublishForm(posted(request), initial={"on": clock.today()})

    def act(given: dict[str, Any]) -> None:
        actions.publish_schemes(schemes=[found], on=given["on"], by=by)

    words = {
        "title": _("Publish the scheme"), "button": _("Publish it"), "done": _("The scheme is published."),
        "lead": _("From that day on decisions about the unit are made by it. It does not change any more."),
    }  # fmt: skip
    return form_answer(request, form, act, words=words, back=_back(request, key))


@require_POST
def discard(request: HttpRequest, key: UUID) -> HttpResponse:
    by = request.actor
    by.require(Permission.SCHEME_EDIT)
    actions.discard_scheme(scheme=queries.get_scheme(key=key, by=by), by=by)
    messages.success(request, _("The draft is thrown away."))
    return redirect("schemes")


def _editable(request: HttpRequest, key: UUID) -> SchemeDraft:
    request.actor.require(Permission.SCHEME_EDIT)
    return draft_of(queries.get_scheme(key=key, by=request.actor))


def _facts(given: dict[str, Any]) -> dict[str, Any]:
    return {
        "attempts_allowed": given["attempts_allowed"], "signing": Signing(given["signing"]), "judges": Judges(given["judges"]),
        "appeal_days": given["appeal_days"],
    }  # fmt: skip


def _place(instrument: str, criterion: str) -> tuple[int, int]:
    return int(instrument), int(criterion or 0)


def _back(request: HttpRequest, key: UUID) -> tuple[str, str]:  # noqa: ARG001
    return _("Scheme"), reverse("scheme", args=[key])
