"""
Whether the page that a certificate's address opens says whose it is. The holder decides (purpose ``certificate_page``, docs/rules/my-data.md);
that it is genuine the page says in any case, and a file that the holder hands over holds the name as it was signed.
"""

from datetime import date

from corridor.foundations.access import Actor
from corridor.kernel.errors import AccessDenied
from corridor.kernel.wording import N_
from corridor.rooms.people.purposes import CERTIFICATE_PAGE
from corridor.rooms.people.queries import may_be_used

from ..models import Credential


class HolderNotNamed(AccessDenied):
    """The holder has not agreed that whoever has the address learns the name."""


def names_holder(*, credential: Credential, on: date, by: Actor) -> bool:
    """Whether this reader is told whose the certificate is: the holder, who may see it by office, and everybody once the holder agrees."""
    if Credential.objects.visible_to(by).filter(pk=credential.pk).exists():
        return True
    return is_named_to_all(credential=credential, on=on, by=by)


def is_named_to_all(*, credential: Credential, on: date, by: Actor) -> bool:
    """Whether everybody who has the address is told the name."""
    return may_be_used(person=credential.enrolment.person, purpose=CERTIFICATE_PAGE, on=on, by=by)


def require_named(*, credential: Credential, on: date, by: Actor) -> None:
    """:raises HolderNotNamed: for a file that holds the name, where ``names_holder`` does not hold."""
    if not names_holder(credential=credential, on=on, by=by):
        raise HolderNotNamed(
            N_(
                "The holder has not agreed that this address opens a file with their name. Ask the holder for the file; anybody can verify it here."
            )
        )
