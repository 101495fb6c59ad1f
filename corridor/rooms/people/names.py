"""Names of many persons at once, for lists that hold their keys alone."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext

from .models import Person, PersonName
from .naming import PersonCalled, called_in

AT_ONCE = 500


def names_of(person_ids: Iterable[UUID], *, language: str) -> dict[UUID, PersonCalled]:
    """What a reader of that language calls each person; one statement per 500. Whoever asks has made sure that the reader may know."""
    wanted = list(dict.fromkeys(person_ids))
    forms: dict[UUID, list[PersonName]] = {key: [] for key in wanted}
    for start in range(0, len(wanted), AT_ONCE):
        for form in PersonName.objects.filter(person__in=wanted[start : start + AT_ONCE]).order_by("pk"):
            forms[form.person_id].append(form)
    called = {key: called_in(names, language, otherwise="") for key, names in forms.items()}
    nameless = [key for key, name in called.items() if not name.name]
    if nameless:
        for key in Person.objects.filter(pk__in=nameless, erased_at__isnull=False).values_list("pk", flat=True):
            called[key] = PersonCalled(gettext("Erased person"), "")
    return called
