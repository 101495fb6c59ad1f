"""The index of the search box follows the audit log: what was changed is looked up again, and written down as it is called now."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models, transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit.models import ChainEnd, Entry
from corridor.foundations.likeness.letters import latin_forms
from corridor.foundations.search.indexing import put
from corridor.foundations.search.models import Followed
from corridor.rooms.agreements.models import Agreement, AgreementText
from corridor.rooms.conferences.models import Announcement, AnnouncementTitle, Conference, ConferenceTitle
from corridor.rooms.curricula.models import Curriculum, VersionTitle
from corridor.rooms.members.models import Organisation, OrganisationName
from corridor.rooms.people.finding import write_name_keys
from corridor.rooms.people.merging import final_person_ids, same_person_ids
from corridor.rooms.people.models import Person, PersonName
from corridor.rooms.programmes.models import Programme, ProgrammeTitle
from corridor.rooms.sites.models import Site, SiteName
from corridor.rooms.training.models import Cohort

AT_ONCE = 500
# Readings of a name in Latin letters that are indexed beside it.
MOST_READINGS = 3


@dataclass(frozen=True)
class Named:
    """A kind of thing that is found by its reference, and by rows that name it: (model, way to the thing, field)."""

    model: type[models.Model]
    rows: tuple[tuple[type[models.Model], str, str], ...] = ()


KINDS: dict[str, Named] = {
    "member": Named(Organisation, ((OrganisationName, "organisation_id", "name"),)),
    "person": Named(Person, ((PersonName, "person_id", "full_name"),)),
    "site": Named(Site, ((SiteName, "site_id", "text"),)),
    "programme": Named(Programme, ((ProgrammeTitle, "programme_id", "text"),)),
    "agreement": Named(Agreement, ((AgreementText, "agreement_id", "title"),)),
    "announcement": Named(Announcement, ((AnnouncementTitle, "announcement_id", "text"),)),
    "conference": Named(Conference, ((ConferenceTitle, "conference_id", "text"),)),
    "curriculum": Named(Curriculum, ((VersionTitle, "version__curriculum_id", "text"),)),
    "cohort": Named(Cohort),
}
KIND_OF = {named.model._meta.label: kind for kind, named in KINDS.items()}


def follow_log(*, by: Actor, at_most: int = 5_000) -> int:
    """
    Write again what the sealed entries after the last time are about. Return how many entries were read; call again while it is ``at_most``.

    The place in the chain is followed, not the entry's number: an action that commits late gets a late place.
    """
    by.require(Permission.SEARCH_INDEX)
    with transaction.atomic():
        Followed.objects.get_or_create(pk=1)
        followed = Followed.objects.select_for_update().get(pk=1)
        entries = Entry.objects.filter(place__gt=followed.place).order_by("place")[:at_most]
        read: list[tuple[Any, str]] = list(entries.values_list("place", "subject"))
        touched: dict[str, set[UUID]] = defaultdict(set)
        for _place, subject in read:
            label, _, key = subject.partition(":")
            if label in KIND_OF:
                touched[KIND_OF[label]].add(UUID(key))
        for kind, keys in touched.items():
            _write(kind, keys)
        if read:
            followed.place = read[-1][0]
            followed.save(update_fields=["place"])
    return len(read)


def rebuild_index(*, by: Actor) -> dict[str, int]:
    """
    Write the whole index again, a few hundred things at a time, and the letters by which the list of persons is searched; for a restored or
    imported database, and after a change in what is written alike. Return the forms by kind.
    """
    by.require(Permission.SEARCH_INDEX)
    end = ChainEnd.objects.filter(pk=1).values_list("place", flat=True).first()
    Followed.objects.update_or_create(pk=1, defaults={"place": end or 0})
    forms = {}
    for kind, named in KINDS.items():
        rows: Any = named.model._default_manager
        keys = list(rows.order_by("pk").values_list("pk", flat=True))
        forms[kind] = sum(_write(kind, keys[start : start + AT_ONCE]) for start in range(0, len(keys), AT_ONCE))
    persons = Person.objects.order_by("pk")
    keys = list(persons.values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        with transaction.atomic():
            write_name_keys(persons.filter(pk__in=keys[start : start + AT_ONCE]))
    return forms


def _write(kind: str, keys: Iterable[UUID]) -> int:
    if kind == "person":
        return _write_persons(list(keys))
    return put(kind, _names(kind, list(keys)))


def _write_persons(keys: list[UUID]) -> int:
    """A merged record is found as the one that stays."""
    final = final_person_ids(keys)
    records = same_person_ids(final.values())
    names = _names("person", [key for same in records.values() for key in same])
    united: dict[UUID, list[str]] = {key: [] for key in keys}
    for stays, same in records.items():
        united[stays] = [form for key in same for form in names.get(key, [])]
        united |= {key: [] for key in same if key != stays}
    return put("person", united)


def _names(kind: str, keys: list[UUID]) -> dict[UUID, list[str]]:
    named = KINDS[kind]
    found: dict[UUID, list[str]] = {key: [] for key in keys}
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        things: Any = named.model._default_manager
        for key, reference in things.filter(pk__in=some).values_list("pk", "reference"):
            found[key].append(reference)
        for model, way, field in named.rows:
            rows: Any = model._default_manager
            for key, name in rows.filter(**{f"{way}__in": some}).values_list(way, field):
                found[key] += [name, *_readings(name)]
    return found


def _readings(name: str) -> list[str]:
    return [] if name.isascii() else sorted(latin_forms(name), key=lambda form: (len(form), form))[:MOST_READINGS]
