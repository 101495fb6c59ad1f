"""What may be done to a figure: keep it, sign it, count it again, correct it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.kernel.errors import AccessDenied, NotFound, Refusal
from corridor.rooms.indicators import actions, queries
from corridor.rooms.indicators.definitions import definition_of
from corridor.web.posting import form_status, posted, shown_on

from .forms import CorrectForm, QuestionForm
from .views import answer_figure, refused

# So many records of one kind stand on the page; the counts above them are whole.
MOST = 100


@require_POST
def freeze(request: HttpRequest, code: str) -> HttpResponse:
    """Keep the answer to the question that the page showed."""
    request.actor.require(Permission.FIGURE_FREEZE)
    on, at = clock.today(), clock.now()
    form = QuestionForm(request.POST, definition=definition_of(code), today=on)
    form.is_valid()
    try:
        question = queries.FigureAsk(**form.question()).understood(at=at)
        figure = actions.freeze_figure(question=question, on=on, at=at, by=request.actor)
    except (AccessDenied, NotFound):
        raise
    except Refusal as refusal:
        return _in_place(request, form, refusal)
    messages.success(
        request, _("%(figure)s is frozen. Two different persons sign it next.") % {"figure": figure.reference}
    )
    return redirect("figure-version", code, figure.reference)


@require_POST
def sign(request: HttpRequest, code: str, reference: str) -> HttpResponse:
    """Sign the fingerprint that the page showed."""
    figure = queries.get_figure(reference=reference, by=request.actor)
    seen, on = request.POST.get("content_hash", ""), clock.today()
    try:
        signed = actions.sign_figure(figure=figure, on=on, at=clock.now(), by=request.actor, content_hash=seen)
    except (AccessDenied, NotFound):
        raise
    except Refusal as refusal:
        answered = queries.show_kept(reference=reference, at=clock.now(), by=request.actor)
        form = QuestionForm({}, definition=definition_of(code), today=on)
        form.is_valid()
        return answer_figure(request, answered, form, refusal=refusal)
    if signed.status == "signed_off":
        messages.success(request, _("Signed. Two persons stand for %(figure)s now.") % {"figure": reference})
    else:
        messages.success(request, _("Signed. %(figure)s waits for the second person.") % {"figure": reference})
    return redirect("figure-version", code, reference)


@require_GET
def recount(request: HttpRequest, code: str, reference: str) -> HttpResponse:  # noqa: ARG001 (it stands in the address)
    """Count again from the records of now, beside the kept rows."""
    found = queries.recount_figure(reference=reference, at=clock.now(), by=request.actor)
    may_correct = not found.figure.corrected_by and request.actor.may(Permission.FIGURE_CORRECT)
    shown = {"found": found, "may_correct": may_correct, "lists": _lists(found)}
    return render(request, "figures/recount.html", shown)


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, code: str, reference: str) -> HttpResponse:
    """A new version with a reason; the old one stays."""
    request.actor.require(Permission.FIGURE_CORRECT)
    figure = queries.get_figure(reference=reference, by=request.actor)
    form, status = CorrectForm(posted(request)), form_status(request)
    if form.is_valid():
        try:
            corrected = actions.correct_figure(
                figure=figure, reason=form.cleaned_data["reason"], on=clock.today(), at=clock.now(), by=request.actor
            )
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            said = _("%(new)s corrects %(old)s. Two persons sign it next.")
            messages.success(request, said % {"new": corrected.reference, "old": reference})
            return redirect("figure-version", code, corrected.reference)
    found = queries.recount_figure(reference=reference, at=clock.now(), by=request.actor)
    return render(
        request, "figures/correct.html", {"form": form, "found": found, "lists": _lists(found)}, status=status
    )


def _lists(found: queries.Recount) -> list[tuple[str, list[str]]]:
    """What differs, record by record, for who may see the rows."""
    if found.differences is None:
        return []
    each = found.differences
    return [
        (_("Added"), [" ".join(key) for key in each.added[:MOST]]),
        (_("Removed"), [" ".join(key) for key in each.removed[:MOST]]),
        (_("Changed"), [" ".join(key) for key in each.changed[:MOST]]),
        (_("Merged"), [" → ".join(pair) for pair in each.merged[:MOST]]),
    ]


def _in_place(request: HttpRequest, form: QuestionForm, refusal: Refusal) -> HttpResponse:
    """The refusal on the figure's own page, nothing lost."""
    try:
        answered = queries.show_figure(**form.question(), at=clock.now(), by=request.actor)
    except NotFound:
        raise
    except Refusal:
        return refused(request, form, refusal)
    return answer_figure(request, answered, form, refusal=refusal)
