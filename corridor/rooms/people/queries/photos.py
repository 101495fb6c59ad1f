"""Photos of persons: the own one, and those that a later room shows to whom it may."""

from collections.abc import Iterable
from datetime import date
from itertools import batched
from uuid import UUID

from corridor.foundations.access import Actor
from corridor.foundations.documents.queries import bytes_of
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from ..fields import PersonField, fields_seen
from ..merging import same_person_ids
from ..models import Person, PersonPhoto
from ..purposes import REGISTER_PHOTO
from .parts import persons_who_agree
from .purposes import is_in_force

AT_ONCE = 500


def may_have_photo(*, person: Person, on: date, by: Actor) -> bool:
    """Whether the person agrees to it on that day. No other ground is enough for a face, whatever was written down as the purpose's."""
    return person.pk in _who_agree([person.pk], on=on, by=by)


def is_photo_asked(*, on: date, by: Actor) -> bool:
    """Whether the purpose is written down, so that anybody could agree to it."""
    return is_in_force(code=REGISTER_PHOTO, on=on, by=by)


def photos_of(*, persons: Iterable[UUID], on: date, by: Actor) -> dict[UUID, PersonPhoto]:
    """
    The photos of those of the persons who agree to it that day; of two records of one human being, the latest. The caller has asked whether
    the reader may see them.
    """
    records = same_person_ids(_who_agree(persons, on=on, by=by))
    found: dict[UUID, PersonPhoto] = {}
    for keys in batched(sorted({key for several in records.values() for key in several}), AT_ONCE):
        rows = PersonPhoto.objects.filter(person__in=keys).select_related("document")
        found |= {each.person_id: each for each in rows}
    latest = {
        key: max((found[each] for each in several if each in found), key=lambda each: each.kept_at, default=None)
        for key, several in records.items()
    }
    return {key: each for key, each in latest.items() if each is not None}


def has_photo(*, person: Person, by: Actor) -> bool:  # noqa: ARG001 (who keeps it knows that it is there, without seeing it)
    return PersonPhoto.objects.filter(person__in=same_person_ids([person.pk])[person.pk]).exists()


def get_own_photo(*, person: Person, by: Actor) -> PersonPhoto:
    """The photo of oneself. :raises NotFound: if there is none, or it is somebody else's."""
    rows = PersonPhoto.objects.filter(person__in=same_person_ids([person.pk])[person.pk]).select_related("document")
    found = rows.order_by("kept_at").last() if PersonField.PHOTO in fields_seen(person, by=by) else None
    if found is None:
        raise NotFound(N_("There is no such photo."))
    return found


def bytes_of_photo(*, photo: PersonPhoto, by: Actor) -> bytes:  # noqa: ARG001 (asked before)
    """The caller has asked who may see it."""
    return bytes_of(photo.document)


def _who_agree(persons: Iterable[UUID], *, on: date, by: Actor) -> frozenset[UUID]:
    return (
        persons_who_agree(persons=persons, purpose=REGISTER_PHOTO, on=on, by=by)
        if is_in_force(code=REGISTER_PHOTO, on=on, by=by)
        else frozenset()
    )
