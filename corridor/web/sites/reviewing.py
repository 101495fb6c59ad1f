"""A place under a brand: what panels found there, what is put right; and the rooms and the address of a place."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_not_required
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
from corridor.kernel.errors import BadInput, NotFound, Problem
from corridor.rooms.members import queries as members
from corridor.rooms.sites import actions, queries
from corridor.web.documents.answers import file_answer
from corridor.web.fields import DayField
from corridor.web.posting import posted, posted_files
from corridor.web.ui.names import Said, reader_language

from .answering import form_answer

form_page = require_http_methods(["GET", "POST"])
MOST_CORRECTIONS = 3


class ReviewForm(forms.Form):
    """A field for each criterion of the brand, and room for what must be put right."""

    held_on = DayField(label=gettext_lazy("Held on"))
    panel = forms.CharField(
        label=gettext_lazy("Who sat in the panel"), max_length=300, help_text=gettext_lazy("Offices, never persons.")
    )
    verdict = forms.ChoiceField(
        label=gettext_lazy("What it decided"), choices=queries.VERDICTS, widget=forms.RadioSelect()
    )
    valid_until = DayField(
        label=gettext_lazy("It holds until"), required=False, help_text=gettext_lazy("Empty: until somebody ends it.")
    )
    paper = forms.FileField(label=gettext_lazy("The report"), required=False)

    def __init__(self, *args: Any, criteria: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for each in criteria:
            label = f"{each.code} {wording_of(each).text}"
            self.fields[f"met_{each.code}"] = forms.ChoiceField(
                label=label, choices=queries.MET, widget=forms.RadioSelect()
            )
            self.fields[f"words_{each.code}"] = forms.CharField(
                label=_("What was seen: %(code)s") % {"code": each.code}, required=False, max_length=300
            )
        for number in range(1, MOST_CORRECTIONS + 1):
            self.fields[f"what_{number}"] = forms.CharField(
                label=_("To put right (%(number)s)") % {"number": number}, required=False, max_length=300
            )
            self.fields[f"owner_{number}"] = forms.SlugField(
                label=_("By the member (%(number)s)") % {"number": number}, required=False, max_length=60
            )
            self.fields[f"due_{number}"] = DayField(
                label=_("By the day (%(number)s)") % {"number": number}, required=False
            )

    def findings(self) -> list[Any]:
        given = self.cleaned_data
        return [
            actions.FindingDraft(each, given[f"met_{each.code}"], given[f"words_{each.code}"]) for each in self.criteria
        ]

    def corrections(self, request: HttpRequest) -> list[Any]:
        """:raises BadInput: at the field, for a row that is not whole."""
        found, given = [], self.cleaned_data
        for number in range(1, MOST_CORRECTIONS + 1):
            what, owner, due = (given[f"{name}_{number}"] for name in ("what", "owner", "due"))
            if not (what or owner or due):
                continue
            if not (what and owner and due):
                text = _("Say what must be put right, by whom and by which day.")
                raise BadInput([Problem(text, column=f"what_{number}")])
            try:
                named = members.get_organisation(reference=owner, by=request.actor)
            except NotFound as unknown:
                raise BadInput([Problem(unknown.message, dict(unknown.places), column=f"owner_{number}")]) from None
            found.append(actions.CorrectionDraft(what, named, due))
        return found


class DoneForm(forms.Form):
    on = DayField(label=gettext_lazy("Put right on"))


class RoomForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name of the room"), max_length=80)
    capacity = forms.IntegerField(label=gettext_lazy("How many people learn in it"), min_value=1, max_value=5_000)


class AddressForm(forms.Form):
    language = forms.CharField(
        label=gettext_lazy("Language"), max_length=12, help_text=gettext_lazy("A tag of BCP 47, like lo or zh-Hans.")
    )
    text = forms.CharField(
        label=gettext_lazy("The address"), max_length=300, widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("As a letter or a driver needs it there."),
    )  # fmt: skip


def wording_of(criterion: Any) -> Said:
    return Said(*choose({each.language: each.text for each in criterion.texts.all()}, reader_language()))


@login_not_required
@require_GET
def listing_page(request: HttpRequest, reference: str, brand: str) -> HttpResponse:
    by, on = request.actor, clock.today()
    site = queries.get_site(reference=reference, by=by)
    listings = queries.listings_under(site=reference, brand=brand, by=by)
    reviews = list(queries.reviews_of(site=reference, brand=brand, by=by))
    shown = {
        "site": site, "listings": listings, "brand": listings[0].brand, "on": on,
        "holding": next((each for each in reviews if each.holds(on=on) and each.verdict != "refused"), None),
        "reviews": [
            {
                "review": each,
                "findings": [(finding, wording_of(finding.criterion)) for finding in each.findings.all()],
                "corrections": [(one, one.is_late(on=on)) for one in each.corrections.all()],
            }
            for each in reviews
        ],
        "may_review": by.may(Permission.SITE_CHANGE_STATE), "may_edit": by.may(Permission.SITE_EDIT, on=site),
    }  # fmt: skip
    return render(request, "sites/listing.html", shown)


@form_page
def review(request: HttpRequest, reference: str, brand: str) -> HttpResponse:
    by = request.actor
    by.require(Permission.SITE_CHANGE_STATE)
    listing = queries.get_listing(site=reference, brand=brand, on=clock.today(), by=by)
    criteria = queries.criteria_of(brand=brand, by=by)
    initial = {"held_on": clock.today(), "valid_until": clock.today() + timedelta(days=3 * 365)}
    form = ReviewForm(posted(request), posted_files(request), criteria=criteria, initial=initial)

    def act(given: dict[str, Any]) -> None:
        paper = given["paper"]
        upload = Upload(paper.name, paper.read(), str(listing.brand.name), kind="acceptance") if paper else None
        valid_before = given["valid_until"] + timedelta(days=1) if given["valid_until"] else None
        draft = actions.ReviewDraft(
            listing, given["held_on"], given["panel"], given["verdict"], valid_before, form.findings(),
            form.corrections(request), upload,
        )  # fmt: skip
        actions.review_listing(review=draft, at=clock.now(), by=by)

    words = {
        "title": _("Write down what a panel found"), "button": _("Write it down"), "done": _("The review is written down."),
        "lead": _("%(site)s under %(brand)s.") % {"site": reference, "brand": listing.brand.name},
    }  # fmt: skip
    back = (listing.brand.name, reverse("listing", args=[reference, brand]))
    return form_answer(request, form, act, words=words, back=back)


@form_page
def put_right(request: HttpRequest, reference: str, brand: str, key: UUID) -> HttpResponse:
    by = request.actor
    correction = queries.get_correction(site=reference, brand=brand, key=key, by=by)
    by.require(Permission.SITE_EDIT, on=correction)
    form = DoneForm(posted(request), initial={"on": clock.today()})

    def act(given: dict[str, Any]) -> None:
        actions.finish_correction(correction=correction, on=given["on"], by=by)

    words = {
        "title": _("Say that it was put right"), "button": _("Write it down"), "done": _("It is written down."),
        "lead": correction.what,
    }  # fmt: skip
    back = (correction.review.listing.brand.name, reverse("listing", args=[reference, brand]))
    return form_answer(request, form, act, words=words, back=back)


@login_not_required
@require_GET
def report(request: HttpRequest, reference: str, brand: str, key: UUID) -> HttpResponse:  # noqa: ARG001 (part of its address)
    document, content = queries.open_review_paper(site=reference, key=key, by=request.actor)
    return file_answer(document, content)


@form_page
def room(request: HttpRequest, reference: str) -> HttpResponse:
    site = queries.get_site(reference=reference, by=request.actor)
    request.actor.require(Permission.SITE_EDIT, on=site)
    form = RoomForm(posted(request))

    def act(given: dict[str, Any]) -> None:
        actions.describe_room(site=site, name=given["name"], capacity=given["capacity"], by=request.actor)

    words = {
        "title": _("Write down a room"), "button": _("Write it down"), "done": _("The room is written down."),
        "lead": _("A room of the same name gets the new number of people."),
    }  # fmt: skip
    return form_answer(request, form, act, words=words, back=(reference, reverse("site", args=[reference])))


@form_page
def address(request: HttpRequest, reference: str) -> HttpResponse:
    site = queries.get_site(reference=reference, by=request.actor)
    request.actor.require(Permission.SITE_EDIT, on=site)
    form = AddressForm(posted(request), initial={"language": reader_language()})

    def act(given: dict[str, Any]) -> None:
        actions.write_address(site=site, language=given["language"], text=given["text"], by=request.actor)

    words = {
        "title": _("Write down the address"), "button": _("Write it down"), "done": _("The address is written down."),
        "lead": _("In the form of the country, once in each language; what stands is replaced."),
    }  # fmt: skip
    return form_answer(request, form, act, words=words, back=(reference, reverse("site", args=[reference])))
