"""Registers on paper: printed, entered in the order of the sheet, and read from a photograph as a proposal."""

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.foundations.documents.receiving import Upload
from corridor.kernel.errors import NotFound, Refusal
from corridor.kernel.wording import N_
from corridor.rooms.training import actions, queries
from corridor.rooms.training.paper.printing import print_sheets
from corridor.rooms.training.queries import Register
from corridor.rooms.training.queries.choices import CaptureMode, Mark, Value
from corridor.web.documents.answers import file_answer, pdf_answer
from corridor.web.posting import shown_on

from .roll_call import version_sent


class PhotoForm(forms.Form):
    photo = forms.FileField(
        label=gettext_lazy("Photograph of the sheet"), max_length=200,
        help_text=gettext_lazy("All four corners on it, flat, in even light. JPEG or PNG."),
    )  # fmt: skip


@dataclass(frozen=True)
class PaperRow:
    """One row in the order of the sheet: the mark that is proposed, and whether it was doubtful on the photograph."""

    number: int
    name: str
    language: str
    mark: str
    is_doubtful: bool = False


@require_http_methods(["GET", "POST"])
def paper(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    by = request.actor
    found = queries.get_register(cohort=reference, number=number, by=by)
    by.require(Permission.REGISTER_TAKE, on=found.session)
    form, status, read, refused = PhotoForm(), 200, None, None
    if "photo" in request.FILES or "read" in request.POST:
        form = PhotoForm(request.POST, request.FILES)
        status = 422
        if form.is_valid():
            sent = form.cleaned_data["photo"]
            title = _("Register on paper, %(session)s") % {"session": str(found.session)}
            try:
                read = actions.keep_sheet_photo(
                    session=found.session,
                    upload=Upload(sent.name, sent.read(), title, "register"),
                    at=clock.now(),
                    by=by,
                )
                status = 200
            except Refusal as refusal:
                status = shown_on(form, refusal)
    elif request.method == "POST":
        try:
            actions.take_register(
                session=found.session, marks=_marks(request, found), version=version_sent(request.POST), capture_mode=CaptureMode.PAPER,
                at=clock.now(), by=by, reason=request.POST.get("reason", ""),
            )  # fmt: skip
        except Refusal as refusal:
            refused, status = refusal, 409 if not hasattr(refusal, "problems") else 422
        else:
            messages.success(request, _("The register is saved. It counts when it is signed."))
            return redirect("register", reference, number)
    proposed = {row.seat: row.mark for row in read.rows} if read else _sent(request)
    rows = [
        PaperRow(
            row.number, row.own_name or row.romanised_name or str(row.number), row.own_language,
            proposed.get(row.number, row.mark), row.number in proposed and read is not None and not proposed[row.number],
        )
        for row in found.rows
    ]  # fmt: skip
    shown = {
        "register": found, "session": found.session, "rows": rows, "form": form, "marks": Mark.choices, "read": read, "refused": refused,
        "doubtful": [row for row in rows if row.is_doubtful], "photos": queries.photos_of(session=found.session, by=by),
        "timing": queries.timing_of(session=found.session, at=clock.now(), by=by), "is_open": found.session.status in {"planned", "held"},
    }  # fmt: skip
    return render(request, "training/paper.html", shown, status=status)


@require_GET
def sheet(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    found = queries.get_register(cohort=reference, number=number, by=request.actor)
    return pdf_answer(print_sheets([found]), f"register-{reference}-{number}")


@require_GET
def week(request: HttpRequest, reference: str) -> HttpResponse:
    """Every register of the week of a day, to take along where no network is."""
    cohort = queries.get_cohort(reference=reference, by=request.actor)
    request.actor.require(Permission.LEARNER_VIEW, on=cohort)
    found = queries.registers_of_week(cohort=reference, on=clock.today(), by=request.actor)
    if not found:
        raise NotFound(N_("%(cohort)s has no session this week."), cohort=reference)
    return pdf_answer(print_sheets(found), f"registers-{reference}")


@require_GET
def photo(request: HttpRequest, reference: str, number: int, key: UUID) -> HttpResponse:
    session = queries.get_session(cohort=reference, number=number, by=request.actor)
    return file_answer(*queries.open_sheet_photo(session=session, key=key, by=request.actor))


def _sent(request: HttpRequest) -> dict[int, str]:
    """What was chosen on the page, shown again after a refusal."""
    return {
        int(name[1:]): mark
        for name, mark in request.POST.items()
        if name[:1] == "x" and name[1:].isdecimal() and len(name) < 6 and mark in Mark.values
    }


def _marks(request: HttpRequest, found: Register) -> dict[int, Value]:
    """Everybody who has a mark on the page; with the minutes and remarks that stood there, where the mark is the same."""
    before = {row.number: Value(row.mark, row.minutes_late, row.remark) for row in found.rows}
    return {
        number: before[number] if number in before and before[number].mark == mark else Value(mark)
        for number, mark in _sent(request).items()
    }
