"""
What persons ask about their own records, for whoever answers it: the secretariat everything, a site's manager the corrections of persons there.

The people's room keeps the requests; the training room, which comes later, knows who learns and works where. An erasure is the secretariat's alone:
it ends what other sites and kept figures stand on.
"""

from datetime import date, datetime

from django.db.models import QuerySet

from corridor.foundations.access import Actor, Permission, Role
from corridor.foundations.documents.models import Document
from corridor.foundations.grants.holding import grants_over
from corridor.rooms.people.actions import requests as actions
from corridor.rooms.people.actions.requests import Correction
from corridor.rooms.people.models import Person, RightsRequest
from corridor.rooms.people.queries import rights
from corridor.rooms.people.queries.persons import Reached
from corridor.rooms.people.records import records_of
from corridor.rooms.sites import queries as sites
from corridor.rooms.training import queries as training

from .find_persons import placed


def ask_correction(*, person: Person, correction: Correction, on: date, at: datetime, by: Actor) -> RightsRequest:
    """Ask to put something right in the own record; the secretariat and the managers of the person's sites are told."""
    by.require(Permission.CORRECTION_ASK, on=person)
    places = training.sites_of_all(persons=[each.pk for each in records_of(person)], by=by)
    granted = grants_over([("site", key) for key in places], on=on)
    told = [
        *sites.manager_ids(sites=places, on=on, by=by),
        *(each.user_id for each in granted if each.role == Role.SITE_MANAGER and each.scope is not None),
    ]
    return actions.ask_correction(person=person, correction=correction, on=on, at=at, by=by, told=told)


def list_requests(*, by: Actor, state: str = "") -> QuerySet[RightsRequest]:
    """As the people's room lists them, for who answers at sites too. :raises AccessDenied: for who answers none."""
    return rights.list_requests(by=by, state=state, reached=_reached(by))


def requests_due(*, by: Actor) -> QuerySet[RightsRequest]:
    """What waits for this actor, for a desk."""
    return rights.requests_due(by=by, reached=_reached(by))


def get_request(*, reference: str, by: Actor) -> RightsRequest:
    """One request whose person knows at which of the actor's sites they are. :raises NotFound: if the actor may not see it."""
    found = rights.get_request(reference=reference, by=by, reached=_reached(by))
    placed(persons=[found.person], by=by)
    return found


def open_evidence(*, reference: str, by: Actor) -> tuple[Document, bytes]:
    """The file that came with a request. :raises NotFound: as ``get_request``, or if there is none."""
    return rights.open_evidence(request=get_request(reference=reference, by=by), by=by)


def answers_all(*, by: Actor) -> bool:
    """Whether erasures are among what this actor answers."""
    return by.holds_everywhere(Permission.RIGHTS_ANSWER)


def _reached(by: Actor) -> Reached:
    if not by.ids_with(Permission.RIGHTS_ANSWER, "site"):
        return None
    return training.persons_reached(by=by, permission=Permission.RIGHTS_ANSWER)
