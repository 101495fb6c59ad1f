"""The table of roles_by_route holds, and it is whole: no route and no method answers without standing in it."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, TestCase
from django.urls import URLPattern, URLResolver, get_resolver, path, resolve

from .roles_by_route import NO, ROLES, Row, World, all_rows, codes_of_missing, codes_of_others, row, set_the_scene

TRIED = ("GET", "POST")
NOT_ALLOWED = 405
# Served by the server in production, and the same for everyone.
LEFT_OUT = {"static/"}
# First places that need no record of somebody else: what is public, or of the whole alliance, or the record of the scene is nobody's already.
NO_OTHER = {
    "account", "agreement_kind", "api_curriculum", "api_decision", "api_edition", "api_figure", "application",
    "application_secret", "approved_application", "asked", "attestation", "attested_token", "calendar", "call", "checkpoint", "claim", "conference",
    "credential", "curriculum", "delegate_secret", "document", "double", "draft", "draft_call", "draft_edition", "draft_scheme",
    "entitlement", "finding", "form_part", "graduate", "grant", "holder_secret", "invitation", "invited", "judged_secret", "kept_figure", "key",
    "label", "licence", "mute", "leaver", "listed", "new_application", "override", "planned", "programme_kind", "proposal", "org_merge",
    "org_pair", "own_credential", "published_edition", "relation", "restricted", "review", "scheme", "own_showing", "shown_token", "signing_secret",
    "timetable", "mentor_secret", "recruiting", "token", "typed", "unconfirmed", "work",
}  # fmt: skip


def routes(patterns: Iterable[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every route of the product, as Django writes it, with its view."""
    for found in patterns:
        if isinstance(found, URLResolver):
            yield from routes(found.url_patterns, prefix + str(found.pattern))
        elif not any((prefix + str(found.pattern)).startswith(left_out) for left_out in LEFT_OUT):
            yield prefix + str(found.pattern), found.callback


def operations() -> dict[str, set[str]]:
    """The API's own account of itself: each path as a route, with its methods."""
    from corridor.api.site import api

    paths = api.get_openapi_schema()["paths"]
    return {
        named(one): {m.upper() for m in methods if m in {"get", "post", "put", "patch", "delete"}}
        for one, methods in paths.items()
    }


def named(route: str) -> str:
    """``members/<str:reference>`` and ``/members/{reference}`` are one route."""
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route).lstrip("/")


def filled(given: dict[str, Any], world: World) -> dict[str, Any]:
    """``{figure_etag}`` in a header or a field is filled from the places, as in an address."""
    return {name: each.format(**world.places) if isinstance(each, str) else each for name, each in given.items()}


def send(one: Row, role: str, world: World, places: dict[str, object] | None = None) -> HttpResponse:
    """One request as that role; what it wrote is taken back. ``places`` fill the address, where they are not those of the scene."""
    client = Client(headers=filled(one.headers, world))
    extra: dict[str, Any] = {"data": filled(one.sent, world)}
    if one.is_api:
        extra["content_type"] = "application/json"
        if role != "visitor":
            client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {world.tokens[role]}"
    elif role != "visitor":
        client.cookies[settings.SESSION_COOKIE_NAME] = world.sessions[role]
    if one.is_api and one.method == "GET":
        del extra["content_type"]
    with transaction.atomic():
        response = getattr(client, one.method.lower())(one.url.format(**(places or world.places)), **extra)
        if response.streaming:
            b"".join(response.streaming_content)  # the client closes the file at its end
        transaction.set_rollback(True)
    return response


def differences(one: Row, world: World) -> list[str]:
    """Roles that get something else than the table says."""
    got = [(role, wanted, send(one, role, world).status_code) for role, wanted in zip(ROLES, one.codes, strict=True)]
    return [
        f"{one.method} {one.url}: {role} got {code}, the table says {wanted}"
        for role, wanted, code in got
        if code != wanted
    ]


def no_such(place: object) -> object:
    """A value of the same form behind which there is nothing."""
    if isinstance(place, UUID):
        return UUID(int=place.int ^ 0xFFFF)
    return 99999 if isinstance(place, int) else "no-such-thing"


def strays(one: Row, world: World) -> list[str]:
    """Roles that get something from another's record, or from one that does not exist, that the table does not say."""
    found = []
    for name in one.names:
        tries = [("missing", no_such(world.places[name]), codes_of_missing)]
        if name in world.others:
            tries.append(("other", world.others[name], codes_of_others))
        for what, value, codes in tries:
            # The parts of another cohort are another's too: only the first place of an address is exchanged for its owner.
            if what == "other" and name != one.names[0]:
                continue
            places = world.places | {name: value}
            for role in ROLES:
                # Whoever is refused the record that there is, is refused one that is not there: nothing is left to try.
                if what == "missing" and one.codes[ROLES.index(role)] in NO:
                    continue
                allowed = codes(one, role)
                if allowed is not None and (code := send(one, role, world, places).status_code) not in allowed:
                    said = " or ".join(map(str, sorted(allowed)))
                    found.append(f"{one.method} {one.url} ({what} {name}): {role} got {code}, the table says {said}")
    return found


def missing(
    found: Iterable[str],
    rows: Iterable[Row],
    world: World,
    *,
    of_api: dict[str, set[str]],
    answers: Callable[[str, str], bool],
) -> list[str]:
    """Routes and methods that answer and stand in no row."""
    standing = {
        (one.method, named(resolve(one.url.format(**world.places).partition("?")[0]).route)): one for one in rows
    }
    lacking = []
    for route in map(named, found):
        held = [one for (_, at), one in standing.items() if at == route]
        if route in of_api:
            wanted = of_api[route]
        elif held:
            wanted = {method for method in TRIED if answers(method, held[0].url.format(**world.places))}
        else:
            wanted = {"GET or POST"}
        lacking += [f"{method} {route}" for method in sorted(wanted) if (method, route) not in standing]
    return lacking


class RolesByRoute(TestCase):
    """One method per row, made below, so that the scene is set once."""

    world: World

    @classmethod
    def setUpTestData(cls) -> None:
        cls.world = set_the_scene()

    def test_every_route_and_method_stands_in_the_table(self) -> None:
        def answers(method: str, url: str) -> bool:
            return send(Row(method, url, (), {}, {}), "secretariat", self.world).status_code != NOT_ALLOWED

        found = [route for route, _ in routes(get_resolver().url_patterns)]
        lacking = missing(found, all_rows(), self.world, of_api=operations(), answers=answers)
        assert not lacking, "These answer and stand in no row of tests/contracts/roles_by_route:\n" + "\n".join(lacking)

    def test_every_place_stands_for_anothers_record_too_or_is_known_to_need_none(self) -> None:
        places = {name for one in all_rows() for name in one.names[:1]}
        assert places - self.world.others.keys() <= NO_OTHER

    def test_a_stray_is_caught(self) -> None:
        open_to_all = row("GET", "/members/{member}/", "200", missing="200")
        assert len(strays(open_to_all, self.world)) == len(ROLES)
        # Their own cohort, said to be another's: whoever sees it strays.
        own = replace(self.world, others=self.world.places)
        seen = strays(row("GET", "/cohorts/{cohort}/", "200 404 403 200 200 200 200 200 404 302"), own)
        assert any("(other cohort): trainer got 200" in each for each in seen)

    def test_a_wrong_code_is_caught(self) -> None:
        assert len(differences(row("GET", "/no/such/page/", "200"), self.world)) == len(ROLES)

    def test_a_route_and_a_method_without_a_row_are_caught(self) -> None:
        def lacking(rows: list[Row]) -> list[str]:
            return missing(
                ["sign-in/", "spare/<slug:reference>/"], rows, self.world, of_api={}, answers=lambda *_: True
            )

        assert lacking([]) == ["GET or POST /sign-in/", "GET or POST /spare/{reference}/"]
        assert lacking([row("GET", "/sign-in/", "200")]) == ["POST /sign-in/", "GET or POST /spare/{reference}/"]


def _of(one: Row) -> Callable[[RolesByRoute], None]:
    def test(self: RolesByRoute) -> None:
        # Every page is opened on each store. Who strays is a matter of rules and not of stores, and two thirds of the requests.
        found = differences(one, self.world) + (strays(one, self.world) if connection.vendor == "sqlite" else [])
        assert not found, "\n".join(found)

    return test


for _number, _row in enumerate(all_rows()):
    setattr(RolesByRoute, f"test_{_row.method} {_row.url} ({_number})", _of(_row))


def test_routes_are_found_in_their_folders():
    inner = [path("<slug:reference>/", lambda _: None)]
    assert [route for route, _ in routes([path("members/", (inner, "members", None))])] == ["members/<slug:reference>/"]
