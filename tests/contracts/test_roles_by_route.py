"""The table of roles_by_route holds, and it is whole: no route and no method answers without standing in it."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client, TestCase
from django.urls import URLPattern, URLResolver, get_resolver, path, resolve

from .roles_by_route import ROLES, Row, World, all_rows, row, set_the_scene

TRIED = ("GET", "POST")
NOT_ALLOWED = 405
# Served by the server in production, and the same for everyone.
LEFT_OUT = {"static/"}


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


def send(one: Row, role: str, world: World) -> HttpResponse:
    """One request as that role; what it wrote is taken back."""
    client = Client(headers=filled(one.headers, world))
    extra: dict[str, Any] = {"data": filled(one.sent, world)}
    if one.is_api:
        extra["content_type"] = "application/json"
        if role != "visitor":
            client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {world.tokens[role]}"
    elif role != "visitor":
        client.force_login(world.users[role], backend="django.contrib.auth.backends.ModelBackend")
    if one.is_api and one.method == "GET":
        del extra["content_type"]
    with transaction.atomic():
        response = getattr(client, one.method.lower())(one.url.format(**world.places), **extra)
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
        found = differences(one, self.world)
        assert not found, "\n".join(found)

    return test


for _number, _row in enumerate(all_rows()):
    setattr(RolesByRoute, f"test_{_row.method} {_row.url} ({_number})", _of(_row))


def test_routes_are_found_in_their_folders():
    inner = [path("<slug:reference>/", lambda _: None)]
    assert [route for route, _ in routes([path("members/", (inner, "members", None))])] == ["members/<slug:reference>/"]
