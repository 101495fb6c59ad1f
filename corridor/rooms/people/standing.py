"""The human being behind an account: asked before anyone is recognised, so nobody asks yet."""

from typing import NamedTuple
from uuid import UUID

from corridor.foundations.access import Grant, Role
from corridor.foundations.accounts.models import User

from .models import Person


class Standing(NamedTuple):
    """The person's record that stays, if there is one, and the grants to see one's own records, merged ones too."""

    person_id: UUID | None
    grants: frozenset[Grant]


def standing_of(*, user: User) -> Standing:
    """One statement. A record with an account is never merged into another (see merge_persons), so it is the one that stays."""
    # Three questions in one statement: asked with OR, no index answers, and every page would read all persons.
    own, merged, merged_again = (
        Person.objects.filter(**{f"{by}user": user}).order_by().values_list("pk", "user_id")
        for by in ("", "merged_into__", "merged_into__merged_into__")
    )
    rows = dict(own.union(merged, merged_again).order_by())
    person_id = next((key for key, account in rows.items() if account == user.pk), None)
    return Standing(person_id, frozenset(Grant(Role.LEARNER, ("person", key)) for key in rows))
