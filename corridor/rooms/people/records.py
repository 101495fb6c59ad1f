"""All records of one human being."""

from .merging import same_person_ids
from .models import Person


def records_of(person: Person) -> tuple[Person, ...]:
    """All records of that human being with ``names`` read, the one that stays first."""
    keys = same_person_ids([person.pk])[person.pk]
    found = list(Person.objects.filter(pk__in=keys).prefetch_related("names").order_by("reference"))
    return tuple(sorted(found, key=lambda each: (each.merged_into_id is not None, each.reference)))
