"""Letters to applicants that could not be sent: tried again, or settled by other means."""

from datetime import datetime
from functools import partial

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.errors import WrongMoment
from corridor.kernel.wording import N_

from ..mailing import send_letter
from ..models import Letter, LetterMail


@transaction.atomic
def send_letter_again(*, letter: Letter, at: datetime, by: Actor) -> Letter:
    """Try once more, five times in all as with a new letter. :raises WrongMoment: if it did not fail."""
    held = _failed(letter, by)
    held.mail, held.attempts, held.held_until = LetterMail.WAITING, 0, None
    held.save(update_fields=["mail", "attempts", "held_until"])
    log.record("members.letter_sent_again", by=by, subject=held.application)
    transaction.on_commit(partial(send_letter, held.pk, at=at))
    return held


@transaction.atomic
def settle_letter(*, letter: Letter, by: Actor) -> Letter:
    """The applicant was told by other means; the letter stays on the page of the application. :raises WrongMoment: if it did not fail."""
    held = _failed(letter, by)
    held.mail = LetterMail.NOT_WANTED
    held.save(update_fields=["mail"])
    log.record("members.letter_settled", by=by, subject=held.application)
    return held


def _failed(letter: Letter, by: Actor) -> Letter:
    held = Letter.objects.select_for_update(of=("self",)).select_related("application").get(pk=letter.pk)
    by.require(Permission.APPLICATION_MANAGE, on=held.application)
    if held.mail != LetterMail.FAILED:
        raise WrongMoment(N_("This letter did not fail; there is nothing to send again."))
    return held
