"""Delegates of a conference: for who prepares it, for who stands at the door, and for the delegate alone."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Min, Q, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from ..delegating import card_print
from ..lifecycle import DelegateStatus
from ..models import Conference, Delegate, Registration, RegistrationPart, VisaLetter


@dataclass(frozen=True)
class AskedOf:
    """One question as the reader gets it, with what was answered."""

    question: RegistrationPart
    label: str
    help: str
    language: str
    text: str = ""
    codes: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


def registration_of(*, conference: Conference, on: date, by: Actor) -> tuple[Registration | None, bool]:  # noqa: ARG001 (public)
    """When one may register, and whether one may on that day."""
    found = Registration.objects.filter(conference=conference).first()
    return found, found is not None and found.opens_on <= on < found.closes_before


def questions_of(*, conference: Conference, language: str, by: Actor) -> list[AskedOf]:  # noqa: ARG001 (public)
    """What delegates are asked, in the language of the reader where there is one."""
    return [_asked(each, language) for each in _questions(conference)]


def answers_of(*, delegate: Delegate, language: str, by: Actor) -> list[AskedOf]:
    """What one delegate answered; for the delegate and for who prepares the conference."""
    if not by.may(Permission.DELEGATE_VIEW) and not by.may(Permission.DELEGATE_FILL, on=delegate):
        raise NotFound(N_("There is no delegate %(reference)s."), reference=delegate.reference)
    given = {each.question_id: each for each in delegate.answers.prefetch_related("choices__option__texts")}
    found = []
    for question in _questions(delegate.conference):
        answer = given.get(question.pk)
        options = [each.option for each in answer.choices.all()] if answer else []
        found.append(
            _asked(
                question, language, text=answer.text if answer else "", codes=tuple(each.code for each in options),
                labels=tuple(each.said(language)[0] for each in options),
            )
        )  # fmt: skip
    return found


def list_delegates(*, conference: str, by: Actor, words: str = "", state: str = "", after: str = "") -> QuerySet[Any]:
    """
    By reference, each with ``arrived_at`` (its first scan, or None). ``state``: "here", "awaited", "withdrawn" or "letters" (that wait).
    """
    by.require(Permission.DELEGATE_VIEW)
    found: QuerySet[Any] = Delegate.objects.filter(conference__reference=conference).annotate(
        arrived_at=Min("scans__scanned_at")
    )
    if words:
        found = found.filter(
            Q(name__icontains=words) | Q(latin_name__icontains=words) | Q(comes_from__icontains=words)
            | Q(reference__iexact=words) | Q(card__iexact=words.replace("-", ""))
        )  # fmt: skip
    match state:
        case "here":
            found = found.filter(arrived_at__isnull=False)
        case "awaited":
            found = found.filter(arrived_at__isnull=True, status=DelegateStatus.REGISTERED)
        case "withdrawn":
            found = found.filter(status=DelegateStatus.WITHDRAWN)
        case "letters":
            found = found.filter(visa_letter__status="asked")
    if after:
        found = found.filter(reference__gt=after)
    return (
        found.select_related("organisation", "visa_letter")
        .prefetch_related("organisation__names")
        .order_by("reference")
    )


def count_delegates(*, conference: str, by: Actor) -> dict[str, int]:
    """``registered``, ``here``, ``awaited``, ``withdrawn``, ``letters`` (that wait) and ``all``."""
    by.require(Permission.DELEGATE_VIEW)
    rows = Delegate.objects.filter(conference__reference=conference).annotate(arrived_at=Min("scans__scanned_at"))
    counts = {"all": 0, "registered": 0, "here": 0, "awaited": 0, "withdrawn": 0, "letters": 0}
    for status, arrived, letter in rows.values_list("status", "arrived_at", "visa_letter__status"):
        counts["all"] += 1
        counts["withdrawn"] += status == DelegateStatus.WITHDRAWN
        counts["registered"] += status == DelegateStatus.REGISTERED
        counts["here"] += arrived is not None
        counts["awaited"] += arrived is None and status == DelegateStatus.REGISTERED
        counts["letters"] += letter == "asked"
    return counts


def participants_of(*, conference: str, by: Actor) -> QuerySet[Delegate]:
    """The list of participants: those who agreed to stand on it, by name."""
    by.require(Permission.DELEGATE_VIEW)
    agreed = Delegate.objects.filter(
        conference__reference=conference, status=DelegateStatus.REGISTERED, listed_at__isnull=False
    )
    return (
        agreed.select_related("organisation")
        .prefetch_related("organisation__names")
        .order_by("latin_name", "name", "pk")
    )


def door_list(*, conference: Conference, by: Actor) -> list[tuple[str, str, str]]:
    """For a phone at the door: the fingerprint of each card, the name, and whence; whoever withdrew is not on it."""
    by.require(Permission.DELEGATE_CHECK_IN)
    coming = conference.delegates.filter(status=DelegateStatus.REGISTERED, emptied_at=None)
    rows = coming.select_related("organisation").prefetch_related("organisation__names").order_by("reference")
    return [
        (
            card_print(each.card),
            each.name,
            each.comes_from or (each.organisation.reference if each.organisation else ""),
        )
        for each in rows
    ]


def arrived_at_door(*, conference: Conference, by: Actor) -> dict[str, str]:
    """Who is in already: the fingerprint of the card, and the instant of the first scan (ISO 8601)."""
    by.require(Permission.DELEGATE_CHECK_IN)
    rows = conference.delegates.annotate(arrived=Min("scans__scanned_at")).filter(arrived__isnull=False)
    return {card_print(card): arrived.isoformat() for card, arrived in rows.values_list("card", "arrived")}


def get_delegate(*, reference: str, by: Actor) -> Delegate:
    """For who prepares the conference. :raises NotFound: if there is none, or none for this actor."""
    found = Delegate.objects.select_related("conference", "organisation").filter(reference=reference).first()
    if found is None or not by.may(Permission.DELEGATE_VIEW):
        raise NotFound(N_("There is no delegate %(reference)s."), reference=reference)
    return found


def get_delegate_with_arrival(*, conference: str, reference: str, by: Actor) -> Any:
    """As in the list of that conference. :raises NotFound: if there is none."""
    found = list_delegates(conference=conference, by=by).filter(reference=reference).first()
    if found is None:
        raise NotFound(N_("There is no delegate %(reference)s."), reference=reference)
    return found


def get_visa_letter(*, delegate: Delegate, by: Actor) -> VisaLetter | None:
    """For the delegate, and for who decides on it."""
    if not by.may(Permission.DELEGATE_VIEW) and not by.may(Permission.DELEGATE_FILL, on=delegate):
        raise NotFound(N_("There is no delegate %(reference)s."), reference=delegate.reference)
    return VisaLetter.objects.filter(delegate=delegate).prefetch_related("changes").first()


def get_question(*, conference: str, key: UUID, by: Actor) -> RegistrationPart:
    by.require(Permission.CONFERENCE_PLAN)
    found = RegistrationPart.objects.filter(conference__reference=conference, pk=key, under=None).first()
    if found is None:
        raise NotFound(N_("There is no such question."))
    return found


def _questions(conference: Conference) -> QuerySet[RegistrationPart]:
    return conference.questions.filter(under=None).prefetch_related("texts", "parts__texts").order_by("place")


def _asked(question: RegistrationPart, language: str, **given: Any) -> AskedOf:
    label, explanation, tag = question.said(language)
    return AskedOf(question, label, explanation, tag, **given)
