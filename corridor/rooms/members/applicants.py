"""The link by which an applicant comes back, and what the house does by itself when an application moves on."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.crypto import salted_hmac

from corridor.foundations.access import NIGHTLY, Actor, Grant, Role

from .models import Application

FILLING_LASTS = timedelta(days=90)
WAITING_LASTS = timedelta(days=400)


def origin_of(address: str) -> str:
    """A keyed fingerprint of a network address, so that no address is kept."""
    return salted_hmac("corridor.applications.begun", address, algorithm="sha256").hexdigest() if address else ""


def applicant(application: Application, by: Actor) -> Actor:
    """Whoever came with the link: may do what they could before, and fill in this application."""
    grant = Grant(Role.APPLICANT, ("application", application.pk))
    return Actor(label=f"applicant of {application.reference}", user_id=by.user_id, grants=by.grants | {grant})


def the_house(by: Actor) -> Actor:
    """
    What follows from a step of an application is done by the house under the name of who took the step: an applicant does not register
    organisations, and a council does not move memberships, but submitting and deciding do.
    """
    return Actor(label=by.label, user_id=by.user_id, grants=NIGHTLY.grants)


def link_of(secret: str) -> str:
    return f"{settings.PUBLIC_URL}/apply/to/{secret}/"


def expires(application: Application, at: datetime) -> datetime:
    """Until when a new link works: shorter while it is filled in, longer while the applicant waits for an answer."""
    return at + (FILLING_LASTS if application.submitted_at is None else WAITING_LASTS)
