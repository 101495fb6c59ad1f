"""The applicant's own steps: begin, fill in, hand in, submit, withdraw. Each is one small write, so that a weak network loses one at most."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.documents.receiving import Upload, receive
from corridor.foundations.lifecycles.moving import move, move_all
from corridor.foundations.lifecycles.numbering import give_numbers
from corridor.foundations.secret_links import digest_of, new_secret
from corridor.kernel.errors import BadInput, Problem, WrongMoment
from corridor.kernel.wording import N_

from ..answering import sift_answers
from ..applicants import FILLING_LASTS, applicant, expires, link_of, origin_of, the_house
from ..application_drafts import Contact
from ..application_refusals import NoSuchApplication, TooManyBegun
from ..letters import send_link, write_letter
from ..lifecycle import APPLICATION, ApplicationStatus, ConditionStatus, MembershipStatus
from ..models import (
    Alliance,
    Answer,
    AnswerChoice,
    Application,
    DocumentAsked,
    DocumentHandedIn,
    FormPart,
    FormVersion,
    LetterKind,
)
from ..submitting import asked_of, draft_of, former_member, may_be_withdrawn, open_conditions, refuse_incomplete
from .memberships import move_membership
from .moderating import propose_organisation

MOST_AN_HOUR = 10
WHILE_CONDITIONS_ARE_OPEN = (ApplicationStatus.APPROVED, ApplicationStatus.WITH_CONDITIONS)
BEFORE_THE_COUNCIL = (ApplicationStatus.DRAFT, ApplicationStatus.SUBMITTED, ApplicationStatus.IN_REVIEW)


class BegunApplication(NamedTuple):
    application: Application
    # Sent to the contact and shown once; nobody can read it again.
    secret: str


@transaction.atomic
def start_application(
    *, kind: str, contact: Contact, at: datetime, on: date, by: Actor, former: str = "", address: str = ""
) -> BegunApplication:
    """
    Begin an application by the form of that day, and send its contact the link. ``former`` is the reference of a member that comes back;
    ``address`` is whence it comes (only a fingerprint is kept, to count).

    :raises TooManyBegun: if more than ten were begun from there in an hour.
    :raises BadInput: if name, address or language are none. :raises NoSuchApplication: if that kind has no form.
    """
    by.require(Permission.APPLICATION_START)
    origin = origin_of(address)
    hour = Application.objects.filter(started_from=origin, started_at__gt=at - timedelta(hours=1))
    if origin and hour.count() >= MOST_AN_HOUR:
        raise TooManyBegun(N_("Many applications were begun from your network just now; try again in an hour."))
    _check(contact)
    forms = FormVersion.objects.filter(kind=kind, published_on__lte=on).order_by("-number")
    version = forms.first()
    if version is None:
        raise NoSuchApplication(N_("There is no form for applicants of this kind yet."))
    secret, digest = new_secret()
    (reference,) = give_numbers(model=Application, prefix="APL", days=[on], gate=Alliance)
    application = Application.objects.create(
        reference=reference, status=ApplicationStatus.DRAFT, version=version, contact_name=contact.name.strip(),
        contact_email=contact.email.strip(), language=contact.language, former_reference=former, secret_digest=digest,
        secret_expires_at=at + FILLING_LASTS, started_at=at, started_from=origin,
    )  # fmt: skip
    log.record("members.application_begun", by=applicant(application, by), subject=application)
    send_link(application, link_of(secret))
    return BegunApplication(application, secret)


def _check(contact: Contact) -> None:
    problems = []
    if not contact.name.strip() or len(contact.name) > 150:
        problems.append(Problem(N_("Say whom we may write to."), column="name"))
    try:
        validate_email(contact.email.strip())
    except ValidationError:
        problems.append(Problem(N_("Write an e-mail address that reaches you."), column="email"))
    if contact.language not in dict(settings.LANGUAGES):
        problems.append(Problem(N_("Choose the language in which we shall write to you."), column="language"))
    if problems:
        raise BadInput(problems)


@transaction.atomic
def send_link_again(*, reference: str, email: str, at: datetime, by: Actor) -> None:
    """
    Send the contact a new link; the old one ends. If reference and address do not belong together nothing happens, and nobody is told so:
    a stranger learns nothing by asking. At most one in five minutes.
    """
    by.require(Permission.APPLICATION_START)
    found = (
        Application.objects.select_for_update().filter(reference=reference, contact_email__iexact=email.strip()).first()
    )
    if found is None or (found.secret_expires_at - expires(found, at)) > -timedelta(minutes=5):
        return
    secret, found.secret_digest = new_secret()
    found.secret_expires_at = expires(found, at)
    found.save(update_fields=["secret_digest", "secret_expires_at"])
    log.record("members.application_link_sent", by=by, subject=found)
    send_link(found, link_of(secret))


def recognise_applicant(*, secret: str, at: datetime, by: Actor) -> Actor:
    """Who came with the link, able to fill in that application. :raises NoSuchApplication: if it is unknown or too old."""
    found = Application.objects.filter(secret_digest=digest_of(secret), secret_expires_at__gt=at).first()
    if found is None:
        raise NoSuchApplication(
            N_("This link is unknown or no longer works. Ask for a new one with the reference of your application.")
        )
    return applicant(found, by)


def save_section(
    *, application: Application, section: FormPart, given: Mapping[str, Sequence[str]], by: Actor
) -> Application:
    """
    Keep the answers of one section, by the codes of its questions, as far as they go. An empty answer takes an earlier one back.

    :raises BadInput: for answers that cannot be one; all the others are kept, so call it outside of a transaction.
    :raises WrongMoment: once it is submitted.
    """
    application, problems = _keep_section(application, section, given, by)
    if problems:
        raise BadInput(problems)
    return application


@transaction.atomic
def _keep_section(
    application: Application, section: FormPart, given: Mapping[str, Sequence[str]], by: Actor
) -> tuple[Application, list[Problem]]:
    by.require(Permission.APPLICATION_FILL, on=application)
    application = _held(application, ApplicationStatus.DRAFT)
    questions = list(FormPart.objects.filter(under=section, version=application.version_id).prefetch_related("parts"))
    answers, problems = sift_answers(questions, given)
    Answer.objects.bulk_create(
        [Answer(application=application, question=each.question, text=each.text) for each in answers],
        update_conflicts=True, unique_fields=["application", "question"], update_fields=["text"],
    )  # fmt: skip
    rows = {
        row.question_id: row for row in application.answers.filter(question__in=[each.question.pk for each in answers])
    }
    AnswerChoice.objects.filter(answer__in=rows.values()).delete()
    AnswerChoice.objects.bulk_create(
        [AnswerChoice(answer=rows[each.question.pk], option=option) for each in answers for option in each.options]
    )
    log.record("members.application_saved", by=by, subject=application, count=len(answers))
    return application, problems


@transaction.atomic
def hand_in_document(
    *, application: Application, asked: DocumentAsked, upload: Upload, on: date, at: datetime, by: Actor
) -> DocumentHandedIn:
    """
    Hand in a document, or a later version of it: once, however many questions and conditions ask for it. Conditions that are fulfilled by
    it count as handed in. What was accepted stays as it was looked at.

    :raises BadInput: if it is no file that is kept. :raises WrongMoment: if the application is over, did not ask for it, or it was accepted.
    """
    by.require(Permission.APPLICATION_FILL, on=application)
    application = _held(application, *BEFORE_THE_COUNCIL, *WHILE_CONDITIONS_ARE_OPEN)
    if not asked_of(application).filter(pk=asked.pk).exists():
        raise WrongMoment(N_("This application asks for no such document."))
    _refuse_accepted(application, asked)
    before = DocumentHandedIn.objects.select_for_update().filter(application=application, asked=asked).first()
    document = receive(upload, at=at, by=by, replaces=before.document if before else None)
    row, _is_new = DocumentHandedIn.objects.update_or_create(
        application=application, asked=asked, defaults={"document": document, "handed_in_at": at}
    )
    waiting = application.conditions.select_for_update().filter(document=asked, status__in=["open", "refused"])
    move_all(list(waiting), to=ConditionStatus.HANDED_IN, on=on, by=by)
    log.record("members.application_document_handed_in", by=by, subject=application)
    return row


def _refuse_accepted(application: Application, asked: DocumentAsked) -> None:
    states = set(application.conditions.filter(document=asked).values_list("status", flat=True))
    if ConditionStatus.ACCEPTED in states and states <= {ConditionStatus.ACCEPTED, ConditionStatus.WAIVED}:
        raise WrongMoment(
            N_("“%(document)s” was accepted and stays as it is; write to the secretariat if it has changed."),
            document=asked.said(application.language)[0],
        )


@transaction.atomic
def submit_application(*, application: Application, on: date, at: datetime, by: Actor) -> Application:
    """
    Hand the application to the alliance: its organisation is written down or found again and applies for membership, its conditions stand
    from that day, and a receipt is written.

    :raises Incomplete: with everything that is missing. :raises WrongMoment: if it was submitted before.
    :raises MembershipUnderWay: if the organisation has a membership that has not ended.
    """
    by.require(Permission.APPLICATION_FILL, on=application)
    application = _held(application, ApplicationStatus.DRAFT)
    refuse_incomplete(application)
    house = the_house(by)
    application.organisation = former_member(application) or propose_organisation(draft=draft_of(application), by=house)
    application.submitted_at = at
    application.secret_expires_at = expires(application, at)
    application.save(update_fields=["organisation", "submitted_at", "secret_expires_at"])
    move(application, to=ApplicationStatus.SUBMITTED, on=on, by=by)
    move_membership(organisation=application.organisation, to=MembershipStatus.APPLIED, on=on, by=house)
    open_conditions(application, on=on, by=by)
    log.record("members.application_submitted", by=by, subject=application)
    write_letter(application, LetterKind.RECEIPT, on=on, at=at)
    return application


@transaction.atomic
def withdraw_application(*, application: Application, on: date, by: Actor, reason: str = "") -> Application:
    """The applicant takes it back, as long as the organisation is no member by it. :raises WrongMoment: if it is over, or a membership began."""
    by.require(Permission.APPLICATION_FILL, on=application)
    application = (
        Application.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=application.pk)
    )
    if APPLICATION.may_become(application.status, ApplicationStatus.WITHDRAWN) and not may_be_withdrawn(application):
        raise WrongMoment(N_("The application led to a membership; a membership is ended, not the application for it."))
    move(application, to=ApplicationStatus.WITHDRAWN, on=on, by=by, reason=reason)
    if application.organisation is not None:
        move_membership(
            organisation=application.applicant(), to=MembershipStatus.WITHDRAWN, on=on, by=the_house(by), reason=reason
        )
    log.record("members.application_withdrawn", by=by, subject=application)
    return application


def _held(application: Application, *states: ApplicationStatus) -> Application:
    """The row, held until the commit, if it is in one of these states."""
    held = Application.objects.select_for_update(of=("self",)).select_related("version").get(pk=application.pk)
    if held.status not in states:
        raise WrongMoment(
            N_("%(application)s is “%(state)s”; this cannot be done any more."),
            application=held.reference,
            state=held.get_status_display(),
        )
    return held
