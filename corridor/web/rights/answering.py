"""What persons ask about their records, and the answers of the secretariat and of the managers of their sites."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.journeys import answer_requests as journey
from corridor.journeys.correct_certificate import replace_as_asked
from corridor.kernel.errors import AccessDenied, Refusal
from corridor.kernel.wording import N_
from corridor.rooms.credentials.queries import credential_asked_about, is_asked_by_link
from corridor.rooms.people.actions.requests import accept_correction, finish_request, refuse_request
from corridor.web.documents.answers import file_answer
from corridor.web.posting import form_status, posted, shown_on

from .forms import AnswerForm
from .own import changes_of

ACCEPT, REFUSE, FINISH, REPLACE = "accept", "refuse", "finish", "replace"
STATES = ("open", "done", "refused", "withdrawn")


@require_GET
def request_list(request: HttpRequest) -> HttpResponse:
    state = request.GET.get("state", "open")
    rows = journey.list_requests(by=request.actor, state=state if state in STATES else "")[:200]
    words = {
        "open": pgettext("state of a request", "Open"),
        "done": pgettext("state of a request", "Done"),
        "refused": pgettext("state of a request", "Refused"),
        "withdrawn": pgettext("state of a request", "Withdrawn"),
    }
    states = [*((each, words[each]) for each in STATES), ("all", _("All"))]
    shown = {"rows": rows, "on": clock.today(), "states": states, "answers_all": journey.answers_all(by=request.actor)}
    return render(request, "rights/requests.html", shown)


@require_http_methods(["GET", "POST"])
def request_page(request: HttpRequest, reference: str) -> HttpResponse:
    if not request.actor.holds_somewhere(Permission.RIGHTS_ANSWER):
        raise AccessDenied(
            N_("Requests are answered by the secretariat and, for corrections, by the managers of the person’s sites.")
        )
    asked = journey.get_request(reference=reference, by=request.actor)
    about = credential_asked_about(request_reference=asked.reference, by=request.actor)
    form, status = AnswerForm(posted(request)), form_status(request)
    steps = _steps(asked, may_replace=about is not None and request.actor.may(Permission.CREDENTIAL_REVOKE, on=about))
    form.offer(steps)
    if form.is_valid():
        given = {"on": clock.today(), "at": clock.now(), "by": request.actor}
        step, answer = form.cleaned_data["step"], form.cleaned_data["answer"]
        try:
            if step == ACCEPT:
                accept_correction(request=asked, answer=answer, **given)
            elif step == REFUSE:
                refuse_request(request=asked, reason=answer, **given)
            elif step == REPLACE:
                replace_as_asked(request=asked, answer=answer, **given)
            else:
                finish_request(request=asked, **given)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("%(request)s is answered.") % {"request": asked.reference})
            return redirect("request", asked.reference)
    shown = {
        "asked": asked, "form": form, "steps": steps, "changes": changes_of(asked), "on": clock.today(), "about": about,
        "is_by_link": is_asked_by_link(request_reference=asked.reference, by=request.actor),
    }  # fmt: skip
    return render(request, "rights/request.html", shown, status=status)


def _steps(asked, *, may_replace: bool) -> list[tuple[str, str]]:  # type: ignore[no-untyped-def]
    replace = [(REPLACE, _("It is put right: issue the certificate anew"))] if may_replace else []
    if asked.status == "accepted":
        return [*replace, (FINISH, _("It is put right now"))]
    if asked.status != "asked":
        return []
    refuse = (REFUSE, _("Refuse, with the reason"))
    return [refuse] if asked.kind == "erasure" else [*replace, (ACCEPT, _("The person is right: put it right")), refuse]


@require_GET
def evidence(request: HttpRequest, reference: str) -> HttpResponse:
    document, content = journey.open_evidence(reference=reference, by=request.actor)
    return file_answer(document, content)
