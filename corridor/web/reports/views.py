"""Editions: the list, one edition frozen under its fingerprint, its files, and building the next."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.journeys.recognise import visitor
from corridor.kernel.errors import AccessDenied, NotFound, Refusal
from corridor.rooms.indicators import actions, queries
from corridor.rooms.indicators.packs.building import edition_file
from corridor.web.errors import status_of
from corridor.web.figures.story import narrowed_to, when_text
from corridor.web.posting import form_status, posted, shown_on
from corridor.web.ui.names import reader_language

from .forms import EditionForm, PlacesForm

TYPES = {
    "edition.html": "text/html; charset=utf-8",
    "edition.json": "application/json",
    "edition.pdf": "application/pdf",
    "edition.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@login_not_required
@require_GET
def edition_list(request: HttpRequest) -> HttpResponse:
    editions = list(queries.list_editions(by=request.actor))
    may_build = request.actor.may(Permission.EDITION_BUILD)
    return render(request, "reports/reports.html", {"editions": editions, "may_build": may_build})


@login_not_required
@require_GET
def edition_page(request: HttpRequest, reference: str) -> HttpResponse:
    return _edition(request, reference)


@login_not_required
@require_GET
def edition_download(request: HttpRequest, reference: str, file: str) -> HttpResponse:  # noqa: ARG001 (the same for all)
    """The edition as anyone may read it, in the reader's language, whoever asks."""
    if file not in TYPES:
        raise Http404
    edition = queries.pack_edition(reference=reference, language=reader_language(), at=clock.now(), by=visitor())
    response = HttpResponse(edition_file(edition, file), content_type=TYPES[file])
    response["Content-Disposition"] = f'attachment; filename="edition-{edition.reference}.{file.rpartition(".")[2]}"'
    return response


@require_http_methods(["GET", "POST"])
def build(request: HttpRequest) -> HttpResponse:
    request.actor.require(Permission.EDITION_BUILD)
    form, status = EditionForm(posted(request)), form_status(request)
    if form.is_valid():
        try:
            edition = actions.build_edition(edition=actions.EditionDraft(**form.cleaned_data), by=request.actor)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The draft is begun. Choose its figures."))
            return redirect("edition-figures", edition.reference)
    return render(request, "reports/new.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def place(request: HttpRequest, reference: str) -> HttpResponse:
    """Which figures stand in the draft, in which order."""
    request.actor.require(Permission.EDITION_BUILD)
    edition = queries.get_edition(reference=reference, by=request.actor)
    placed = {
        each.reference: number for number, each in enumerate(queries.figures_in(edition=edition, by=request.actor), 1)
    }
    figures = [each for each in queries.list_figures(by=request.actor) if not getattr(each, "corrected_by", None)]
    form, status = PlacesForm(posted(request), figures=figures, places=placed), form_status(request)
    if form.is_valid():
        try:
            actions.place_figures(edition=edition, figures=form.chosen(), by=request.actor)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The draft holds %(count)s figures.") % {"count": len(form.chosen())})
            return redirect("edition", reference)
    return render(request, "reports/places.html", {"form": form, "edition": edition}, status=status)


@require_POST
def publish(request: HttpRequest, reference: str) -> HttpResponse:
    edition = queries.get_edition(reference=reference, by=request.actor)
    try:
        actions.publish_edition(edition=edition, on=clock.today(), at=clock.now(), by=request.actor)
    except (AccessDenied, NotFound):
        raise
    except Refusal as refusal:
        return _edition(request, reference, refusal=refusal)
    messages.success(request, _("Edition %(edition)s is published and never changes.") % {"edition": reference})
    return redirect("edition", reference)


def _edition(request: HttpRequest, reference: str, *, refusal: Refusal | None = None) -> HttpResponse:
    opened = queries.open_edition(reference=reference, at=clock.now(), by=request.actor)
    figures = [
        {
            "answered": each,
            "when": when_text(each),
            "narrowed": narrowed_to(each, by=request.actor),
        }
        for each in opened.figures
    ]
    is_draft = opened.edition.status == "draft"
    shown = {
        "edition": opened.edition, "figures": figures, "is_draft": is_draft, "refusal": refusal,
        "may_build": is_draft and request.actor.may(Permission.EDITION_BUILD),
        "may_publish": is_draft and request.actor.may(Permission.EDITION_PUBLISH),
        "open": [each for each in opened.figures if each.state not in {"signed_off", "published"}],
    }  # fmt: skip
    return render(request, "reports/edition.html", shown, status=status_of(refusal) if refusal else 200)
