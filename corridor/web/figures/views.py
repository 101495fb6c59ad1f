"""Figures: the list, one number told completely, and what was claimed beside what the records give."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from corridor.foundations import clock
from corridor.kernel.errors import NotFound, Refusal
from corridor.kernel.refusals import NotCollected
from corridor.kernel.wording import N_
from corridor.rooms.indicators import queries
from corridor.rooms.indicators.answers import FigureAnswer
from corridor.rooms.indicators.code_words import dimension_word
from corridor.rooms.indicators.definitions import definition_of
from corridor.web.errors import status_of
from corridor.web.ui.names import reader_language
from corridor.web.ui.sheets import sheet_answer, wanted_sheet

from .chain import chain_on
from .forms import QuestionForm
from .listing import claims_of, families_of
from .story import figure_story


@login_not_required
@require_GET
def figure_list(request: HttpRequest) -> HttpResponse:
    on, at = clock.today(), clock.now()
    families = families_of(on=on, at=at, by=request.actor)
    editions = list(queries.list_editions(by=request.actor))
    return render(request, "figures/figures.html", {"families": families, "on": on, "editions": editions})


@login_not_required
@require_GET
def claim_list(request: HttpRequest) -> HttpResponse:
    checks = queries.check_claims(at=clock.now(), on=clock.today(), by=request.actor)
    said = queries.evidence_of_claims(by=request.actor)
    return render(request, "figures/claims.html", {"claims": claims_of(checks, said, get_language() or "en")})


@login_not_required
@require_GET
def figure_page(request: HttpRequest, code: str) -> HttpResponse:
    """The answer of today to the question in the address, or the kept figure that answers it."""
    definition, at = definition_of(code), clock.now()
    form = QuestionForm(request.GET, definition=definition, today=clock.today())
    form.is_valid()
    try:
        answered = queries.show_figure(**form.question(), at=at, by=request.actor, fresh="fresh" in request.GET)
    except NotFound:
        raise
    except Refusal as refusal:
        return refused(request, form, refusal)
    return answer_figure(request, answered, form)


@login_not_required
@require_GET
def version_page(request: HttpRequest, code: str, reference: str) -> HttpResponse:
    """One kept version as it was frozen, whatever was corrected since."""
    answered = queries.show_kept(reference=reference, at=clock.now(), by=request.actor)
    if answered.code != code:
        raise NotFound(N_("There is no kept figure %(reference)s."), reference=reference)
    form = QuestionForm(request.GET, definition=definition_of(code), today=clock.today())
    form.is_valid()
    return answer_figure(request, answered, form)


def answer_figure(
    request: HttpRequest, answered: FigureAnswer, form: QuestionForm, *, refusal: Refusal | None = None
) -> HttpResponse:
    """The page of a figure, or its counts as JSON, CSV or XLSX."""
    if request.GET.get("format") == "json":
        return JsonResponse(answered.as_json(), json_dumps_params={"ensure_ascii": False, "indent": 2})
    story = figure_story(answered=answered, wanted=form.cleaned_data.get("by", ""), by=request.actor)
    if kind := wanted_sheet(request):
        return sheet_answer(kind, f"{answered.code}-{answered.last_day}", *_sheet(answered, story.words))
    form.offer(story.words, answered.question.scope.as_dict(), (answered.first_day, answered.last_day))
    shown = {
        "story": story, "answered": answered, "form": form, "refusal": refusal,
        "stations": chain_on(on=answered.last_day, at=answered.known_at, by=request.actor),
    }  # fmt: skip
    wrong = 422 if form.errors else 200
    return render(request, "figures/figure.html", shown, status=status_of(refusal) if refusal else wrong)


def refused(request: HttpRequest, form: QuestionForm, refusal: Refusal) -> HttpResponse:
    """A figure that cannot be told, as a calm page of its own: what is not collected is an answer too."""
    shown = {"definition": form.definition, "form": form, "refusal": refusal, "language": reader_language()}
    return render(
        request, "figures/refused.html", shown, status=200 if isinstance(refusal, NotCollected) else status_of(refusal)
    )


def _sheet(answered: FigureAnswer, words: Any) -> tuple[list[str], list[list[Any]]]:
    """One row per number: the whole, then every cell of every breakdown; a hidden count is "·"."""
    heads = [_("Breakdown"), _("Code"), _("Name"), _("Measure"), _("Number")]
    numbers = answered.numbers
    rows: list[list[Any]] = [["", "", "", name, numbers[name]] for name in _WHOLE if name in numbers]
    if answered.money:
        rows.insert(0, ["", "", "", "amount", str(answered.money)])
    for dimension, cells in answered.breakdown.items():
        for code, cell in cells.items():
            for measure, number in cell.items() if isinstance(cell, dict) else [("count", cell)]:
                if not isinstance(number, dict | list):
                    rows.append([dimension_word(dimension), code, words[dimension][code].text, measure, number])
    return heads, rows


_WHOLE = (
    "value",
    "numerator",
    "denominator",
    "percent",
    "ratio",
    "n",
    "evidence_rows",
    "evidence_hash",
    "content_hash",
)
