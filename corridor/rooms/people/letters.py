"""Where a human being is written to."""

from django.db.models import F

from .merging import same_person_ids
from .models import ContactChannel, ContactKind, ContactUse, Person


def address_of(person: Person) -> str:
    """The e-mail address that their records say to try first; empty where they have none."""
    rows = ContactChannel.objects.filter(
        person__in=same_person_ids([person.pk])[person.pk], kind=ContactKind.EMAIL, ended_on__isnull=True
    )
    found = sorted(
        rows.order_by(F("confirmed_on").desc(nulls_last=True), "value"), key=lambda each: each.use != ContactUse.FIRST
    )
    return found[0].value if found else ""
