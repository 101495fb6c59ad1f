"""Letters for a visa: asked for by a delegate, decided by the secretariat, and the passport's number forgotten after."""

from datetime import date, datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.lifecycles.moving import move
from corridor.foundations.vocabularies.countries import is_country
from corridor.kernel.errors import BadInput, Problem, WrongMoment
from corridor.kernel.wording import N_

from ..lifecycle import DelegateStatus, VisaLetterStatus
from ..models import Delegate, VisaLetter


@transaction.atomic
def ask_for_visa_letter(
    *, delegate: Delegate, passport: str, nationality: str, born_on: date, at: datetime, by: Actor
) -> VisaLetter:
    """
    Ask for a letter of invitation.

    :raises BadInput: without what the letter must say. :raises WrongMoment: if one was asked for, or the delegate does not come.
    """
    by.require(Permission.DELEGATE_FILL, on=delegate)
    delegate = Delegate.objects.select_for_update().get(pk=delegate.pk)
    if delegate.status != DelegateStatus.REGISTERED or delegate.conference.ends_before <= at.date():
        raise WrongMoment(N_("A letter is written for a conference to come, to which you are registered."))
    if VisaLetter.objects.filter(delegate=delegate).exists():
        raise WrongMoment(N_("You have asked for a letter already; its state stands on this page."))
    number, problems = "".join(passport.split()).upper(), []
    if not 5 <= len(number) <= 20 or not (number.isascii() and number.isalnum()):
        problems.append(Problem(N_("Write the number of the passport: letters and digits."), column="passport"))
    if not is_country(nationality):
        problems.append(Problem(N_("Choose a country or region."), column="nationality"))
    if born_on >= at.date():
        problems.append(Problem(N_("That day is still to come."), column="born_on"))
    if not delegate.latin_name:
        problems.append(Problem(N_("Your registration has no name in Latin letters; a letter needs it."), column=""))
    if problems:
        raise BadInput(problems)
    letter = VisaLetter.objects.create(
        delegate=delegate,
        status=VisaLetterStatus.ASKED,
        passport=number,
        nationality=nationality,
        born_on=born_on,
        asked_at=at,
    )
    log.record("conferences.visa_letter_asked", by=by, subject=delegate)
    return letter


@transaction.atomic
def decide_on_visa_letter(
    *, letter: VisaLetter, to: VisaLetterStatus, on: date, by: Actor, reason: str = ""
) -> VisaLetter:
    """
    Issue the letter, or refuse it with a reason; refused, the passport's number goes at once.

    :raises WrongMoment: if it is decided. :raises BadInput: for a refusal without a reason.
    """
    by.require(Permission.CONFERENCE_PLAN)
    letter = VisaLetter.objects.select_for_update().get(pk=letter.pk)
    if to == VisaLetterStatus.REFUSED and not reason.strip():
        raise BadInput([Problem(N_("Say why; the delegate reads it."), column="reason")])
    move(letter, to=to, on=on, by=by, reason=reason.strip())
    if to == VisaLetterStatus.REFUSED:
        _empty([letter])
    log.record("conferences.visa_letter_decided", by=by, subject=letter.delegate)
    return letter


@transaction.atomic
def forget_passports(*, on: date, by: Actor) -> int:
    """Empty what was asked for letters of conferences that are over. Return how many there were."""
    by.require(Permission.CONFERENCE_PLAN)
    over = list(
        VisaLetter.objects.select_for_update(of=("self",))
        .filter(delegate__conference__ends_before__lte=on)
        .exclude(passport="", born_on__isnull=True)
        .order_by("pk")
    )
    _empty(over)
    log.record_each("conferences.passport_forgotten", by=by, subjects=over)
    return len(over)


def _empty(letters: list[VisaLetter]) -> None:
    VisaLetter.objects.filter(pk__in=[each.pk for each in letters]).update(passport="", nationality="", born_on=None)
