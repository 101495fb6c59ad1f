"""The chain that people read, from a conference to a figure, and where a thing stands in it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CHAIN: list[tuple[str, str | Promise]] = [
    ("conference", _("Conference")),
    ("announcement", _("Announcement")),
    ("agreement", _("Agreement")),
    ("programme", _("Programme")),
    ("site", _("Site")),
    ("cohort", _("Cohort")),
    ("session", _("Sessions")),
    ("decision", _("Decisions")),
    ("credential", _("Certificates")),
    ("outcome", _("Follow-up")),
    ("figure", _("Figure")),
]


@dataclass(frozen=True)
class Station:
    name: str | Promise
    word: str
    url: str
    classes: str
    is_here: bool
    is_before: bool


def rail_of(here: str, stations: Mapping[str, Mapping]) -> list[Station]:
    """The eleven stations; solid where something happened, dashed before "not yet" (upstream: "none"). A phone shows the neighbours."""
    names = [name for name, _word in CHAIN]
    place = names.index(here)
    rows = []
    for i, (name, label) in enumerate(CHAIN):
        there = name in stations or name == here
        follower = names[i + 1] if i + 1 < len(names) else ""
        classes = [
            "is-here" if i == place else "",
            "is-near" if abs(i - place) == 1 else "",
            "" if there else "is-none",
            "before-none" if there and follower and follower not in stations and follower != here else "",
        ]
        station = stations.get(name, {})
        rows.append(
            Station(
                label,
                str(station.get("word", "")),
                str(station.get("url", "")),
                " ".join(filter(None, classes)),
                i == place,
                i < place,
            )
        )
    return rows
