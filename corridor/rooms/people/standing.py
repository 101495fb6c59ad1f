"""The human being behind an account: asked before anyone is recognised, so nobody asks yet."""

from typing import NamedTuple
from uuid import UUID

from django.db import connection

from corridor.foundations.access import Grant, Role
from corridor.foundations.accounts.models import User

from .models import Person

# The record with the account, what was merged into it, and what was merged into that: each step by its index.
_RECORDS = """
WITH RECURSIVE records (id, user_id) AS (
    SELECT id, user_id FROM people_person WHERE user_id = %s
    UNION
    SELECT gone.id, gone.user_id FROM records CROSS JOIN people_person AS gone WHERE gone.merged_into_id = records.id
)
SELECT id, user_id FROM records
"""


class Standing(NamedTuple):
    """The person's record that stays, if there is one, and the grants to see one's own records, merged ones too."""

    person_id: UUID | None
    grants: frozenset[Grant]


def standing_of(*, user: User) -> Standing:
    """
    One statement, however many merges deep. A record with an account is never merged into another (see merge_persons), so it is the one that
    stays.
    """
    account = Person._meta.get_field("user").get_db_prep_value(user.pk, connection)
    rows = {each.pk: each.user_id for each in Person.objects.raw(_RECORDS, [account])}
    person_id = next((key for key, held in rows.items() if held == user.pk), None)
    return Standing(person_id, frozenset(Grant(Role.LEARNER, ("person", key)) for key in rows))
