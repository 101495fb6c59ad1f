"""Browsers of those who work with a cohort: its trainer, assessor, learner, and the manager of its site."""

from datetime import date

from django.test import Client

from corridor.foundations.accounts.models import User
from corridor.rooms.people.models import Person
from corridor.rooms.sites.models import Site
from tests.factories.actors import make_user
from tests.factories.people import make_person


def sign_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def make_colleague(reference: str, **person: object) -> tuple[Person, Client]:
    """A person with an account, and the browser in which it is signed in."""
    user = make_user(reference)
    return make_person(reference, user=user, **person), sign_in(user)  # type: ignore[arg-type]


def manager_of(site: Site) -> Client:
    user = make_user("bounthan")
    site.posts.create(user=user, held_from=date(2022, 1, 1))
    return sign_in(user)
