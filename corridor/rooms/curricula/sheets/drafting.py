"""Frameworks, versions, units and their texts, from rows to drafts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from corridor.foundations.access import Actor
from corridor.foundations.sheets.kinds import Row
from corridor.foundations.sheets.refusing import refusals_in
from corridor.foundations.sheets.resolving import Findings, by_reference
from corridor.kernel.wording import N_
from corridor.rooms.members.models import Organisation

from .. import actions
from ..drafts import (
    CriterionDraft,
    ElementDraft,
    FrameworkDraft,
    LearningOutcomeDraft,
    LevelDraft,
    Publication,
    UnitContentDraft,
    UnitDraft,
    VersionDraft,
)
from ..models import HoursKind, Level, Unit
from .lookups import units_of, versions_of


class TextKind(StrEnum):
    ELEMENT = "element"
    CRITERION = "criterion"
    OUTCOME = "outcome"


def take_framework_levels(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    drafts: dict[tuple[str, str], FrameworkDraft] = {}
    for row in rows:
        key = (row["framework"], row["edition"])
        said = FrameworkDraft(
            *key, row["name"], row["source"], row["source_mark"], (), row["country"] or "", row.family("name_")
        )
        before = drafts.setdefault(key, said)
        if replace(before, levels=()) != said:
            findings.add(row, "name", N_("The rows of one edition say different things about it."))
        drafts[key] = replace(before, levels=(*before.levels, LevelDraft(row["level"], row["rank"], row["title"])))
    findings.refuse_if_any()
    with refusals_in(rows):
        actions.register_frameworks(drafts=list(drafts.values()), by=by)
    return len(rows)


def take_curricula(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings = Findings()
    developers = by_reference(Organisation.objects.all(), (row["developer"] for row in rows))
    levels = {(x.framework.code, x.framework.edition, x.code): x for x in Level.objects.select_related("framework")}
    drafts = []
    for row in rows:
        developer = findings.find(row, "developer", developers)
        named = (row["framework"], row["edition"], row["level"])
        level = findings.find(row, "level", levels, key=named) if any(named) else None
        if developer:
            drafts.append(
                VersionDraft(
                    curriculum=row["curriculum"],
                    version=row["version"],
                    developer=developer,
                    titles=row.family("title_"),
                    level=level,
                    source_mark=row["source_mark"],
                )
            )
    findings.refuse_if_any()
    with refusals_in(rows):
        return len(actions.add_versions(drafts=drafts, by=by))


def take_units(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings, versions = Findings(), versions_of(rows)
    drafts = []
    for row in rows:
        version = findings.find(row, "version", versions, key=(row["curriculum"], row["version"]))
        if version:
            drafts.append(
                UnitDraft(
                    version=version,
                    code=row["code"],
                    position=row["position"],
                    requirement=row["requirement"],
                    titles=row.family("title_"),
                    hours={kind.value: row[f"hours_{kind.value}"] or 0 for kind in HoursKind},
                )
            )
    findings.refuse_if_any()
    with refusals_in(rows):
        return len(actions.add_units(drafts=drafts, by=by))


def take_unit_texts(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    findings, units = Findings(), units_of(rows)
    content: dict[Unit, UnitContentDraft] = {}
    elements: dict[tuple[Unit, int], ElementDraft] = {}
    # A criterion may stand above its element in the file.
    for row in sorted(rows, key=lambda row: row["kind"] == TextKind.CRITERION):
        unit = findings.find(row, "unit", units, key=(row["curriculum"], row["version"], row["unit"]))
        if unit is None:
            continue
        draft = content.setdefault(unit, UnitContentDraft(unit))
        place, texts = row["position"], row.family("text_")
        if row["kind"] == TextKind.ELEMENT:
            if (unit, place) in elements:
                findings.add(row, "position", N_("This element stands there twice."))
            elements[unit, place] = ElementDraft(place, texts)
        elif row["kind"] == TextKind.OUTCOME:
            outcomes = (*draft.learning_outcomes, LearningOutcomeDraft(place, texts))
            content[unit] = replace(draft, learning_outcomes=outcomes)
        elif (unit, row["element"]) in elements:
            element = elements[unit, row["element"]]
            elements[unit, row["element"]] = replace(
                element, criteria=(*element.criteria, CriterionDraft(place, texts))
            )
        else:
            findings.add(row, "element", N_("This unit has no element %(cell)s."), cell=row["element"] or "")
    findings.refuse_if_any()
    for (unit, _place), element in elements.items():
        content[unit] = replace(content[unit], elements=(*content[unit].elements, element))
    with refusals_in(rows):
        actions.fill_units(drafts=list(content.values()), by=by)
    return len(rows)


def take_publications(rows: Sequence[Row], *, by: Actor, at: datetime) -> int:  # noqa: ARG001
    """Publishes, and supersedes, what the sheet of curricula gives a day for; its versions and units are in by then."""
    findings, versions = Findings(), versions_of(rows)
    published, superseded = [], []
    for row in rows:
        version = findings.find(row, "version", versions, key=(row["curriculum"], row["version"]))
        if version and row["published_on"]:
            published.append(Publication(version, row["published_on"]))
        if version and row["superseded_on"]:
            superseded.append(Publication(version, row["superseded_on"]))
    findings.refuse_if_any()
    with refusals_in(rows):
        actions.publish_versions(publications=published, by=by)
        actions.supersede_versions(publications=superseded, by=by)
    return len(published) + len(superseded)
