"""The parts of a record and who changes them: names, facts, contacts, the name for certificates, documents that were seen."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corridor.foundations import clock
from corridor.journeys.find_persons import get_person
from corridor.kernel.errors import Refusal
from corridor.rooms.people import actions, queries
from corridor.rooms.people.actions import Facts, NewContact
from corridor.rooms.people.choices import ContactKind, NameForm, PaperKind
from corridor.rooms.people.drafts import NameOfPerson
from corridor.rooms.people.fields import PersonField, fields_edited, is_own, require_field
from corridor.web.posting import form_status, posted, shown_on
from corridor.web.ui.names import reader_language
from corridor.web.wording import sentence

from .part_forms import CertificateNameForm, ContactForm, FactsForm, NameFormOfPerson, PaperForm

form_page = require_http_methods(["GET", "POST"])


def keyed(request: HttpRequest, name: str) -> UUID:
    """The key in a small form. No page of ours sends anything but a key."""
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        raise Http404 from None


def tried(request: HttpRequest, act: Callable[[], object], done: str) -> None:
    """Do what a small button asks; a refusal is said on the page to which it leads back."""
    try:
        act()
    except Refusal as refusal:
        messages.error(request, sentence(refusal))
    else:
        messages.success(request, done)


def _open(request: HttpRequest, reference: str, field: PersonField) -> Any:
    person = get_person(reference=reference, by=request.actor)
    require_field(field, person, by=request.actor)
    return person


@form_page
def names(request: HttpRequest, reference: str) -> HttpResponse:
    person, by = _open(request, reference, PersonField.NAMES), request.actor
    struck = request.POST.get("strike", "")
    if struck.isdecimal():
        tried(request, lambda: actions.strike_name(person=person, name=int(struck), by=by), _("The form is struck."))
        return redirect("person-names", reference)
    form, status = NameFormOfPerson(posted(request)), form_status(request)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        day = given.pop("valid_from")
        is_new_own = given["form"] == NameForm.OWN
        name = NameOfPerson(**given | {"form": NameForm(given["form"]), "valid_from": day})
        try:
            if is_new_own:
                actions.change_own_name(person=person, name=name, on=day or clock.today(), by=by)
            else:
                actions.write_name(person=person, name=name, by=by)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The name is written down."))
            return redirect("person", reference)
    return render(request, "people/names.html", {"form": form, "person": person}, status=status)


@form_page
def facts(request: HttpRequest, reference: str) -> HttpResponse:
    person, by = _open(request, reference, PersonField.RESIDENCE), request.actor
    now = Facts.of(person)
    first = vars(now) | {
        name: getattr(getattr(now, name), "code", "") for name in ("sex_because", "disability_because")
    }
    form, status = FactsForm(posted(request), initial=first), form_status(request)
    form.offer(queries.purposes_to_choose(by=by))
    if PersonField.DISABILITY not in fields_edited(person, by=by):
        for name in ("disability", "disability_because"):
            del form.fields[name]
    if form.is_bound and form.is_valid():
        try:
            actions.describe_person(
                person=person, facts=Facts(**vars(now) | form.cleaned_data), on=clock.today(), by=by
            )
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The record is changed."))
            return redirect("person", reference)
    return render(request, "people/facts.html", {"form": form, "person": person}, status=status)


@form_page
def contacts(request: HttpRequest, reference: str) -> HttpResponse:
    person, by, on = _open(request, reference, PersonField.CONTACTS), request.actor, clock.today()
    if "do" in request.POST:
        key = keyed(request, "contact")
        match request.POST["do"]:
            case "confirm":
                tried(
                    request,
                    lambda: actions.confirm_contact(contact=key, person=person, on=on, by=by),
                    _("Confirmed today."),
                )
            case "prefer":
                tried(
                    request,
                    lambda: actions.prefer_contact(contact=key, person=person, by=by),
                    _("This one is tried first now."),
                )
            case "end":
                tried(
                    request,
                    lambda: actions.end_contact(contact=key, person=person, on=on, by=by),
                    _("It is used no more."),
                )
        return redirect("person-contacts", reference)
    form, status = ContactForm(posted(request)), form_status(request)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        contact = NewContact(
            person=person, kind=ContactKind(given["kind"]), value=given["value"], country=given["country"],
            confirmed_on=on if is_own(person, by=by) else None,
        )  # fmt: skip
        try:
            actions.write_contact(contact=contact, by=by)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The contact is written down."))
            return redirect("person-contacts", reference)
    rows = [(each, each.is_unconfirmed(on=on)) for each in queries.list_contacts(person=person, by=by)]
    shown = {"form": form, "person": person, "rows": rows, "is_own": is_own(person, by=by)}
    return render(request, "people/contacts.html", shown, status=status)


@form_page
def certificate_name(request: HttpRequest, reference: str) -> HttpResponse:
    person, by = _open(request, reference, PersonField.CERTIFICATE_NAME), request.actor
    own = is_own(person, by=by)
    if language := request.POST.get("take_back", ""):
        tried(
            request,
            lambda: actions.take_back_certificate_name(person=person, language=language, at=clock.now(), by=by),
            _("It is taken back; certificates take the name from the record again."),
        )
        return redirect("person-certificate-name", reference)
    called = person.called(reader_language())
    form = CertificateNameForm(posted(request), initial={"full_name": called.name, "language": called.language})
    status = form_status(request)
    if own:
        del form.fields["attested_by"]
    if form.is_bound and form.is_valid():
        try:
            actions.confirm_certificate_name(
                person=person, on=clock.today(), at=clock.now(), by=by, **form.cleaned_data
            )
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The name for certificates is confirmed."))
            return redirect("person-certificate-name", reference)
    names_now = queries.list_certificate_names(person=person, by=by)
    shown = {"form": form, "person": person, "rows": names_now, "is_own": own}
    return render(request, "people/certificate_name.html", shown, status=status)


@form_page
def papers(request: HttpRequest, reference: str) -> HttpResponse:
    person, by = _open(request, reference, PersonField.PAPERS), request.actor
    form, status = PaperForm(posted(request), initial={"seen_on": clock.today()}), form_status(request)
    if settings.DOCUMENT_NUMBERS == "none":
        del form.fields["number"]
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            actions.note_paper(
                person=person, kind=PaperKind(given["kind"]), country=given["country"], on=given["seen_on"],
                expires_on=given["expires_on"], number=given.get("number", ""), by=by,
            )  # fmt: skip
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The document is noted."))
            return redirect("person", reference)
    shown = {"form": form, "person": person, "keeps_numbers": settings.DOCUMENT_NUMBERS != "none"}
    return render(request, "people/papers.html", shown, status=status)
