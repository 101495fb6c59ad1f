"""
The records of a OneRoster package as the REST binding of OneRoster 1.2 shows them (rostering, read): the same people of the same pages, a
collection at a time (docs/rules/oneroster.md).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from corridor.foundations.access import Actor
from corridor.kernel.errors import BadInput, NotFound, Problem
from corridor.kernel.wording import N_

from ._roster.tables import rows_of

type Thing = dict[str, Any]

# The collection, the table of a package from which it comes, and the word for one of them.
COLLECTIONS: dict[str, tuple[str, str]] = {
    "academicSessions": ("academicSessions", "academicSession"),
    "terms": ("academicSessions", "academicSession"),
    "orgs": ("orgs", "org"),
    "schools": ("orgs", "org"),
    "courses": ("courses", "course"),
    "classes": ("classes", "class"),
    "users": ("users", "user"),
    "students": ("users", "user"),
    "teachers": ("users", "user"),
    "enrollments": ("enrollments", "enrollment"),
}
# What is asked for of one record (or of one within another), in the words of the standard, as far as our records answer it.
RELATIONS = frozenset(
    tuple(path.split("/"))
    for path in (
        "classes/students", "classes/teachers", "courses/classes", "schools/classes", "schools/courses", "schools/enrollments",
        "schools/students", "schools/teachers", "schools/terms", "schools/classes/enrollments", "schools/classes/students",
        "schools/classes/teachers", "students/classes", "teachers/classes", "terms/classes", "users/classes",
    )
)  # fmt: skip
_OPERATORS: dict[str, Callable[[str, str], bool]] = {
    "!=": lambda held, asked: held != asked,
    ">=": lambda held, asked: held >= asked,
    "<=": lambda held, asked: held <= asked,
    "=": lambda held, asked: held == asked,
    ">": lambda held, asked: held > asked,
    "<": lambda held, asked: held < asked,
    "~": lambda held, asked: asked.casefold() in held.casefold(),
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """How a collection is asked for, in the words of the standard."""

    limit: int = 100
    offset: int = 0
    sort: str = ""
    order: str = "asc"
    filter: str = ""
    fields: str = ""


@dataclass(frozen=True)
class Answer:
    """A page of a collection; ``persons`` are the keys of those whom it shows."""

    things: list[Thing]
    total: int
    persons: list[UUID]


def collection(
    *, name: str, asked: Asked, on: date, at: datetime, root: str, by: Actor, within: Sequence[tuple[str, str]] = ()
) -> Answer:
    """
    A page of one collection, as far as the reader may see it; ``within`` a record of another one, or two, the outer first (RELATIONS).

    :raises NotFound: if there is no such collection or record. :raises BadInput: for a filter, a sort or a field that is none.
    """
    path = (*(outer for outer, _key in within), name)
    if name not in COLLECTIONS or (within and path not in RELATIONS):
        raise NotFound(N_("OneRoster has no collection %(name)s here."), name="/".join(path))
    rows = _things(on=on, at=at, root=root, by=by)
    found = _narrowed(name, rows)
    for place, (outer, key) in enumerate(within):
        inner = path[place + 1]
        if key not in {each["sourcedId"] for each in _narrowed(outer, rows)}:
            raise NotFound(N_("There is nothing of that key in %(name)s that you may see."), name=outer)
        if place + 1 < len(within) and within[place + 1][1] not in _keys_inside(outer, key, inner, rows):
            raise NotFound(N_("There is nothing of that key in %(name)s that you may see."), name=inner)
    if within:
        inside = _keys_inside(*within[-1], name, rows)
        found = [each for each in found if each["sourcedId"] in inside]
    found = _sorted(_filtered(found, asked.filter), asked)
    page = found[asked.offset : asked.offset + asked.limit]
    return Answer(_with_fields(page, asked.fields), len(found), _persons_in(name, page))


def single(*, name: str, key: str, on: date, at: datetime, root: str, by: Actor) -> tuple[str, Thing, list[UUID]]:
    """The word for one of the collection, the one of that key, and whom it is about. :raises NotFound: if there is none to be seen."""
    if name not in COLLECTIONS:
        raise NotFound(N_("OneRoster has no collection %(name)s here."), name=name)
    rows = _things(on=on, at=at, root=root, by=by)
    thing = next((each for each in _narrowed(name, rows) if each["sourcedId"] == key), None)
    if thing is None:
        raise NotFound(N_("There is nothing of that key in %(name)s that you may see."), name=name)
    return COLLECTIONS[name][1], thing, _persons_in(name, [thing])


def _keys_inside(outer: str, key: str, name: str, rows: Mapping[str, list[Thing]]) -> set[str]:
    """The keys of those of ``name`` that belong to the record of that key in ``outer``."""
    classes = [each for each in rows["classes"] if _is_of(each, outer, key, rows)]
    groups = {each["sourcedId"] for each in classes}
    if name == "classes":
        return groups
    if name == "courses":
        return {each["course"]["sourcedId"] for each in classes}
    if name == "terms":
        return {term["sourcedId"] for each in classes for term in each["terms"]}
    places = [each for each in rows["enrollments"] if each["class"]["sourcedId"] in groups]
    if name == "enrollments":
        return {each["sourcedId"] for each in places}
    role = name.removesuffix("s")
    return {each["user"]["sourcedId"] for each in places if each["role"] == role}


def _is_of(group: Thing, outer: str, key: str, rows: Mapping[str, list[Thing]]) -> bool:
    """Whether a class is that record, is held at it or within it, or is learnt or taught by it."""
    if outer == "classes":
        return bool(group["sourcedId"] == key)
    if outer in {"schools", "courses"}:
        return bool(group[outer.removesuffix("s")]["sourcedId"] == key)
    if outer == "terms":
        return any(term["sourcedId"] == key for term in group["terms"])
    role = {"students": "student", "teachers": "teacher"}.get(outer)
    return any(
        each["class"]["sourcedId"] == group["sourcedId"]
        and each["user"]["sourcedId"] == key
        and role in {None, each["role"]}
        for each in rows["enrollments"]
    )


def _things(*, on: date, at: datetime, root: str, by: Actor) -> dict[str, list[Thing]]:
    """All tables with their records as the REST binding draws them."""
    tables: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows_of(on=on, narrowed={}, by=by):
        tables.setdefault(row["table"], []).append(row["record"])
    draw = _Drawing(tables, root=root, at=at)
    return {name: [draw.one(name, record) for record in tables.get(name, [])] for name in draw.NAMES}


def _persons_in(name: str, things: Iterable[Thing]) -> list[UUID]:
    table = COLLECTIONS[name][0]
    if table == "users":
        return [UUID(each["sourcedId"]) for each in things]
    return [UUID(each["user"]["sourcedId"]) for each in things] if table == "enrollments" else []


class _Drawing:
    """A record of a package as an object of the REST binding: keys of other records become references."""

    NAMES = ("academicSessions", "orgs", "courses", "classes", "users", "enrollments")

    def __init__(self, tables: Mapping[str, Sequence[Mapping[str, Any]]], *, root: str, at: datetime) -> None:
        self._root = root
        self._at = f"{at:%Y-%m-%dT%H:%M:%S.000Z}"
        self._roles: dict[str, list[Mapping[str, Any]]] = {}
        for role in tables.get("roles", []):
            self._roles.setdefault(role["userSourcedId"], []).append(role)

    def one(self, table: str, record: Mapping[str, Any]) -> Thing:
        thing: Thing = {"sourcedId": record["sourcedId"], "status": "active", "dateLastModified": self._at}
        draw = {
            "academicSessions": self._term, "orgs": self._owner, "courses": self._taught, "classes": self._group,
            "users": self._user, "enrollments": self._place,
        }[table]  # fmt: skip
        return thing | draw(record)

    def _ref(self, collection_name: str, key: str, kind: str) -> Thing:
        return {"href": f"{self._root}/{collection_name}/{key}", "sourcedId": key, "type": kind}

    def _term(self, record: Mapping[str, Any]) -> Thing:
        return {name: record[name] for name in ("title", "type", "startDate", "endDate", "schoolYear")}

    def _owner(self, record: Mapping[str, Any]) -> Thing:
        thing = {name: record[name] for name in ("name", "type", "identifier")}
        parent = record.get("parentSourcedId")
        return thing | {"parent": self._ref("orgs", parent, "org")} if parent else thing

    def _taught(self, record: Mapping[str, Any]) -> Thing:
        return {
            "title": record["title"], "courseCode": record["courseCode"], "org": self._ref("orgs", record["orgSourcedId"], "org"),
        }  # fmt: skip

    def _group(self, record: Mapping[str, Any]) -> Thing:
        return {
            "title": record["title"], "classCode": record["classCode"], "classType": record["classType"],
            "location": record["location"], "course": self._ref("courses", record["courseSourcedId"], "course"),
            "school": self._ref("schools", record["schoolSourcedId"], "org"),
            "terms": [self._ref("terms", record["termSourcedIds"], "academicSession")],
        }  # fmt: skip

    def _user(self, record: Mapping[str, Any]) -> Thing:
        roles = self._roles.get(record["sourcedId"], [])
        return {
            "enabledUser": record["enabledUser"], "username": record["username"], "givenName": record["givenName"],
            "familyName": record["familyName"], "identifier": record["identifier"],
            "primaryOrg": self._ref("orgs", record["primaryOrgSourcedId"], "org"),
            "roles": [
                {"roleType": each["roleType"], "role": each["role"], "org": self._ref("orgs", each["orgSourcedId"], "org")}
                for each in roles
            ],
            "metadata": {name.removeprefix("metadata."): value for name, value in record.items() if name.startswith("metadata.")},
        }  # fmt: skip

    def _place(self, record: Mapping[str, Any]) -> Thing:
        thing: Thing = {
            "user": self._ref("users", record["userSourcedId"], "user"), "class": self._ref("classes", record["classSourcedId"], "class"),
            "school": self._ref("schools", record["schoolSourcedId"], "org"), "role": record["role"], "primary": record["primary"],
        }  # fmt: skip
        return thing | {"beginDate": record["beginDate"]} if "beginDate" in record else thing


def _narrowed(name: str, rows: Mapping[str, list[Thing]]) -> list[Thing]:
    found = rows[COLLECTIONS[name][0]]
    if name == "schools":
        return [each for each in found if each["type"] == "school"]
    if name in {"students", "teachers"}:
        role = name.removesuffix("s")
        return [each for each in found if any(part["role"] == role for part in each["roles"])]
    return found


def _filtered(things: list[Thing], text: str) -> list[Thing]:
    """``title='A' AND status='active'``: conditions joined by AND, or by OR."""
    if not text:
        return things
    joiner = " OR " if " OR " in text else " AND "
    conditions = [_condition(part.strip()) for part in text.split(joiner)]
    holds = any if joiner == " OR " else all
    return [each for each in things if holds(test(_value(each, path), value) for path, test, value in conditions)]


def _condition(text: str) -> tuple[str, Callable[[str, str], bool], str]:
    for sign, test in _OPERATORS.items():
        path, found, value = text.partition(sign)
        if found and path.strip().replace(".", "").isalnum() and len(value.strip()) >= 2:
            quoted = value.strip()
            if quoted[0] == quoted[-1] == "'":
                return path.strip(), test, quoted[1:-1]
    message = N_("“%(filter)s” is no condition; write one like title='A', with = != > >= < <= or ~.")
    raise BadInput([Problem(message, {"filter": text[:80]}, column="filter")])


def _value(thing: Thing, path: str) -> str:
    held: Any = thing
    for name in path.split("."):
        held = held.get(name) if isinstance(held, dict) else None
    return held if isinstance(held, str) else ""


def _sorted(things: list[Thing], asked: Asked) -> list[Thing]:
    if not asked.sort:
        return things
    if things and asked.sort not in things[0]:
        raise BadInput([Problem(N_("“%(field)s” is no field of these."), {"field": asked.sort[:80]}, column="sort")])
    return sorted(things, key=lambda each: _value(each, asked.sort), reverse=asked.order == "desc")


def _with_fields(things: Iterable[Thing], text: str) -> list[Thing]:
    rows = list(things)
    wanted = [part.strip() for part in text.split(",") if part.strip()]
    if not wanted or not rows:
        return rows
    known = {name for row in rows for name in row}
    if wrong := [name for name in wanted if name not in known]:
        raise BadInput([Problem(N_("“%(field)s” is no field of these."), {"field": wrong[0][:80]}, column="fields")])
    return [{name: row[name] for name in wanted if name in row} for row in rows]
