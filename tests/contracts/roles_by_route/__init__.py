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

Each row with a place in its address is tried three times: on the records of the scene, which the roles have something to do with; on another's
record of the same kind (``elsewhere.py``), and on one that does not exist. What the two others get follows from the first and is written
down only where it differs, ``other="..."`` and ``missing="..."``: see ``codes_of_others`` and ``codes_of_missing``.

``{member}`` is filled from ``world.places``, in addresses, headers and fields. What
follows the codes is sent: as a form, or as JSON to /api/. A visitor who must sign in
first gets 302 from a page and 401 from the API.
"""

from dataclasses import dataclass, field
from importlib import import_module
from pkgutil import iter_modules
from string import Formatter
from types import ModuleType
from typing import Any

from django.conf import settings
from django.test import Client

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
    # The same places, filled with what belongs to nobody among the roles.
    others: dict[str, object] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    records: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    method: str
    url: str
    codes: tuple[int, ...]
    sent: dict[str, Any]
    headers: dict[str, str]
    other: tuple[int, ...] = ()
    missing: tuple[int, ...] = ()

    @property
    def names(self) -> list[str]:
        """The places in its address, without those that are asked after a question mark."""
        return [name for _, name, _, _ in Formatter().parse(self.url.partition("?")[0]) if name]

    @property
    def is_api(self) -> bool:
        return self.url.startswith("/api/")


def row(
    method: str,
    url: str,
    codes: str,
    *,
    headers: dict[str, str] | None = None,
    other: str = "",
    missing: str = "",
    **sent: Any,
) -> Row:
    """``codes``: one number per role in the order of ROLES, or a single one for all; so are ``other`` and ``missing``, where they differ."""

    def read(given: str) -> tuple[int, ...]:
        numbers = tuple(int(code) for code in given.split())
        if len(numbers) not in {1, len(ROLES)}:
            raise ValueError(f"{method} {url}: one code per role, or one for all, not {len(numbers)}")
        return numbers if len(numbers) > 1 else numbers * len(ROLES)

    return Row(
        method, url, read(codes), sent, headers or {}, *(read(each) if each else () for each in (other, missing))
    )


NO = frozenset({403, 404})
ASKED_TO_SIGN_IN = frozenset({302, 401})
# They oversee or serve the whole alliance: no record is another's for them.
OF_THE_ALLIANCE = {"secretariat", "council", "auditor"}


def codes_of_missing(one: Row, role: str) -> frozenset[int]:
    """
    What does not exist is 404; for an office of a member, a site or a cohort 403 too, as another's record is to it, so that neither tells which
    records exist. Who must sign in first is told nothing else.
    """
    place = ROLES.index(role)
    if one.missing:
        return frozenset({one.missing[place]})
    own = one.codes[place]
    if role == "visitor" and own in ASKED_TO_SIGN_IN:
        return frozenset({own})
    is_wide = role in OF_THE_ALLIANCE or role == "visitor"
    return frozenset({404}) if is_wide and own != 403 else NO


def codes_of_others(one: Row, role: str) -> frozenset[int] | None:
    """
    What is public stays public. An office that reaches one member, site or cohort gets no from another's, 403 or 404. None: nothing is said
    (an office of the alliance meets another state of the record, and what a visitor may everyone may).
    """
    place = ROLES.index(role)
    if one.other:
        return frozenset({one.other[place]})
    own, open_to_all = one.codes[place], one.codes[-1] not in ASKED_TO_SIGN_IN
    if own in NO:
        # Who may read the record is told first that it changed since (If-Match), and then that they may not.
        return NO | {412} if role in OF_THE_ALLIANCE and one.headers else NO
    if role == "visitor" and not open_to_all:
        return frozenset({own})
    return None if open_to_all or role in OF_THE_ALLIANCE else NO


def _parts() -> list[ModuleType]:
    names = [found.name for found in iter_modules(__path__)]
    order = {name: place for place, name in enumerate(settings.ROOMS)}
    return [import_module(f"{__name__}.{name}") for name in sorted(names, key=lambda name: (order.get(name, 99), name))]


def all_rows() -> list[Row]:
    return [one for part in _parts() for one in getattr(part, "ROWS", [])]


def set_the_scene() -> World:
    """An account per role, then every room's scene, and what lies elsewhere."""
    others = import_module(f"{__name__}.elsewhere").others
    world = World(users={role: User.objects.create(username=f"the-{role}", password="!") for role in ROLES[:-1]})
    for part in _parts():
        if hasattr(part, "scene"):
            part.scene(world)
    world.others |= others(world)
    for role, user in world.users.items():
        browser = Client()
        browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        world.sessions[role] = browser.session.session_key
    return world
