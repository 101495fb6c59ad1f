"""Cohorts and who is in them on a day as the records of a package: the same people as on the pages of these cohorts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from corridor.foundations.access import Actor
from corridor.foundations.vocabularies.languages import FALLBACK, choose
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation
from corridor.rooms.people.merging import final_person_ids
from corridor.rooms.people.models import NameForm, Person, PersonName
from corridor.rooms.programmes.models import Programme
from corridor.rooms.sites.models import Site
from corridor.rooms.training.models import Cohort
from corridor.rooms.training.queries import list_cohorts, places_on, trainers_of

from .flattening import EXTRA_LANGUAGE, EXTRA_NAME, EXTRA_ROMANISED
from .naming import parted

NARROWS = ("site", "cohort", "state", "on")
STUDENT, TEACHER = "student", "teacher"

type Record = dict[str, str]


@dataclass(frozen=True, slots=True)
class _Part:
    """A place or an appointment, by its key: who takes part in which cohort, as what, from when."""

    key: UUID
    role: str
    cohort: Cohort
    person: UUID
    begins_on: date | None = None


class Roster:
    """Everything that a package of some cohorts says, read in sets; what is left out has no name or was erased."""

    def __init__(self, cohorts: Sequence[Cohort], *, on: date, by: Actor) -> None:
        self.cohorts = cohorts
        self.places = places_on(cohorts=cohorts, on=on, by=by)
        self.trainers = trainers_of(cohorts=cohorts, on=on, by=by)
        keys = [place.enrolment.person_id for place in self.places] + [each.person_id for each in self.trainers]
        self.final = final_person_ids(keys)
        rows = Person.objects.filter(erased_at__isnull=True).prefetch_related("names").in_bulk(set(self.final.values()))
        self.persons = {key: person for key, person in rows.items() if _form(person, NameForm.OWN)}
        sites = Site.objects.filter(pk__in={cohort.site_id for cohort in cohorts}).order_by("reference")
        self.sites = {site.pk: site for site in sites.prefetch_related("names")}
        hosts = Organisation.objects.filter(pk__in={site.host_id for site in self.sites.values()}).order_by("reference")
        self.hosts = list(hosts.prefetch_related("names"))
        programmes = Programme.objects.filter(pk__in={cohort.programme_id for cohort in cohorts}).order_by("reference")
        self.programmes = list(programmes.prefetch_related("titles"))

    def records(self) -> Iterator[tuple[str, str, Record]]:
        """Each record with its table, and the reference of the person whom it is about."""
        for name, rows in (
            ("academicSessions", self._terms()), ("orgs", self._owners()), ("courses", self._taught()),
            ("classes", self._groups()),
        ):  # fmt: skip
            yield from ((name, "", row) for row in rows)
        enrolled = list(self._enrolled())
        parts: dict[UUID, list[tuple[UUID, str]]] = defaultdict(list)
        for person, site, row in enrolled:
            if (site, row["role"]) not in parts[person.pk]:
                parts[person.pk].append((site, row["role"]))
        for key, held in parts.items():
            person = self.persons[key]
            yield "users", person.reference, _user(person, held)
            yield from (("roles", person.reference, row) for row in _roles(person, held))
        yield from (("enrollments", person.reference, row) for person, _site, row in enrolled)

    def _terms(self) -> Iterable[Record]:
        spans = dict.fromkeys((cohort.starts_on, cohort.ends_before) for cohort in self.cohorts)
        for starts_on, ends_before in sorted(spans):
            last = ends_before - timedelta(days=1)
            yield {
                "sourcedId": _term(starts_on, ends_before), "title": f"{starts_on} – {last}", "type": "term",
                "startDate": str(starts_on), "endDate": str(ends_before), "schoolYear": str(last.year),
            }  # fmt: skip

    def _owners(self) -> Iterable[Record]:
        for host in self.hosts:
            yield {
                "sourcedId": str(host.pk), "name": host.display_name(FALLBACK), "type": "local", "identifier": host.reference,
            }  # fmt: skip
        for site in self.sites.values():
            called = choose({name.language: name.text for name in site.names.all()}, FALLBACK)[0]
            yield {
                "sourcedId": str(site.pk), "name": called or site.reference, "type": "school", "identifier": site.reference,
                "parentSourcedId": str(site.host_id),
            }  # fmt: skip

    def _taught(self) -> Iterable[Record]:
        at: dict[UUID, str] = {}
        for cohort in self.cohorts:
            at.setdefault(cohort.programme_id, str(self.sites[cohort.site_id].host_id))
        for programme in self.programmes:
            title = choose({each.language: each.text for each in programme.titles.all()}, FALLBACK)[0]
            yield {
                "sourcedId": str(programme.pk), "title": title or programme.reference, "courseCode": programme.reference,
                "orgSourcedId": at[programme.pk],
            }  # fmt: skip

    def _groups(self) -> Iterable[Record]:
        for cohort in self.cohorts:
            yield {
                "sourcedId": str(cohort.pk), "title": cohort.reference, "courseSourcedId": str(cohort.programme_id),
                "classCode": cohort.reference, "classType": "scheduled", "location": self.sites[cohort.site_id].city,
                "schoolSourcedId": str(cohort.site_id), "termSourcedIds": _term(cohort.starts_on, cohort.ends_before),
            }  # fmt: skip

    def _enrolled(self) -> Iterator[tuple[Person, UUID, Record]]:
        """Who, at which site, and the record of the place; of a merged person the one who stays, and in a cohort once."""
        seen: set[tuple[UUID, UUID, str]] = set()
        led: set[UUID] = set()
        for part in self._parts():
            cohort, person = part.cohort, self.persons.get(self.final[part.person])
            if person is None or (cohort.pk, person.pk, part.role) in seen:
                continue
            seen.add((cohort.pk, person.pk, part.role))
            leads = part.role == TEACHER and cohort.pk not in led
            led |= {cohort.pk} if leads else set()
            record = {
                "sourcedId": str(part.key), "classSourcedId": str(cohort.pk), "schoolSourcedId": str(cohort.site_id),
                "userSourcedId": str(person.pk), "role": part.role, "primary": "true" if leads else "false",
            }  # fmt: skip
            if part.begins_on is not None:
                record["beginDate"] = str(part.begins_on)
            yield person, cohort.site_id, record

    def _parts(self) -> Iterator[_Part]:
        for place in self.places:
            held = place.enrolment
            # The format wants the day within the term.
            begins_on = max(place.taken_on, held.cohort.starts_on)
            yield _Part(held.pk, STUDENT, held.cohort, held.person_id, begins_on)
        for trainer in self.trainers:
            yield _Part(trainer.pk, TEACHER, trainer.cohort, trainer.person_id)


def cohorts_of(*, narrowed: Mapping[str, str], by: Actor) -> list[Cohort]:
    """The cohorts that the list shows: all, those of one site, in one state, or one of them."""
    rows = list_cohorts(by=by, status=narrowed.get("state") or None)
    if site := narrowed.get("site"):
        rows = rows.filter(site__reference=site)
    if reference := narrowed.get("cohort"):
        rows = rows.filter(reference=reference)
    return list(rows)


def day_in(narrowed: Mapping[str, str], otherwise: date) -> date:
    """:raises BadInput: if what is said for the day is none."""
    text = narrowed.get("on", "")
    if not text:
        return otherwise
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = N_("“%(cell)s” is no day; write it like 2024-02-29.")
        raise BadInput([Problem(message, {"cell": text[:20]}, column="on")]) from None


def _term(starts_on: date, ends_before: date) -> str:
    return f"{starts_on}.{ends_before}"


def _form(person: Person, form: NameForm) -> PersonName | None:
    names = sorted((name for name in person.names.all() if name.form == form), key=lambda name: name.pk)
    return names[0] if names else None


def _user(person: Person, parts: Sequence[tuple[UUID, str]]) -> Record:
    own, romanised = _form(person, NameForm.OWN), _form(person, NameForm.ROMANISED)
    assert own is not None
    given, family = parted(person, own)
    return {
        "sourcedId": str(person.pk), "enabledUser": "true", "username": person.reference.lower(), "givenName": given,
        "familyName": family, "identifier": person.reference, "primaryOrgSourcedId": str(parts[0][0]), EXTRA_NAME: own.full_name,
        EXTRA_LANGUAGE: own.language, EXTRA_ROMANISED: romanised.full_name if romanised else "",
    }  # fmt: skip


def _roles(person: Person, parts: Sequence[tuple[UUID, str]]) -> Iterable[Record]:
    """One of the roles at each site is the primary one: to teach, where somebody does both."""
    teaches_at = {site for site, role in parts if role == TEACHER}
    for site, role in parts:
        is_primary = role == TEACHER or site not in teaches_at
        yield {
            "sourcedId": f"{person.pk}.{site}.{role}", "userSourcedId": str(person.pk),
            "roleType": "primary" if is_primary else "secondary", "role": role, "orgSourcedId": str(site),
        }  # fmt: skip


def rows_of(*, on: date, narrowed: Mapping[str, str], by: Actor) -> Iterator[dict[str, Any]]:
    """The records as rows of an export: ``table``, ``record``, and ``person``, the reference of whom it is about."""
    roster = Roster(cohorts_of(narrowed=narrowed, by=by), on=day_in(narrowed, on), by=by)
    for table, person, record in roster.records():
        yield {"table": table, "person": person, "record": record}
