"""What the log says, in words; and who did a thing, wherever its history stands."""

from django import template

from corridor.foundations.lifecycles import own_reasons
from corridor.web.audit import words

register = template.Library()


@register.filter
def event_words(event: str) -> str:
    """{{ row.event|event_words }}: what happened; the code itself where nobody knows it any more."""
    return words.event_words(event)


@register.filter
def who_words(label: str) -> str:
    """{{ row.by|who_words }}: the account, or in words whoever acts without one."""
    return words.who_words(label)


@register.filter
def reason_words(reason: str) -> str:
    """{{ change.reason|reason_words }}: what the product wrote itself in the reader's language; the words of a person as they are."""
    return own_reasons.in_words(reason)
