"""
Who gets what from each route: one row per route and method, one column per role. Read it like the access policy.

A file here per room (and ``home``, ``accounts``, ``api``) holds ``ROWS``, and where its routes need records, ``scene(world)`` that makes
them with the factories and gives the roles their places. Scenes are set in the order of the rooms, so a later one may use what an
earlier one left in ``world.records``.

    def scene(world: World) -> None:
        world.places["member"] = make_member("vientiane").reference

    ROWS = [
        #                                      secretariat council coordinator site_manager trainer assessor learner auditor key_holder visitor
        row("GET",  "/members/",               "200"),                                          # the same for everyone
        row("POST", "/members/{member}/edit/", "302 403 302 403 403 403 403 403 403 302", city="Vientiane"),
    ]

``{member}`` is filled from ``world.places``, in addresses, headers and fields. What
follows the codes is sent: as a form, or as JSON to /api/. A visitor who must sign in
first gets 302 from a page and 401 from the API.
"""

from dataclasses import dataclass, field
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from django.conf import settings

from corridor.foundations.accounts.models import User

ROLES = (
    "secretariat", "council", "coordinator", "site_manager", "trainer", "assessor", "learner", "auditor", "key_holder", "visitor",
)  # fmt: skip


@dataclass
class World:
    """What the routes are tried on: an account per role, the references that stand in addresses, and records for later scenes."""

    users: dict[str, User] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    places: dict[str, object] = field(default_factory=dict)
    records: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    method: str
    url: str
    codes: tuple[int, ...]
    sent: dict[str, Any]
    headers: dict[str, str]

    @property
    def is_api(self) -> bool:
        return self.url.startswith("/api/")


def row(method: str, url: str, codes: str, *, headers: dict[str, str] | None = None, **sent: Any) -> Row:
    """``codes``: one number per role in the order of ROLES, or a single one for all."""
    numbers = tuple(int(code) for code in codes.split())
    if len(numbers) not in {1, len(ROLES)}:
        raise ValueError(f"{method} {url}: one code per role, or one for all, not {len(numbers)}")
    return Row(method, url, numbers if len(numbers) > 1 else numbers * len(ROLES), sent, headers or {})


def _parts() -> list[ModuleType]:
    names = [found.name for found in iter_modules(__path__)]
    order = {name: place for place, name in enumerate(settings.ROOMS)}
    return [import_module(f"{__name__}.{name}") for name in sorted(names, key=lambda name: (order.get(name, 99), name))]


def all_rows() -> list[Row]:
    return [one for part in _parts() for one in getattr(part, "ROWS", [])]


def set_the_scene() -> World:
    """An account per role, then every room's scene."""
    world = World(users={role: User.objects.create(username=f"the-{role}", password="!") for role in ROLES[:-1]})
    for part in _parts():
        if hasattr(part, "scene"):
            part.scene(world)
    return world
