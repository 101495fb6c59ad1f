"""Make an announcement, confirm it as the second person, report on it, and write down what became of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.foundations.documents.receiving import Upload
from corridor.journeys.report_on_announcement import report_on_announcement
from corridor.kernel.errors import NotFound, Refusal
from corridor.rooms.conferences import actions, queries
from corridor.rooms.conferences.drafts import AnnouncementDraft, RecordNamed, ReportDraft, WordingDraft
from corridor.rooms.conferences.lifecycle import AnnouncementStatus
from corridor.rooms.members import queries as members
from corridor.web.posting import form_status, posted, posted_files, shown_on
from corridor.web.ui.names import reader_language
from corridor.web.wording import sentence

from .forms import AnnouncementForm, MoveForm, ReportForm, next_report_day


@require_http_methods(["GET", "POST"])
def make(request: HttpRequest) -> HttpResponse:
    request.actor.require(Permission.ANNOUNCEMENT_MAKE)
    on = clock.today()
    conferences = [each for each in queries.list_conferences(by=request.actor) if each.starts_on <= on]
    countries = [row.country for row in members.count_by_country(on=on, by=request.actor)]
    first = {"announced_on": on, "next_report_due_on": next_report_day(on)}
    form = AnnouncementForm(posted(request), initial=first, conferences=conferences, countries=countries)
    status = form_status(request)
    if form.is_valid():
        chosen = form.cleaned_data
        try:
            draft = AnnouncementDraft(
                conference=queries.get_conference(reference=chosen["conference"], by=request.actor),
                owner=members.get_organisation(reference=chosen["owner"], by=request.actor),
                announced_on=chosen["announced_on"], next_report_due_on=chosen["next_report_due_on"],
                titles=form.titles(), country=chosen["country"],
                wordings=[WordingDraft(chosen["language"] or reader_language(), chosen["wording"])] if chosen["wording"] else [],
            )  # fmt: skip
            made = actions.make_announcement(announcement=draft, by=request.actor)
        except NotFound as refusal:
            form.add_error("owner", sentence(refusal))
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(
                request,
                _("%(number)s is written down. It becomes public once a second person confirms it.")
                % {"number": made.reference},
            )
            return redirect("announcement", made.reference)
    return render(request, "conferences/make.html", {"form": form}, status=status)


@require_POST
def confirm(request: HttpRequest, reference: str) -> HttpResponse:
    said = queries.get_announcement(reference=reference, by=request.actor)
    actions.confirm_announcement(announcement=said, on=clock.today(), by=request.actor)
    messages.success(request, _("You stand for %(number)s too; it is public from now on.") % {"number": reference})
    return redirect("announcement", reference)


@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, reference: str) -> HttpResponse:
    on = clock.today()
    said = queries.get_announcement(reference=reference, by=request.actor, on=on)
    request.actor.require(Permission.ANNOUNCEMENT_REPORT, on=said)
    first = {"language": reader_language(), "next_due_on": next_report_day(on), "due_on": said.due_then}
    form = ReportForm(posted(request), posted_files(request), initial=first)
    status = form_status(request)
    if form.is_valid():
        chosen = form.cleaned_data
        sent, kind = chosen["file"], chosen["record_kind"]
        draft = ReportDraft(
            announcement=said, reported_on=on, text=chosen["text"], next_due_on=chosen["next_due_on"],
            due_on=chosen["due_on"], language=chosen["language"], reached=chosen["reached"],
            uploads=[Upload(sent.name, sent.read(), chosen["file_title"], kind="report")] if sent else [],
            records=[RecordNamed(kind, chosen["record_reference"])] if kind else [],
        )  # fmt: skip
        try:
            report_on_announcement(report=draft, at=clock.now(), by=request.actor)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("Your report on %(number)s stands on the ledger.") % {"number": reference})
            return redirect("announcement", reference)
    shown = {"form": form, "announcement": said}
    return render(request, "conferences/report.html", shown, status=status)


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, reference: str) -> HttpResponse:
    said = queries.get_announcement(reference=reference, by=request.actor)
    request.actor.require(Permission.ANNOUNCEMENT_MOVE)
    form = MoveForm(posted(request), initial={"on": clock.today()}, status=said.status)
    status = form_status(request)
    if form.is_valid():
        chosen = form.cleaned_data
        try:
            actions.move_announcement(
                announcement=said, to=AnnouncementStatus(chosen["to"]), on=chosen["on"], reason=chosen["reason"],
                by=request.actor,
            )  # fmt: skip
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The state of %(number)s is written down.") % {"number": reference})
            return redirect("announcement", reference)
    return render(request, "conferences/move.html", {"form": form, "announcement": said}, status=status)
