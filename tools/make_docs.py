"""
Write the documents that are made from the code: docs/roles.md, docs/states/*.md and docs/openapi.json.

``make_docs.py`` writes them; ``make_docs.py check`` names those that are stale and exits 1. tests/contracts does the same check.
"""

import json
import os
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import django

ROOT = Path(__file__).resolve().parents[1]
MADE = "<!-- Made by tools/make_docs.py; change the code and run it again. -->\n"
# What is ours to write and to remove.
OURS = ("docs/roles.md", "docs/openapi.json", "docs/states/*.md")

COMPUTED = (
    "What follows from the calendar or from evidence (silent, at risk, expiring, expired) is computed and never stored."
)


def documents() -> dict[str, str]:
    """Every generated document: its path from the root, and its whole text."""
    return {"docs/roles.md": roles(), "docs/openapi.json": openapi(), **states()}


def roles() -> str:
    from corridor.foundations.access import Permission, Role
    from corridor.foundations.access.roles import PERMISSIONS_OF

    columns = list(Role)
    by_room: dict[str, list[Permission]] = defaultdict(list)
    for permission in Permission:
        by_room[permission.value.partition(".")[0]].append(permission)
    lines = [
        "# Who may do what",
        "",
        MADE,
        "A role is held for the whole alliance or for one country, member, site, programme, cohort or person; the scope narrows every mark below.",
        "What a visitor may is open to everyone. *System* is the loader and the nightly work, never a person.",
    ]
    for room, permissions in by_room.items():
        lines += [
            "",
            f"## {room.capitalize()}",
            "",
            "| verb | " + " | ".join(r.value.replace("_", " ") for r in columns) + " |",
        ]
        lines.append("|---|" + "---|" * len(columns))
        for permission in permissions:
            marks = [
                "✓" if permission in PERMISSIONS_OF[role] | PERMISSIONS_OF[Role.VISITOR] else "" for role in columns
            ]
            verb = permission.value.partition(".")[2].replace("_", " ")
            lines.append(f"| {verb} | " + " | ".join(marks) + " |")
    return "\n".join([*lines, *by_field(), *by_route()]) + "\n"


def by_field() -> list[str]:
    """Who sees (s) and changes (c) which part of a person's record: rooms/people/fields.py."""
    from corridor.foundations.access import Role
    from corridor.rooms.people.fields import FIELD_RULES

    columns = [role for role in Role if role not in {Role.VISITOR, Role.SYSTEM}]
    lines = [
        "",
        "## A person's record, by field",
        "",
        "*s* sees it, *c* changes it too, where the role is held over the person: for the alliance, for a site where they learn or work,",
        "or over oneself.",
        "",
        "| field | " + " | ".join(role.value.replace("_", " ") for role in columns) + " |",
        "|---|" + "---|" * len(columns),
    ]
    for field, rule in FIELD_RULES.items():
        marks = ["c" if role in rule.edit else "s" if role in rule.see else "" for role in columns]
        lines.append(f"| {field.value.replace('_', ' ')} | " + " | ".join(marks) + " |")
    return lines


def by_route() -> list[str]:
    """What each role gets from each page and operation, on records it has to do with: the table that tests/contracts tries out."""
    from tests.contracts.roles_by_route import ROLES, all_rows

    lines: list[str] = []
    for title, is_api in (("Pages", False), ("Operations of the API", True)):
        lines += [
            "",
            f"## {title}, by role",
            "",
            "The status on records with which the role has something to do. 302 before sign-in leads there, 403 is not allowed, 404 not to be seen, "
            "409 and 422 came as far as the rule or the form. Another's record is 403 or 404 for an office of one member, site or cohort; one that "
            "does not exist is 404, or 403 there too. The tests try all three.",
            "",
            "| route | " + " | ".join(role.replace("_", " ") for role in ROLES) + " |",
            "|---|" + "---|" * len(ROLES),
        ]
        for one in sorted(
            (each for each in all_rows() if each.is_api == is_api), key=lambda each: (each.url, each.method)
        ):
            lines.append(f"| `{one.method} {one.url}` | " + " | ".join(map(str, one.codes)) + " |")
    return lines


def states() -> dict[str, str]:
    from django.apps import apps

    from corridor.foundations.lifecycles.models import Living

    lives = sorted((m for m in apps.get_models() if issubclass(m, Living)), key=lambda m: m.LIFE.thing)
    pages = {f"docs/states/{model.LIFE.thing.replace(' ', '-')}.md": state_page(model) for model in lives}
    listed = [
        f"- [{model.LIFE.thing}]({model.LIFE.thing.replace(' ', '-')}.md), room {model._meta.app_label}"
        for model in lives
    ]
    heading = ["# Lives", "", MADE, "The states of each thing and where they lead.", COMPUTED, ""]
    return {"docs/states/README.md": "\n".join(heading + listed) + "\n", **pages}


def state_page(model: Any) -> str:
    life = model.LIFE
    codes = list(life.transitions)
    lines = [
        f"# {life.thing.capitalize()}",
        "",
        MADE,
        f"{_first_paragraph(model)}",
        "",
        "```mermaid",
        "stateDiagram-v2",
    ]
    lines += [f'    state "{_english(code)}" as {code.value}' for code in codes]
    lines += [f"    [*] --> {life.first.value}"]
    for code in codes:
        lines += [f"    {code.value} --> {to.value}" for to in codes if to in life.transitions[code]]
        if not life.transitions[code]:
            lines.append(f"    {code.value} --> [*]")
    return "\n".join([*lines, "```"]) + "\n"


def _english(code: Any) -> str:
    from django.utils.translation import override

    with override("en"):
        return str(code.label)


def _first_paragraph(model: Any) -> str:
    return " ".join((model.__doc__ or "").strip().split("\n\n")[0].split())


def openapi() -> str:
    from corridor.api.site import api

    return json.dumps(api.get_openapi_schema(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def stale(root: Path, wanted: dict[str, str]) -> list[str]:
    """Generated documents below ``root`` that differ from what the code would write now, or that nothing writes any more."""
    standing = {path.relative_to(root).as_posix() for pattern in OURS for path in root.glob(pattern)}
    differing = [n for n, text in wanted.items() if not (root / n).exists() or (root / n).read_text("utf-8") != text]
    return sorted({*differing, *(standing - wanted.keys())})


def write(root: Path, wanted: dict[str, str]) -> list[str]:
    """Bring them in step; return the paths that changed."""
    changed = stale(root, wanted)
    for name in changed:
        path = root / name
        if name in wanted:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted[name], encoding="utf-8")
        else:
            path.unlink()
    return changed


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "corridor.settings")
    django.setup()
    if sys.argv[1:] == ["check"]:
        found = stale(ROOT, documents())
        sys.stdout.write("".join(f"stale: {name}\n" for name in found))
        sys.exit(bool(found))
    sys.stdout.write("".join(f"{name}\n" for name in write(ROOT, documents())))
