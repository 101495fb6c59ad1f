"""The photo of a person for registers: kept while they agree to it, gone as soon as they do not."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.documents.forgetting import forget_documents
from corridor.foundations.documents.receiving import Upload, receive
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from ..fields import PersonField, require_field
from ..merging import same_person_ids
from ..models import Person, PersonPhoto
from ..portraits import as_portrait
from ..purposes import REGISTER_PHOTO
from ..queries.photos import may_have_photo
from ..refusals import ConsentNeeded


@transaction.atomic
def keep_photo(*, person: Person, upload: Upload, on: date, at: datetime, by: Actor) -> PersonPhoto:
    """
    Keep a photo of the person, in place of the one before, of which nothing stays.

    :raises ConsentNeeded: if the person has not agreed to it. :raises BadInput: for what is no photo; refuses as ``receive``.
    """
    by.require(Permission.PERSON_EDIT, on=person)
    require_field(PersonField.PHOTO, person, by=by)
    portrait = as_portrait(upload, reference=person.reference)
    held = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if not may_have_photo(person=held, on=on, by=by):
        raise ConsentNeeded(
            N_("%(person)s has not agreed to “%(purpose)s”."), person=person.reference, purpose=REGISTER_PHOTO
        )
    forget_photos(persons=[held.pk], by=by)
    made = PersonPhoto.objects.create(
        person=held, document=receive(portrait, at=at, by=by), kept_by=by.label, kept_at=at
    )  # fmt: skip
    log.record("people.photo_kept", by=by, subject=held)
    return made


@transaction.atomic
def take_photo_away(*, person: Person, by: Actor) -> None:
    """:raises NotFound: if there is none."""
    by.require(Permission.PERSON_EDIT, on=person)
    require_field(PersonField.PHOTO, person, by=by)
    held = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if not forget_photos(persons=[held.pk], by=by):
        raise NotFound(N_("No photo of %(person)s is kept."), person=person.reference)
    log.record("people.photo_taken_away", by=by, subject=held)


def forget_photos(*, persons: Collection[UUID], by: Actor) -> int:
    """Forget the photos on all records of these human beings, with their files. The caller has asked who may. Return how many there were."""
    keys = {key for several in same_person_ids(persons).values() for key in several}
    rows = PersonPhoto.objects.filter(person__in=keys)
    documents = list(rows.values_list("document_id", flat=True))
    rows.delete()
    return forget_documents(documents, by=by)
