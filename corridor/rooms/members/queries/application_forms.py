"""Forms of application: those an applicant may begin with, and those the secretariat edits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.foundations.vocabularies.languages import bcp47
from corridor.kernel.wording import N_

from ..application_refusals import NoSuchApplication
from ..letters import own_wording
from ..models import DocumentAsked, FormPart, FormVersion, LetterKind, LetterTemplate, OrganisationKind, PartSort


@dataclass(frozen=True)
class FormState:
    """The form of one kind of applicant: what is used now, the draft if there is one, and how many applications use each."""

    kind: OrganisationKind
    used: FormVersion | None
    draft: FormVersion | None
    versions: Sequence[FormVersion]


@dataclass(frozen=True)
class Outline:
    """A version with its parts in their order, each with its texts; questions and options under their own."""

    version: FormVersion
    sections: list[tuple[FormPart, list[tuple[FormPart, list[FormPart]]]]]
    conditions: list[FormPart]
    criteria: list[FormPart]


@dataclass(frozen=True)
class LetterWording:
    """``version`` is 0 where our own sentence stands."""

    kind: LetterKind
    language: str
    subject: str
    body: str
    version: int


def forms_on(*, day: date, by: Actor) -> list[FormVersion]:  # noqa: ARG001 (public)
    """The form by which each kind of applicant begins on that day; kinds without one are left out."""
    found = FormVersion.objects.filter(published_on__lte=day).annotate(
        questions=Count("parts", filter=Q(parts__sort="question"))
    )
    latest = {each.kind: each for each in found.order_by("number")}
    return [latest[kind] for kind in OrganisationKind.values if kind in latest]


def form_states(*, on: date, by: Actor) -> list[FormState]:
    """:raises AccessDenied: for who does not edit forms."""
    by.require(Permission.APPLICATION_FORM_EDIT)
    versions = list(FormVersion.objects.annotate(used_by=Count("applications")).order_by("number"))
    states = []
    for kind in OrganisationKind:
        own = [each for each in versions if each.kind == kind]
        used = [each for each in own if each.published_on is not None and each.published_on <= on]
        drafts = [each for each in own if each.published_on is None]
        states.append(FormState(kind, used[-1] if used else None, drafts[0] if drafts else None, own))
    return states


def get_outline(*, kind: str, by: Actor, number: int | None = None) -> Outline:
    """The draft of that kind's form, or the version of that number. :raises NoSuchApplication: if there is none."""
    by.require(Permission.APPLICATION_FORM_EDIT)
    wanted = Q(published_on__isnull=True) if number is None else Q(number=number)
    version = FormVersion.objects.filter(wanted, kind=kind).first()
    if version is None:
        raise NoSuchApplication(N_("There is no such version of this form."))
    parts = list(
        version.parts.select_related("document").prefetch_related("texts", "document__texts").order_by("place", "pk")
    )
    under: dict[UUID | None, list[FormPart]] = {}
    for part in parts:
        under.setdefault(part.under_id, []).append(part)
    sections = [
        (part, [(question, under.get(question.pk, [])) for question in under.get(part.pk, [])])
        for part in parts
        if part.sort == PartSort.SECTION
    ]
    return Outline(
        version,
        sections,
        [part for part in parts if part.sort == PartSort.CONDITION],
        [part for part in parts if part.sort == PartSort.CRITERION],
    )


def get_part(*, kind: str, key: UUID, by: Actor) -> FormPart:
    """A part of the draft of that kind's form. :raises NoSuchApplication: if it has none of that key."""
    by.require(Permission.APPLICATION_FORM_EDIT)
    found = FormPart.objects.select_related("version", "under", "document").prefetch_related("texts")
    part = found.filter(pk=key, version__kind=kind, version__published_on__isnull=True).first()
    if part is None:
        raise NoSuchApplication(N_("The draft of this form has no such part."))
    return part


def documents_asked(*, by: Actor) -> QuerySet[DocumentAsked]:
    """Every kind of document that forms may ask for. :raises AccessDenied: for who does not edit forms."""
    by.require(Permission.APPLICATION_FORM_EDIT)
    return DocumentAsked.objects.prefetch_related("texts").order_by("code")


def letter_wordings(*, languages: list[str], by: Actor) -> list[LetterWording]:
    """Every letter in every language: the secretariat's wording where there is one, else ours."""
    by.require(Permission.APPLICATION_FORM_EDIT)
    written = {(each.kind, each.language): each for each in LetterTemplate.objects.all()}
    wordings = []
    for kind in LetterKind:
        for language in languages:
            own = written.get((kind.value, bcp47(language)))
            subject, body = (own.subject, own.body) if own else own_wording(kind, language)
            wordings.append(LetterWording(kind, language, subject, body, own.version if own else 0))
    return wordings


def letter_wording(*, kind: str, language: str, by: Actor) -> LetterWording:
    """:raises NoSuchApplication: if there is no such letter."""
    found = [each for each in letter_wordings(languages=[language], by=by) if each.kind == kind]
    if not found:
        raise NoSuchApplication(N_("There is no such letter."))
    return found[0]
