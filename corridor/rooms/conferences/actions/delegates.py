"""Register for a conference by a link of one's own, change what was said, and take it back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.attempts import Attempts
from corridor.foundations.audit import log
from corridor.foundations.lifecycles.moving import move
from corridor.foundations.lifecycles.numbering import give_numbers
from corridor.foundations.secret_links import digest_of, new_secret
from corridor.kernel.errors import BadInput, Problem, WrongMoment
from corridor.kernel.wording import N_
from corridor.rooms.members.answering import Given, read_answers
from corridor.rooms.members.applicants import origin_of
from corridor.rooms.members.models import Organisation

from ..delegate_refusals import IsFull, NoSuchDelegate, NotOpen, RegisteredAlready
from ..delegating import as_delegate, link_of, new_card_code
from ..ledger import require_loader
from ..letters import send_link
from ..lifecycle import DelegateStatus
from ..models import Conference, Delegate, DelegateAnswer, DelegateChoice, Registration, RegistrationPart

# From one network in an hour: a school registers its whole delegation from one.
BEGUN = Attempts("conferences.register", most=60, within=timedelta(hours=1))


@dataclass(frozen=True)
class DelegateDraft:
    """
    ``name`` in the delegate's own script, ``latin_name`` as in a passport. ``answers`` by the codes of the questions.

    ``reference`` and ``key`` are for records that were kept elsewhere before.
    """

    name: str
    email: str
    language: str
    latin_name: str = ""
    organisation: Organisation | None = None
    comes_from: str = ""
    country: str = ""
    answers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    agrees_to_be_listed: bool = False
    key: UUID | None = None


@dataclass(frozen=True)
class Registered:
    delegate: Delegate
    secret: str


def register_delegate(
    *,
    conference: Conference,
    delegate: DelegateDraft,
    on: date,
    at: datetime,
    by: Actor,
    address: str = "",
    tells: bool = True,
) -> Registered:
    """
    Register for a conference; the link to come back is sent to the address. ``address`` is whence it comes (only counted).
    ``tells`` is False for records that were kept elsewhere before: nobody is written to.

    :raises TooManyAttempts: if very many were begun from there. :raises NotOpen: before and after the days of registration.
    :raises IsFull: without a place left. :raises RegisteredAlready: for an address that is registered; its link is sent again.
    :raises BadInput: for what cannot be taken, each problem at its field.
    """
    by.require(Permission.CONFERENCE_REGISTER)
    if not tells:
        require_loader(by)
    if address:
        BEGUN.require_left(origin_of(address))
        BEGUN.count(origin_of(address))
    if _sent_again(conference, delegate.email):
        raise RegisteredAlready(
            N_("%(address)s is registered for this conference already. A new link to it was sent there; the old one has ended."),
            address=delegate.email.strip(),
        )  # fmt: skip
    try:
        return _register(conference, delegate, on=on, at=at, by=by, tells=tells)
    except IntegrityError:
        # The same form twice in one moment.
        raise RegisteredAlready(
            N_("%(address)s is registered for this conference already. A new link to it was sent there; the old one has ended."),
            address=delegate.email.strip(),
        ) from None  # fmt: skip


@transaction.atomic
def _sent_again(conference: Conference, email: str) -> bool:
    found = Delegate.objects.select_for_update().filter(
        conference=conference, email__iexact=email.strip(), status=DelegateStatus.REGISTERED
    ).exclude(email="").first()  # fmt: skip
    if found is None:
        return False
    secret, found.secret_digest = new_secret()
    found.save(update_fields=["secret_digest"])
    send_link(found, link_of(secret))
    return True


@transaction.atomic
def _register(
    conference: Conference, draft: DelegateDraft, *, on: date, at: datetime, by: Actor, tells: bool
) -> Registered:
    # Whoever registers holds the conference, so that the last place is given once.
    conference = Conference.objects.select_for_update().get(pk=conference.pk)
    _require_open(conference, on)
    given = _checked(conference, draft)
    secret, digest = new_secret()
    (reference,) = give_numbers(model=Delegate, prefix="DLG", days=[conference.starts_on], gate=Conference)
    delegate = Delegate(
        reference=reference, status=DelegateStatus.REGISTERED, conference=conference, organisation=draft.organisation,
        comes_from=draft.comes_from.strip(), country=draft.country, name=draft.name.strip(), latin_name=draft.latin_name.strip(),
        email=draft.email.strip().lower(), language=draft.language, card=_free_card(conference), secret_digest=digest,
        registered_at=at, listed_at=at if draft.agrees_to_be_listed else None,
    )  # fmt: skip
    if draft.key is not None:
        delegate.pk = draft.key
    delegate.save(force_insert=True)
    _keep(delegate, given)
    log.record("conferences.delegate_registered", by=as_delegate(delegate, by), subject=delegate)
    if tells:
        send_link(delegate, link_of(secret))
    return Registered(delegate, secret)


def recognise_delegate(*, secret: str, by: Actor) -> tuple[Actor, Delegate]:
    """Who came with the link, able to write that registration. :raises NoSuchDelegate: if it is unknown, or was emptied."""
    found = (
        Delegate.objects.select_related("conference").filter(secret_digest=digest_of(secret), emptied_at=None).first()
    )
    if found is None:
        raise NoSuchDelegate(
            N_("This link is unknown or no longer works. Register again with the same address for a new one.")
        )
    return as_delegate(found, by), found


@transaction.atomic
def change_listing(*, delegate: Delegate, is_listed: bool, at: datetime, by: Actor) -> Delegate:
    """Agree to stand on the list of participants, or take that back."""
    by.require(Permission.DELEGATE_FILL, on=delegate)
    delegate = Delegate.objects.select_for_update().get(pk=delegate.pk)
    delegate.listed_at = (delegate.listed_at or at) if is_listed else None
    delegate.save(update_fields=["listed_at"])
    log.record("conferences.listing_changed", by=by, subject=delegate)
    return delegate


@transaction.atomic
def withdraw_delegate(*, delegate: Delegate, on: date, by: Actor) -> Delegate:
    """
    Not to come after all; the place is free.

    :raises WrongMoment: if it is taken back already, or the delegate is there.
    """
    by.require(Permission.DELEGATE_FILL, on=delegate)
    delegate = Delegate.objects.select_for_update().get(pk=delegate.pk)
    if delegate.scans.exists():
        raise WrongMoment(N_("You are at the conference already; your registration stays."))
    move(delegate, to=DelegateStatus.WITHDRAWN, on=on, by=by)
    delegate.listed_at = None
    delegate.save(update_fields=["listed_at"])
    log.record("conferences.delegate_withdrawn", by=by, subject=delegate)
    return delegate


def _require_open(conference: Conference, on: date) -> None:
    registration = Registration.objects.filter(conference=conference).first()
    if registration is None or on < registration.opens_on:
        raise NotOpen(N_("Registration for %(conference)s is not open yet."), conference=conference.reference)
    if on >= registration.closes_before:
        raise NotOpen(
            N_("Registration for %(conference)s is over. Ask the secretariat."), conference=conference.reference
        )
    taken = conference.delegates.filter(status=DelegateStatus.REGISTERED).count()
    if registration.places is not None and taken >= registration.places:
        raise IsFull(
            N_("All %(places)s places of %(conference)s are taken."),
            places=registration.places,
            conference=conference.reference,
        )


def _checked(conference: Conference, draft: DelegateDraft) -> list[Given]:
    problems = []
    if not draft.name.strip() or len(draft.name) > 150:
        problems.append(Problem(N_("Write your name as it shall stand on the name card."), column="name"))
    if len(draft.latin_name) > 150 or not draft.latin_name.strip().isascii():
        problems.append(Problem(N_("Write your name in Latin letters, as in your passport."), column="latin_name"))
    try:
        validate_email(draft.email.strip())
    except ValidationError:
        problems.append(Problem(N_("Write an e-mail address that reaches you."), column="email"))
    if draft.language not in dict(settings.LANGUAGES):
        problems.append(Problem(N_("Choose the language in which we shall write to you."), column="language"))
    if draft.organisation is None and not draft.comes_from.strip():
        problems.append(Problem(N_("Say where you come from: a member, or another organisation."), column="comes_from"))
    questions = conference.questions.filter(under=None).prefetch_related("parts")
    given: list[Given] = []
    try:
        given = read_answers(cast(Any, questions), draft.answers)
    except BadInput as wrong:
        problems += wrong.problems
    answered = {each.question.code for each in given if not each.is_empty}
    told = {each.column for each in problems}
    problems += [
        Problem(N_("Please answer this."), column=each.code)
        for each in questions
        if each.need == "required" and each.code not in answered | told
    ]
    if problems:
        raise BadInput(problems)
    return [each for each in given if not each.is_empty]


def _keep(delegate: Delegate, given: Sequence[Given]) -> None:
    for each in given:
        question = cast(RegistrationPart, each.question)
        answer = DelegateAnswer.objects.create(delegate=delegate, question=question, text=each.text)
        DelegateChoice.objects.bulk_create(
            DelegateChoice(answer=answer, option=cast(RegistrationPart, option)) for option in each.options
        )


def _free_card(conference: Conference) -> str:
    while conference.delegates.filter(card=(card := new_card_code())).exists():
        continue
    return card
