"""The visit page of a site: what a delegation reads and takes along, on two sheets of paper."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.foundations.documents.receiving import Upload
from corridor.foundations.vocabularies.languages import choose
from corridor.kernel.periods import ONE_DAY
from corridor.rooms.sites import actions, queries
from corridor.rooms.sites.drafts_of_plans import PhotoDraft, PhotoWords
from corridor.rooms.training import queries as training
from corridor.web.documents.answers import file_answer
from corridor.web.fields import DayField
from corridor.web.posting import posted, posted_files
from corridor.web.ui.map import Place
from corridor.web.ui.names import reader_language, site_called

from .answering import form_answer
from .story import site_story

form_page = require_http_methods(["GET", "POST"])
A_WHILE = timedelta(days=30)


class WordsForm(forms.Form):
    language = forms.CharField(
        label=gettext_lazy("Language"), max_length=12, help_text=gettext_lazy("A tag of BCP 47, like lo or zh-Hans.")
    )
    caption = forms.CharField(label=gettext_lazy("What stands below the photo"), max_length=200)
    alternative = forms.CharField(
        label=gettext_lazy("What it shows, for whoever does not see it"), max_length=300, widget=forms.Textarea({"rows": 2})
    )  # fmt: skip

    def texts(self) -> dict[str, PhotoWords]:
        given = self.cleaned_data
        return {given["language"]: PhotoWords(given["caption"], given["alternative"])}


class PhotoForm(WordsForm):
    field_order = ["photo", "persons", "language", "caption", "alternative"]

    photo = forms.FileField(
        label=gettext_lazy("The photo"),
        help_text=gettext_lazy("PNG or JPEG. What the camera wrote beside it, like the place, is taken out."),
    )
    persons = forms.ChoiceField(
        label=gettext_lazy("The people in it"), choices=queries.PERSONS_SHOWN, widget=forms.RadioSelect(),
        help_text=gettext_lazy("You say this for the site. Take the photo down when somebody no longer agrees."),
    )  # fmt: skip


class PlaceForm(forms.Form):
    position = forms.IntegerField(label=gettext_lazy("Its place among the photos"), min_value=1)


class ShowingForm(forms.Form):
    starts_on = DayField(label=gettext_lazy("Public from"))
    ends_on = DayField(label=gettext_lazy("Last day"))
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=300)


class EndForm(forms.Form):
    on = DayField(label=gettext_lazy("No longer public from"))


def words_of(photo: Any) -> dict[str, str]:
    """What stands below a photo and what it shows, in the language of the reader or the nearest, and which that is."""
    rows = {each.language: each for each in photo.texts.all()}
    _text, language = choose({code: row.caption for code, row in rows.items()}, reader_language())
    row = rows.get(language)
    return {"caption": row.caption, "alternative": row.alternative, "language": language} if row else {}


@login_not_required
@require_GET
def visit(request: HttpRequest, reference: str) -> HttpResponse:
    by, on = request.actor, clock.today()
    if not queries.may_visit(site=reference, on=on, by=by):
        return redirect_to_login(request.get_full_path())
    site = queries.get_site(reference=reference, by=by, on=on)
    story = site_story(reference=reference, on=on, at=clock.now(), by=by)
    equipment = queries.equipment_shown(site=reference, on=on, by=by)
    shown = {
        "story": story, "site": site, "photos": _photos(reference, request), "equipment": equipment,
        "works": sum(each.working for each in equipment), "stands": sum(each.all for each in equipment),
        "today_here": training.taught_between(site=site.pk, first=on, last=on, by=by),
        "showing": queries.showing_on(site=reference, on=on, by=by), "may_edit": by.may(Permission.SITE_EDIT, on=site),
        "sees_equipment": by.may(Permission.EQUIPMENT_VIEW, on=site),
        "places": [
            Place(site_called(site).text, 1, float(site.latitude), float(site.longitude), site.source_mark == "assumed")
        ],
    }  # fmt: skip
    return render(request, "sites/visit.html", shown)


@login_not_required
@require_GET
def photo(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    document, content = queries.open_photo(site=reference, key=key, on=clock.today(), by=request.actor)
    return file_answer(document, content)


@require_GET
def photo_list(request: HttpRequest, reference: str) -> HttpResponse:
    """Where photos are put in order and described, and where the page is made public."""
    by, on = request.actor, clock.today()
    site = queries.get_site(reference=reference, by=by)
    by.require(Permission.SITE_EDIT, on=site)
    showings = [
        (each, "running" if each.is_in_force(on=on) else "planned" if each.starts_on > on else "ended")
        for each in queries.list_showings(site=reference, by=by) if each.ends_before > each.starts_on
    ]  # fmt: skip
    shown = {"site": site, "photos": _photos(reference, request), "showings": showings, "on": on}
    return render(request, "sites/photos.html", shown)


@form_page
def add_photo(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    site = queries.get_site(reference=reference, by=by)
    by.require(Permission.SITE_EDIT, on=site)
    form = PhotoForm(posted(request), posted_files(request), initial={"language": reader_language()})

    def act(given: dict[str, Any]) -> None:
        sent = given["photo"]
        upload = Upload(sent.name, sent.read(), given["caption"], kind="photo")
        actions.add_photos(
            photos=[PhotoDraft(site, given["persons"], form.texts(), upload=upload)], at=clock.now(), by=by
        )

    words = {"title": _("Add a photo"), "button": _("Add it"), "done": _("The photo is added.")}
    return form_answer(request, form, act, words=words, back=_back(reference))


@form_page
def describe_photo(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    found = _photo_to_change(request, reference, key)
    said = words_of(found)
    form = WordsForm(posted(request), initial={**said, "language": said.get("language", "") or reader_language()})

    def act(_given: dict[str, Any]) -> None:
        actions.describe_photo(photo=found, texts=form.texts(), by=request.actor)

    words = {
        "title": _("Write what stands below the photo"), "button": _("Write it down"), "done": _("It is written down."),
        "lead": _("Once in each language; what stands in that language is replaced."),
    }  # fmt: skip
    return form_answer(request, form, act, words=words, back=_back(reference))


@form_page
def place_photo(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    found = _photo_to_change(request, reference, key)
    form = PlaceForm(posted(request), initial={"position": found.position})

    def act(given: dict[str, Any]) -> None:
        actions.place_photo(photo=found, position=given["position"], by=request.actor)

    words = {
        "title": _("Put the photo in another place"), "button": _("Put it there"), "done": _("The photos are in this order."),
        "lead": words_of(found).get("caption", ""),
    }  # fmt: skip
    return form_answer(request, form, act, words=words, back=_back(reference))


@form_page
def take_down(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    found = _photo_to_change(request, reference, key)
    form = forms.Form(posted(request))

    def act(_given: dict[str, Any]) -> None:
        actions.take_down_photo(photo=found, by=request.actor)

    words = {
        "title": _("Take the photo down"), "button": _("Take it down"), "done": _("The photo is taken down."),
        "lead": _("“%(caption)s” is shown no longer, and its file is forgotten. That cannot be taken back.")
        % {"caption": words_of(found).get("caption", "")},
    }  # fmt: skip
    return form_answer(request, form, act, words=words, back=_back(reference))


@form_page
def show(request: HttpRequest, reference: str) -> HttpResponse:
    by, today = request.actor, clock.today()
    site = queries.get_site(reference=reference, by=by)
    by.require(Permission.SITE_EDIT, on=site)
    form = ShowingForm(posted(request), initial={"starts_on": today, "ends_on": today + A_WHILE})

    def act(given: dict[str, Any]) -> None:
        actions.show_site(
            site=site, starts_on=given["starts_on"], ends_before=given["ends_on"] + ONE_DAY, reason=given["reason"], by=by
        )  # fmt: skip

    words = {
        "title": _("Make the visit page public"), "button": _("Make it public"), "done": _("Everybody may read it in these days."),
        "lead": _("Everybody reads the photos and how much equipment works, from the first day to the last. Names of learners are never on it."),
    }  # fmt: skip
    return form_answer(request, form, act, words=words, back=_back(reference))


@form_page
def stop_showing(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    by = request.actor
    showing = queries.get_showing(site=reference, key=key, by=by)
    form = EndForm(posted(request), initial={"on": clock.today()})

    def act(given: dict[str, Any]) -> None:
        actions.stop_showing(showing=showing, ends_before=given["on"], by=by)

    words = {
        "title": _("End that it is public"), "button": _("End it"), "done": _("The visit page is public no longer from that day."),
        "lead": showing.reason,
    }  # fmt: skip
    return form_answer(request, form, act, words=words, back=_back(reference))


def _photos(reference: str, request: HttpRequest) -> list[tuple[Any, dict[str, str]]]:
    found = queries.photos_of(site=reference, on=clock.today(), by=request.actor)
    return [(each, words_of(each)) for each in found]


def _photo_to_change(request: HttpRequest, reference: str, key: UUID) -> Any:
    found = queries.get_photo(site=reference, key=key, on=clock.today(), by=request.actor)
    request.actor.require(Permission.SITE_EDIT, on=found)
    return found


def _back(reference: str) -> tuple[str, str]:
    return (_("Photos"), reverse("site-photos", args=[reference]))
