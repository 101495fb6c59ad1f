"""The name of a new account: the local part of its e-mail address, with a number where that is taken."""

import re
import unicodedata

from .models import User

_NOT_IN_A_NAME = re.compile(r"[^\w.@+-]+")
_LONGEST = 140


def free_name(address: str) -> str:
    """A user name that nobody has: ``khamla`` of khamla@example.org, then ``khamla-2``."""
    local = unicodedata.normalize("NFKC", address.partition("@")[0])
    name = _NOT_IN_A_NAME.sub("-", local).strip("-")[:_LONGEST] or "account"
    taken = set(User.objects.filter(username__istartswith=name).values_list("username", flat=True))
    lowered = {each.lower() for each in taken}
    number, found = 1, name
    while found.lower() in lowered:
        number += 1
        found = f"{name}-{number}"
    return found
