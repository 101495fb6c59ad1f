"""
What a link opened is joined to an account: an act of its holder, signed in, confirmed by a code to the address in the record.

Nobody takes over what is somebody else's: a record that has an account keeps it, and an account stands with one record.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor
from corridor.foundations.accounts.models import User
from corridor.foundations.audit import log
from corridor.foundations.secret_links import new_code
from corridor.kernel.errors import AccessDenied
from corridor.kernel.wording import N_
from corridor.rooms.people.actions.registering import join_own_account
from corridor.rooms.people.letters import address_of
from corridor.rooms.people.models import Person
from corridor.rooms.people.records import records_of
from corridor.rooms.people.refusals import AccountTaken

from .. import holder_letters as letters
from ..models import HolderLink
from ..refusals import NoAddress, NotTheirs
from .opening import CODES_SENT, come_back


@transaction.atomic
def send_joining_code(*, key: UUID, at: datetime, by: Actor) -> str:
    """
    A code to the e-mail address in the record, to confirm that the account of whoever asks is joined to it. Return where it went.

    :raises AccessDenied: for who is not signed in. :raises HolderLinkOver: as ``come_back``. :raises TooManyAttempts: after five in an hour.
    :raises NotTheirs: as ``join_to_account``. :raises NoAddress: where the record has no address.
    """
    link, _holder = come_back(key=key, at=at, by=by)
    user, person = _both(link, by)
    address = address_of(person)
    if not address:
        raise NoAddress(
            N_("Your record has no e-mail address, so nothing confirms that it is you. Ask your site to write one down, or to invite you.")
        )  # fmt: skip
    CODES_SENT.require_left(link.pk)
    CODES_SENT.count(link.pk)
    code = new_code()
    letters.give_code(link, code, what_for=letters.joining(user), at=at)
    letters.send_code(link, code, to=address, at=at)
    log.record("credentials.holder_code_sent", by=by, subject=link.credential)
    return address


def join_to_account(*, key: UUID, code: str, at: datetime, by: Actor) -> HolderLink:
    """
    From now on the certificates, and the record with which they stand, are those of the account that is signed in.

    :raises AccessDenied: for who is not signed in. :raises HolderLinkOver: as ``come_back``. :raises WrongHolderCode: without the code.
    :raises NotTheirs: if the record has another account, or the account another record. :raises TooManyAttempts: after five wrong codes.
    """
    link, holder = come_back(key=key, at=at, by=by)
    user, person = _both(link, by)
    letters.require_code(link, code, what_for=letters.joining(user), at=at)
    with transaction.atomic():
        held = HolderLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
        held.credential = link.credential
        try:
            join_own_account(person=person, user=User.objects.get(pk=user), by=holder)
        except AccountTaken:
            raise _not_theirs() from None
        held.joined_at, held.code_digest, held.code_expires_at = at, "", None
        # What the link opened closes: from now on the holder signs in.
        held.ended_at = at
        held.save(update_fields=["joined_at", "ended_at", "code_digest", "code_expires_at"])
        log.record("credentials.joined_to_account", by=by, subject=held.credential)
    return held


def _both(link: HolderLink, by: Actor) -> tuple[UUID, Person]:
    if by.user_id is None:
        raise AccessDenied(N_("Sign in first: it is your account to which the certificates are joined."))
    person = records_of(link.credential.enrolment.person)[0]
    own = Person.objects.filter(user=by.user_id).values_list("pk", flat=True).first()
    if person.user_id is not None or (own is not None and own != person.pk):
        raise _not_theirs()
    return by.user_id, person


def _not_theirs() -> NotTheirs:
    return NotTheirs(
        N_(
            "These certificates stand with a record that has an account already, or your account with another record. "
            "Ask the secretariat: it joins two records of one person, and nobody else does."
        )
    )
