"""What we write to delegates, each in their language, sent when the transaction is over."""

from django.utils import translation
from django.utils.translation import gettext

from corridor.kernel.wording import N_
from corridor.rooms.members.letters import send_on_commit

from .models import Delegate

LINK_SUBJECT = N_("Your registration %(reference)s")
LINK_BODY = N_(
    "You are registered for %(conference)s.\n\nYour name card, your letter for a visa and what you told us stand here:\n\n%(link)s\n\n"
    "This address is the key to it: whoever has it can read and change your registration."
)


def send_link(delegate: Delegate, link: str) -> None:
    """Send the key of a registration to its delegate; the text is kept nowhere."""
    with translation.override(delegate.language):
        titles = {each.language: each.text for each in delegate.conference.titles.all()}
        filled = {
            "reference": delegate.reference, "link": link,
            "conference": titles.get(delegate.language) or titles.get("en") or delegate.conference.reference,
        }  # fmt: skip
        send_on_commit(delegate.email, gettext(LINK_SUBJECT) % filled, gettext(LINK_BODY) % filled)
