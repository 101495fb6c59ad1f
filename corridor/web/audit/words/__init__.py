"""
What an event of the log is called, and who is meant by a label that is no account's. A contract refuses an event that has no words here
(tests/contracts/test_event_words.py).
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import agreeing, conferring, house, members, people, teaching

EVENT_WORDS: dict[str, str | Promise] = {
    **house.WORDS,
    **members.WORDS,
    **people.WORDS,
    **agreeing.WORDS,
    **conferring.WORDS,
    **teaching.WORDS,
}
# Labels that no account bears: whoever acts without one.
LABEL_WORDS: dict[str, str | Promise] = {
    "system": _("The product itself"),
    "command line": _("The command line"),
    "visitor": _("Somebody without an account"),
}


def event_words(event: str) -> str:
    """The words of an event in the reader's language; of one that nobody knows any more, its code."""
    return str(EVENT_WORDS.get(event, event))


def who_words(label: str) -> str:
    """Who did it: the name of an account, or in words whoever acts without one."""
    return str(LABEL_WORDS.get(label, label))
