"""A graduate with a certificate, an account and an address."""

from datetime import UTC, date, datetime

from corridor.foundations.access import Actor, Grant, Role
from corridor.rooms.credentials.models import Credential
from corridor.rooms.people.models import ContactChannel
from tests.factories.actors import make_user
from tests.factories.credentials import make_credential

AT = datetime(2024, 2, 2, 8, tzinfo=UTC)
ADDRESS = "khamla@learner.example"


def graduate(*, account: str = "", email: str = ADDRESS, reference: str = "COH-2023-041") -> Credential:
    """Her certificate; with an account of that name, and with an address that works, where they are given."""
    credential = make_credential(reference)
    person = credential.enrolment.person
    person.born_on = date(2001, 2, 3)
    person.user = make_user(account) if account else None
    person.save()
    if email:
        ContactChannel.objects.create(person=person, kind="email", value=email, use="first")
    return credential


def holder_of(credential: Credential) -> Actor:
    person = credential.enrolment.person
    user = person.user
    grants = frozenset({Grant(Role.VISITOR), Grant(Role.LEARNER, ("person", person.pk))})
    return Actor(
        label=user.username if user else "holder", user_id=user.pk if user else None, person_id=person.pk, grants=grants
    )


def counted(name: str) -> dict[str, dict[str, str]]:
    """Caches in which attempts are counted; the tests' own count nothing."""
    return {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}}
