"""Decisions: a cohort's learners by its units, one unit for many learners, one learner in one unit; and making them final."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.kernel.errors import BadInput, NotFound, Problem, Refusal
from corridor.kernel.wording import N_
from corridor.rooms.assessment import actions, queries
from corridor.rooms.assessment.actions import NewDecision
from corridor.rooms.assessment.queries import Result
from corridor.rooms.assessment.queries.choices import ChecklistPlace
from corridor.rooms.assessment.schemes import criteria_of
from corridor.rooms.curricula import queries as curricula
from corridor.rooms.people import queries as people
from corridor.rooms.training import queries as training
from corridor.web.posting import form_status, posted, shown_on, status_in_place

from .board import board_of, results_sent, unit_board
from .checklist import Judged, findings_of_class, findings_sent, own_files_to_take, place_of, with_sent
from .forms import DecisionForm


@require_GET
def matrix(request: HttpRequest, reference: str) -> HttpResponse:
    cohort = training.get_cohort(reference=reference, by=request.actor)
    found = queries.get_matrix(cohort=cohort, by=request.actor)
    shown = {
        "cohort": cohort,
        "board": board_of(found),
        "may_finalise": request.actor.may(Permission.DECISION_FINALISE, on=cohort),
        "may_moderate": request.actor.holds_everywhere(Permission.DECISION_VIEW),
    }
    return render(request, "assessment/decisions.html", shown)


@require_GET
def marks(request: HttpRequest, reference: str) -> HttpResponse:
    cohort = training.get_cohort(reference=reference, by=request.actor)
    rows = list(queries.list_marks(cohort=cohort, by=request.actor))
    names = training.names_of({each.enrolment.person_id for each in rows})
    shown = {"cohort": cohort, "rows": [(each, names[each.enrolment.person_id]) for each in rows]}
    return render(request, "assessment/marks.html", shown)


@require_POST
def finalise(request: HttpRequest, reference: str) -> HttpResponse:
    cohort = training.get_cohort(reference=reference, by=request.actor)
    request.actor.require(Permission.DECISION_FINALISE, on=cohort)
    chosen, found = request.POST.get("unit", ""), queries.get_matrix(cohort=cohort, by=request.actor)
    waiting = [each for each in board_of(found).waiting if chosen in {"", each.unit.code}]
    on = clock.today()
    done = actions.finalise_decisions(
        decisions=[(each, max(on, each.decided_on)) for each in waiting], by=request.actor
    )
    said = ngettext("%(count)s decision is final now.", "%(count)s decisions are final now.", done)
    messages.success(request, said % {"count": done})
    return redirect("decisions", reference)


@require_http_methods(["GET", "POST"])
def unit_decisions(request: HttpRequest, reference: str, unit: str) -> HttpResponse:
    cohort = training.get_cohort(reference=reference, by=request.actor)
    board = unit_board(queries.get_matrix(cohort=cohort, by=request.actor), code=unit)
    if request.method == "POST":
        request.actor.require(Permission.DECISION_RECORD, on=cohort)
        assessor, on = people.get_self(by=request.actor), clock.today()
        scheme = queries.scheme_of(unit=board.unit, on=on, by=request.actor)
        decisions = [
            NewDecision(
                enrolment=place.enrolment, unit=board.unit, assessor=assessor, result=Result(result), decided_on=on,
                evidence_note=request.POST.get(f"n{place.enrolment.number}", "")[:2000],
                findings=findings_of_class(
                    scheme, request.POST, place.enrolment.number, is_competent=result == Result.COMPETENT
                ) if scheme else (),
            )
            for place, result in results_sent(board, request.POST)
        ]  # fmt: skip
        try:
            _require_some(decisions)
            recorded = actions.record_decisions(decisions=decisions, by=request.actor)
        except Refusal as refusal:
            shown = {
                "cohort": cohort, "board": board.with_sent(request.POST), "refusal": refusal, "may_record": True,
                "scheme": scheme, "criteria": criteria_of(scheme) if scheme else [],
            }  # fmt: skip
            return render(request, "assessment/unit.html", shown, status=status_in_place(refusal))
        said = ngettext("%(count)s decision is recorded. It counts when it is final.",
                        "%(count)s decisions are recorded. They count when they are final.", len(recorded))  # fmt: skip
        messages.success(request, said % {"count": len(recorded)})
        return redirect("unit-decisions", reference, unit)
    shown = {
        "cohort": cohort, "board": board, "may_record": request.actor.may(Permission.DECISION_RECORD, on=cohort),
        "capability": queries.capability_of(
            site=cohort.site, unit=board.unit, on=clock.today(), by=request.actor
        ),
        "release": queries.release_of(cohort=cohort, unit=board.unit, by=request.actor),
        "may_release": request.actor.may(Permission.DECISION_FINALISE, on=cohort),
        "scheme": (scheme := queries.scheme_of(unit=board.unit, on=clock.today(), by=request.actor)),
        "criteria": criteria_of(scheme) if scheme else [],
    }  # fmt: skip
    return render(request, "assessment/unit.html", shown)


def _require_some(decisions: list[NewDecision]) -> None:
    if not decisions:
        raise BadInput([Problem(N_("Decide about at least one learner."))])


@require_http_methods(["GET", "POST"])
def decision(request: HttpRequest, reference: str, unit: str, number: int) -> HttpResponse:
    cohort = training.get_cohort(reference=reference, by=request.actor)
    place = place_of(request, reference, unit, number)
    judging = place.judging(on=clock.today(), by=request.actor)
    open_one = place.decision if place.is_open else None
    first = {"decided_on": clock.today(), "version": 0, "attempt": place.next_attempt or 1}
    if open_one is not None:
        first |= {
            "result": open_one.result, "evidence_note": open_one.evidence_note, "decided_on": open_one.decided_on,
            "version": open_one.version,
        }  # fmt: skip
    form, status = DecisionForm(posted(request), initial=first), form_status(request)
    if request.method == "POST":
        request.actor.require(Permission.DECISION_RECORD, on=cohort)
    if form.is_bound and form.is_valid():
        try:
            _record(form, place, judging, request)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The decision is recorded. It counts when it is final."))
            return redirect("unit-decisions", reference, unit)
    shown = {
        "cohort": cohort, "place": place, "form": form, "is_change": place.is_open, "learner_reference": f"{reference}-{number}",
        "unit": _written(cohort, unit, request), "may_record": request.actor.may(Permission.DECISION_RECORD, on=cohort),
        "may_decide": place.is_open or place.next_attempt is not None, "judging": judging,
        "own_files": own_files_to_take(judging, by=request.actor),
        "lines": with_sent(judging, request.POST), "may_add": request.actor.may(Permission.EVIDENCE_ADD, on=place.enrolment),
    }  # fmt: skip
    return render(request, "assessment/decision.html", shown, status=status)


def _record(form: DecisionForm, place: Judged, judging: queries.Judging, request: HttpRequest) -> None:
    given, findings = form.cleaned_data, findings_sent(judging, request.POST)
    if given["version"]:
        # A form that changes a decision names the version it read; whatever stands there now, it is compared with that one.
        if place.decision is None:
            raise NotFound(N_("There is no such decision that you may see."))
        actions.change_decision(
            decision=place.decision, result=Result(given["result"]), evidence_note=given["evidence_note"],
            decided_on=given["decided_on"], version=given["version"], by=request.actor,
            findings=None if judging.is_on_paper else findings,
        )  # fmt: skip
    else:
        new = NewDecision(
            enrolment=place.enrolment, unit=place.unit, assessor=people.get_self(by=request.actor),
            result=Result(given["result"]), decided_on=given["decided_on"], attempt=given["attempt"],
            evidence_note=given["evidence_note"], findings=findings,
            checklist=ChecklistPlace.PAPER if given["on_paper"] else ChecklistPlace.HERE,
        )  # fmt: skip
        actions.record_decisions(decisions=[new], by=request.actor)


def _written(cohort, code: str, request: HttpRequest):
    """The unit with its elements and criteria, as it is written."""
    version = cohort.curriculum_version
    record = curricula.get_version(
        reference=version.curriculum.reference, version=version.version, by=request.actor
    )  # fmt: skip
    return next(unit for unit in record.units if unit.code == code)
