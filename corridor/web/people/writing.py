"""Write down a person, and say that two records are of one human being."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.journeys.find_persons import get_person
from corridor.kernel.errors import NotFound, Refusal
from corridor.rooms.people import actions, queries
from corridor.rooms.people.drafts import NameForm, NameOfPerson, PersonDraft, Sex, SourceMark
from corridor.web.posting import form_status, posted, shown_on
from corridor.web.wording import sentence

from .forms import MergeForm, RegisterForm


@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    request.actor.require(Permission.PERSON_REGISTER)
    form, status = RegisterForm(posted(request)), form_status(request)
    form.offer(queries.purposes_to_choose(by=request.actor))
    if form.is_valid():
        try:
            made = actions.register_person(draft=_draft(form), on=clock.today(), by=request.actor)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(
                request, _("%(person)s is written down. A cohort's page gives places.") % {"person": made.reference}
            )
            return redirect("person", made.reference)
    return render(request, "people/register.html", {"form": form}, status=status)


def _draft(form: RegisterForm) -> PersonDraft:
    given = form.cleaned_data
    names = [NameOfPerson(NameForm.OWN, given["own_language"], given["own_name"])]
    if given["romanised_name"]:
        script = f"{given['own_language'].split('-')[0]}-Latn"
        names.append(NameOfPerson(NameForm.ROMANISED, script, given["romanised_name"]))
    return PersonDraft(
        reference=given["reference"], names=tuple(names), sex=Sex(given["sex"]), sex_because=given["sex_because"],
        born_on=given["born_on"],
        residence_country=given["residence_country"], source_mark=SourceMark(given["source_mark"]),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, reference: str) -> HttpResponse:
    person = get_person(reference=reference, by=request.actor)
    request.actor.require(Permission.PERSON_MERGE)
    form, status = MergeForm(posted(request)), form_status(request)
    if form.is_valid():
        try:
            into = get_person(reference=form.cleaned_data["into"], by=request.actor)
            reason = form.cleaned_data["reason"]
            actions.merge_person(person=person, into=into, at=clock.now(), reason=reason, by=request.actor)
        except NotFound as unknown:
            form.add_error("into", sentence(unknown))
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            said = _("%(person)s is merged into %(into)s, which stays.") % {
                "person": person.reference,
                "into": into.reference,
            }
            messages.success(request, said)
            return redirect("person", into.reference)
    return render(request, "people/merge.html", {"form": form, "person": person}, status=status)
