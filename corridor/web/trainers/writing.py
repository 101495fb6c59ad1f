"""What is written down about a trainer: the entry, qualifications, languages, units."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.foundations.documents.receiving import Upload
from corridor.kernel.errors import AccessDenied
from corridor.kernel.wording import N_
from corridor.rooms.curricula import queries as curricula
from corridor.rooms.members import queries as members
from corridor.rooms.training.actions import registering
from corridor.rooms.training.queries import knowing
from corridor.rooms.training.queries import trainers as register
from corridor.rooms.training.queries.trainer_choices import LanguageScale, LanguageSource
from corridor.rooms.training.trainer_drafts import QualificationDraft, Spoken, TrainerDraft, TrainerFacts
from corridor.web.posting import posted, posted_files
from corridor.web.sites.answering import form_answer
from corridor.web.ui.names import title_in

from .forms import ONE_DAY, LanguageForm, QualificationForm, RegisterForm, TrainerForm, UnitForm, day_after

form_page = require_http_methods(["GET", "POST"])


@form_page
def register_trainer(request: HttpRequest) -> HttpResponse:
    by = request.actor
    if not by.holds_somewhere(Permission.TRAINER_KEEP):
        raise AccessDenied(N_("Trainers are written down by their members and by the secretariat."))
    form = RegisterForm(posted(request), initial={"starts_on": clock.today()})

    def act(given: dict[str, Any]) -> None:
        person = knowing.person_to_register(reference=given["person"], by=by)
        draft = TrainerDraft(person, _facts(given, request))
        registering.register_trainers(trainers=[draft], on=clock.today(), by=by)

    words = {
        "title": _("Write a trainer into the register"), "button": _("Write it down"), "done": _("The trainer stands in the register."),
        "lead": _("Whoever is registered as a person here; a coordinator names persons of the own member."),
    }  # fmt: skip
    return form_answer(request, form, act, words=words, back=(_("Trainers"), reverse("trainers")))


@form_page
def correct_trainer(request: HttpRequest, reference: str) -> HttpResponse:
    trainer = _kept(request, reference)
    first = {
        "employer": trainer.employer.reference if trainer.employer else "", "starts_on": trainer.held_from,
        "ends_on": trainer.held_before - ONE_DAY if trainer.held_before else None,
    }  # fmt: skip
    form = TrainerForm(posted(request), initial=first)

    def act(given: dict[str, Any]) -> None:
        written = _facts(given, request)
        facts = replace(
            register.facts_of(trainer=trainer, by=request.actor), employer=written.employer, held_from=written.held_from,
            held_before=written.held_before,
        )  # fmt: skip
        registering.describe_trainers(changes=[(trainer, facts)], on=clock.today(), by=request.actor)

    words = {"title": _("Correct the entry"), "button": _("Write it down"), "done": _("The entry is corrected.")}
    return _answer(request, trainer, form, act, words)


@form_page
def add_qualification(request: HttpRequest, reference: str) -> HttpResponse:
    trainer = _kept(request, reference)
    form = QualificationForm(posted(request), posted_files(request))

    def act(given: dict[str, Any]) -> None:
        sent = given["paper"]
        upload = Upload(sent.name, sent.read(), given["what"], "qualification") if sent else None
        draft = QualificationDraft(
            trainer, given["what"], given["awarded_by"], given["awarded_on"], day_after(given["valid_until"]), upload
        )
        registering.write_qualifications(qualifications=[draft], at=clock.now(), by=request.actor)

    words = {
        "title": _("Write down a qualification"),
        "button": _("Write it down"),
        "done": _("The qualification is written down."),
    }
    return _answer(request, trainer, form, act, words)


@form_page
def drop_qualification(request: HttpRequest, reference: str, key: UUID) -> HttpResponse:
    trainer = _kept(request, reference)
    found = register.get_qualification(trainer=reference, key=key, by=request.actor)
    if request.method == "POST":
        registering.drop_qualification(qualification=found, by=request.actor)
        messages.success(request, _("The qualification is taken away."))
        return redirect("trainer", trainer.reference)
    shown = {"trainer": trainer, "found": found}
    return render(request, "trainers/drop_qualification.html", shown)


@form_page
def add_language(request: HttpRequest, reference: str) -> HttpResponse:
    trainer = _kept(request, reference)
    form = LanguageForm(posted(request), initial={"scale": LanguageScale.CEFR, "source": LanguageSource.OWN_WORD})

    def act(given: dict[str, Any]) -> None:
        facts = register.facts_of(trainer=trainer, by=request.actor)
        new = Spoken(given["language"], LanguageScale(given["scale"]), given["level"], LanguageSource(given["source"]))
        others = tuple(each for each in facts.languages if (each.language, each.scale) != (new.language, new.scale))
        changed = replace(facts, languages=(*others, new))
        registering.describe_trainers(changes=[(trainer, changed)], on=clock.today(), by=request.actor)

    words = {
        "title": _("Write down a language"), "button": _("Write it down"), "done": _("The language is written down."),
        "lead": _("A level is a claim, in the words of one scale; levels of two scales are never compared."),
    }  # fmt: skip
    return _answer(request, trainer, form, act, words)


@require_POST
def drop_language(request: HttpRequest, reference: str) -> HttpResponse:
    trainer = _kept(request, reference)
    named = (request.POST.get("language", ""), request.POST.get("scale", ""))
    facts = register.facts_of(trainer=trainer, by=request.actor)
    left = tuple(each for each in facts.languages if (each.language, str(each.scale)) != named)
    registering.describe_trainers(
        changes=[(trainer, replace(facts, languages=left))], on=clock.today(), by=request.actor
    )
    messages.success(request, _("The language is taken away."))
    return redirect("trainer", trainer.reference)


@form_page
def add_unit(request: HttpRequest, reference: str) -> HttpResponse:
    trainer, by = _kept(request, reference), request.actor
    form = UnitForm(posted(request))
    form.offer(
        (str(unit.pk), f"{version.curriculum.reference} {version.version} {unit.code} {title_in(unit).text}", unit)
        for version in curricula.list_versions(by=by).prefetch_related("units__titles")
        for unit in version.units.all()
    )

    def act(given: dict[str, Any]) -> None:
        facts = register.facts_of(trainer=trainer, by=by)
        registering.describe_trainers(
            changes=[(trainer, replace(facts, units=(*facts.units, given["unit"])))], on=clock.today(), by=by
        )

    words = {
        "title": _("Say which unit they may train"),
        "button": _("Write it down"),
        "done": _("The unit is written down."),
    }
    return _answer(request, trainer, form, act, words)


@require_POST
def drop_unit(request: HttpRequest, reference: str) -> HttpResponse:
    trainer = _kept(request, reference)
    facts = register.facts_of(trainer=trainer, by=request.actor)
    left = tuple(unit for unit in facts.units if str(unit.pk) != request.POST.get("unit", ""))
    registering.describe_trainers(changes=[(trainer, replace(facts, units=left))], on=clock.today(), by=request.actor)
    messages.success(request, _("The unit is taken away."))
    return redirect("trainer", trainer.reference)


def _kept(request: HttpRequest, reference: str) -> Any:
    trainer = register.find_trainer(reference=reference, by=request.actor)
    request.actor.require(Permission.TRAINER_KEEP, on=trainer)
    return trainer


def _facts(given: dict[str, Any], request: HttpRequest) -> TrainerFacts:
    named = given["employer"]
    employer = members.get_organisation(reference=named, by=request.actor) if named else None
    return TrainerFacts(held_from=given["starts_on"], held_before=day_after(given["ends_on"]), employer=employer)


def _answer(
    request: HttpRequest, trainer: Any, form: Any, act: Callable[[dict[str, Any]], None], words: dict[str, str]
) -> HttpResponse:
    return form_answer(
        request, form, act, words=words, back=(trainer.reference, reverse("trainer", args=[trainer.reference]))
    )
