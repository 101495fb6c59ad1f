"""Whose certificates an actor holds: those of the own person, signed in or by a link. No office is a holder, however wide."""

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from corridor.foundations.access import Actor, Grant, Permission, Role
from corridor.kernel.errors import AccessDenied
from corridor.kernel.wording import N_

from .models import Credential, HolderLink

_OWN = frozenset({Role.HOLDER, Role.LEARNER})


def held_persons(by: Actor) -> frozenset[UUID]:
    """The keys of the records that are the actor's own, those that were merged into them included."""
    own = replace(by, grants=frozenset(grant for grant in by.grants if grant.role in _OWN))
    return own.ids_with(Permission.CREDENTIAL_VIEW, "person")


def is_holder(*, credential: Credential, by: Actor) -> bool:
    """Whether the certificate is the actor's own."""
    return credential.enrolment.person_id in held_persons(by)


def require_holder(credential: Credential, *, by: Actor) -> None:
    """:raises AccessDenied: for anybody else, whoever may see it."""
    if not is_holder(credential=credential, by=by):
        raise AccessDenied(N_("Only its holder may do this with a certificate."))


def the_holder(link: HolderLink, persons: Collection[UUID], by: Actor) -> Actor:
    """Whoever used the link: may do what they could before, and with these records what their holder may."""
    grants = by.grants | {Grant(Role.HOLDER, ("person", key)) for key in persons}
    return replace(by, label=f"holder of {link.credential.reference}", grants=grants)
