"""A journal as a file: brought from a phone or a site without a network, and given for another house."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.foundations.journal.files import MOST_BYTES_OF_FILE
from corridor.journeys.take_journal_file import Taken, give_journal_file, may_take_file, take_journal_file
from corridor.kernel.errors import AccessDenied, Refusal
from corridor.kernel.wording import N_
from corridor.web.posting import form_status, posted, posted_files, shown_on


class FileForm(forms.Form):
    """The file that a phone or a house saved."""

    file = forms.FileField(label=gettext_lazy("File of a journal"), max_length=200)

    def clean_file(self) -> bytes:
        sent = self.cleaned_data["file"]
        if sent.size > MOST_BYTES_OF_FILE:
            raise forms.ValidationError(_("This is more than a journal holds. Save it anew, and bring it in parts."))
        return sent.read()


@require_http_methods(["GET", "POST"])
def take(request: HttpRequest) -> HttpResponse:
    by = request.actor
    may_give = by.holds_somewhere(Permission.REGISTER_CORRECT)
    if not may_take_file(by=by):
        raise AccessDenied(N_("Only who takes or corrects registers, or assesses, brings a journal."))
    form, status = FileForm(posted(request), posted_files(request)), form_status(request)
    if form.is_bound and form.is_valid():
        try:
            taken = take_journal_file(body=form.cleaned_data["file"], on=clock.today(), at=clock.now(), by=by)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(
                request,
                _("The file held %(held)s events; %(new)s of them were new. What has to be decided is in the inbox.")
                % {"held": taken.held, "new": taken.new},
            )
            _tell_of_files(request, taken)
            return redirect("register-conflicts")
    return render(request, "journal/files.html", {"form": form, "may_give": may_give}, status=status)


def _tell_of_files(request: HttpRequest, taken: Taken) -> None:
    if taken.files:
        said = ngettext(
            "%(count)s photo or film came with it.", "%(count)s photos and films came with it.", taken.files
        )
        messages.success(request, said % {"count": taken.files})
    if taken.left:
        said = ngettext(
            "%(count)s photo or film could not be taken. It stays on its phone, which says why once it has a network.",
            "%(count)s photos and films could not be taken. They stay on their phone, which says why once it has a network.",
            taken.left,
        )
        messages.warning(request, said % {"count": taken.left})


@require_GET
def give(request: HttpRequest) -> HttpResponse:
    answer = HttpResponse(give_journal_file(by=request.actor), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="journal-{clock.today().isoformat()}.json"'
    return answer
