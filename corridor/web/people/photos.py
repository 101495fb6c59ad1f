"""The photo by which trainers know a learner: sent by the person or the manager of the site, taken away by either; shown here to the person alone."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from corridor.foundations import clock
from corridor.foundations.documents.receiving import Upload
from corridor.journeys.find_persons import get_person
from corridor.kernel.errors import Refusal
from corridor.rooms.people import actions, queries
from corridor.rooms.people.fields import PersonField, fields_seen, is_own, require_field
from corridor.web.documents.answers import file_answer
from corridor.web.posting import form_status, posted, posted_files, shown_on

from .keeping import tried
from .part_forms import PhotoForm


@never_cache
@require_http_methods(["GET", "POST"])
def photo(request: HttpRequest, reference: str) -> HttpResponse:
    by, on = request.actor, clock.today()
    person = get_person(reference=reference, by=by)
    require_field(PersonField.PHOTO, person, by=by)
    if request.POST.get("do") == "take_away":
        tried(request, lambda: actions.take_photo_away(person=person, by=by), _("The photo is gone."))
        return redirect("person-photo", reference)
    form, status = PhotoForm(posted(request), posted_files(request)), form_status(request)
    if form.is_valid():
        sent = form.cleaned_data["photo"]
        upload = Upload(sent.name, sent.read(), title=sent.name)
        try:
            actions.keep_photo(person=person, upload=upload, on=on, at=clock.now(), by=by)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The photo is kept. Trainers see it while the person learns with them."))
            return redirect("person-photo", reference)
    shown = {
        "form": form, "person": person, "is_own": is_own(person, by=by), "is_asked": queries.is_photo_asked(on=on, by=by),
        "has_agreed": queries.may_have_photo(person=person, on=on, by=by), "has_photo": queries.has_photo(person=person, by=by),
        "sees": PersonField.PHOTO in fields_seen(person, by=by),
    }  # fmt: skip
    return render(request, "people/photo.html", shown, status=status)


@require_GET
def photo_file(request: HttpRequest, reference: str) -> HttpResponse:
    found = queries.get_own_photo(person=get_person(reference=reference, by=request.actor), by=request.actor)
    return file_answer(found.document, queries.bytes_of_photo(photo=found, by=request.actor))
