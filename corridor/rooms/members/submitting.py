"""What submitting an application brings into being: an organisation with a membership to be, and the conditions that stand from that day."""

from datetime import date, timedelta

from anyascii import anyascii
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.text import slugify

from corridor.foundations.access import Actor
from corridor.foundations.lifecycles.moving import move_all
from corridor.foundations.vocabularies.countries import official_language
from corridor.kernel.errors import Problem
from corridor.kernel.references import TAKEN
from corridor.kernel.wording import N_

from .answering import missing_of
from .application_refusals import Incomplete
from .drafts import OrganisationDraft
from .lifecycle import APPLICATION, ApplicationStatus, ConditionStatus, MembershipStatus
from .models import (
    Application,
    ApplicationCondition,
    DocumentAsked,
    DueFrom,
    Fact,
    Membership,
    Organisation,
    OrganisationKind,
    PartSort,
    SourceMark,
)


def refuse_incomplete(application: Application) -> None:
    """:raises Incomplete: with one problem for every question and document that is missing."""
    missing = missing_of(application)
    if missing:
        raise Incomplete(
            [
                Problem(
                    N_("“%(question)s” is not answered yet."), {"question": each.said(application.language)[0]},
                    file=each.under.code if each.under else "", column=each.code,
                )
                for each in missing
            ],
            N_("Some answers are still missing; nothing was submitted."),
        )  # fmt: skip


def former_member(application: Application) -> Organisation | None:
    """The organisation that the applicant says it was, if it ever had a membership; merged since, the record that stays."""
    said = Organisation.objects.filter(reference=application.former_reference).first()
    if said is None:
        return None
    named = Organisation.objects.filter(pk=said.surviving().pk, kind=application.version.kind)
    return named.filter(Exists(Membership.objects.filter(organisation=OuterRef("pk")))).first()


def may_be_withdrawn(application: Application) -> bool:
    """Whether its applicant may take it back: it is not over, and the organisation is no member by it."""
    if not APPLICATION.may_become(application.status, ApplicationStatus.WITHDRAWN):
        return False
    return application.organisation is None or _open_membership(application) in _ON_THE_WAY


def _open_membership(application: Application) -> str:
    ended = [MembershipStatus.WITHDRAWN, MembershipStatus.REJECTED]
    found = Membership.objects.filter(organisation=application.applicant()).exclude(status__in=ended)
    return found.values_list("status", flat=True).first() or ""


_ON_THE_WAY = {MembershipStatus.APPLIED, MembershipStatus.UNDER_REVIEW, MembershipStatus.APPROVED}


def draft_of(application: Application) -> OrganisationDraft:
    """The organisation that the answers tell of; nobody has looked at it yet."""
    facts = {
        answer.question.fact: answer.text
        for answer in application.answers.exclude(question__fact="").select_related("question")
    }
    country = facts[Fact.COUNTRY]
    names = {"en": facts[Fact.NAME]}
    own = official_language(country)
    if facts.get(Fact.OWN_NAME) and own != "en":
        names[own] = facts[Fact.OWN_NAME]
    return OrganisationDraft(
        reference=_free_reference(facts[Fact.NAME]), kind=OrganisationKind(application.version.kind), country=country,
        city=facts[Fact.CITY], names=names, source_mark=SourceMark.ASSUMED, source=application.reference,
    )  # fmt: skip


def _free_reference(name: str) -> str:
    wanted = slugify(anyascii(name))[:50].strip("-") or "applicant"
    taken = set(Organisation.objects.filter(reference__startswith=wanted).values_list("reference", flat=True))
    reference, number = wanted, 2
    while reference in taken | TAKEN:
        reference, number = f"{wanted}-{number}", number + 1
    return reference


def asked_of(application: Application) -> QuerySet[DocumentAsked]:
    """Every kind of document that this application asks for, once each, however many parts ask for it."""
    return DocumentAsked.objects.filter(
        Q(pk__in=application.version.parts.exclude(document=None).values("document"))
        | Q(pk__in=application.conditions.exclude(document=None).values("document"))
    )


def open_conditions(application: Application, *, on: date, by: Actor) -> None:
    """The conditions of its form stand from the day of submission; one whose document was handed in with the form counts as handed in."""
    handed = set(application.documents.values_list("asked_id", flat=True))
    parts = application.version.parts.filter(sort=PartSort.CONDITION)
    made = [
        ApplicationCondition(
            application=application, part=part, document_id=part.document_id, status=ConditionStatus.OPEN,
            due_on=on + timedelta(days=part.due_days or 0) if part.due_from == DueFrom.SUBMISSION else None,
        )
        for part in parts
    ]  # fmt: skip
    ApplicationCondition.objects.bulk_create(made)
    move_all([each for each in made if each.document_id in handed], to=ConditionStatus.HANDED_IN, on=on, by=by)


def date_conditions(application: Application, *, on: date) -> None:
    """The decision is made: what is due after it has its day from now on."""
    waiting = list(application.conditions.filter(due_on__isnull=True).select_related("part"))
    for condition in waiting:
        days = condition.part.due_days if condition.part and condition.part.due_days else 0
        condition.due_on = on + timedelta(days=days)
    ApplicationCondition.objects.bulk_update(waiting, ["due_on"])
