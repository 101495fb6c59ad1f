"""Writing down frameworks, versions of curricula, their units and what stands in the units; published versions are not rewritten."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.vocabularies.languages import is_language
from corridor.kernel.errors import BadInput, Problem
from corridor.kernel.identifiers import new_id
from corridor.kernel.wording import N_

from ..drafts import FrameworkDraft, Texts, UnitContentDraft, UnitDraft, VersionDraft
from ..lifecycle import VersionStatus
from ..models import (
    Criterion,
    CriterionText,
    Curriculum,
    CurriculumVersion,
    Element,
    ElementText,
    FrameworkEdition,
    FrameworkName,
    LearningOutcome,
    LearningOutcomeText,
    Level,
    Unit,
    UnitHours,
    UnitTitle,
    VersionTitle,
)
from ..refusals import PublishedAlready
from ..written import TextState

AT_ONCE = 500


@transaction.atomic
def register_frameworks(*, drafts: Sequence[FrameworkDraft], by: Actor) -> list[FrameworkEdition]:
    """
    :raises BadInput: if an edition stands already, a level is named or ranked twice, or a further name is in no language, or in English again.
    """
    by.require(Permission.CURRICULUM_EDIT)
    stand = set(FrameworkEdition.objects.values_list("code", "edition"))
    problems = []
    for draft in drafts:
        named: dict[str, object] = {"framework": draft.code, "edition": draft.edition}
        if (draft.code, draft.edition) in stand:
            problems.append(
                Problem(N_("There is already %(framework)s, edition %(edition)s."), named, column="framework")
            )
        codes, ranks = [x.code for x in draft.levels], [x.rank for x in draft.levels]
        if len(set(codes)) < len(codes) or len(set(ranks)) < len(ranks):
            problems.append(
                Problem(N_("%(framework)s, edition %(edition)s, names or ranks a level twice."), named, column="level")
            )
        problems += _amiss_in_names(draft.names)
        stand.add((draft.code, draft.edition))
    if problems:
        raise BadInput(problems)
    made = [
        FrameworkEdition(
            code=draft.code,
            edition=draft.edition,
            name=draft.name,
            country=draft.country,
            source=draft.source,
            source_mark=draft.source_mark,
        )
        for draft in drafts
    ]
    FrameworkEdition.objects.bulk_create(made, batch_size=AT_ONCE)
    Level.objects.bulk_create(
        [
            Level(framework=framework, code=level.code, rank=level.rank, title=level.title)
            for framework, draft in zip(made, drafts, strict=True)
            for level in draft.levels
        ],
        batch_size=AT_ONCE,
    )
    _write(FrameworkName, "framework", ((row, draft.names) for row, draft in zip(made, drafts, strict=True)))
    log.record_each("curricula.framework_registered", by=by, subjects=made)
    return made


def _amiss_in_names(names: Texts) -> list[Problem]:
    """What keeps a framework from being called so in further languages."""
    problems = [
        Problem(N_("“%(language)s” is no tag of a language."), {"language": language}, column=f"name_{language}")
        for language in names
        if not is_language(language)
    ]
    if "en" in names:
        message = N_("The English name stands in “%(column)s”: do not give it a second time.")
        problems.append(Problem(message, {"column": "name"}, column="name_en"))
    return problems


@transaction.atomic
def add_versions(*, drafts: Sequence[VersionDraft], by: Actor) -> list[CurriculumVersion]:
    """Write down draft versions; a curriculum that is not there yet is made. :raises BadInput: if a version stands already."""
    by.require(Permission.CURRICULUM_EDIT)
    references = {draft.curriculum for draft in drafts}
    curricula = {each.reference: each for each in Curriculum.objects.filter(reference__in=references)}
    stand = set(
        CurriculumVersion.objects.filter(curriculum__reference__in=references).values_list(
            "curriculum__reference", "version"
        )
    )
    problems = []
    for draft in drafts:
        key = (draft.curriculum, draft.version)
        if key in stand:
            message = N_("There is already version %(version)s of %(curriculum)s.")
            problems.append(Problem(message, {"curriculum": key[0], "version": key[1]}, column="version"))
        stand.add(key)
    if problems:
        raise BadInput(problems)
    first = {draft.curriculum: draft for draft in reversed(drafts) if draft.curriculum not in curricula}
    new = [
        Curriculum(reference=reference, developer=draft.developer, source_mark=draft.source_mark)
        for reference, draft in first.items()
    ]
    Curriculum.objects.bulk_create(new, batch_size=AT_ONCE)
    curricula |= {each.reference: each for each in new}
    made = [
        CurriculumVersion(
            curriculum=curricula[draft.curriculum],
            version=draft.version,
            level=draft.level,
            status=VersionStatus.DRAFT.value,
        )
        for draft in drafts
    ]
    CurriculumVersion.objects.bulk_create(made, batch_size=AT_ONCE)
    _write(VersionTitle, "version", ((version, d.titles) for version, d in zip(made, drafts, strict=True)))
    log.record_each("curricula.version_drafted", by=by, subjects=made)
    return made


@transaction.atomic
def add_units(*, drafts: Sequence[UnitDraft], by: Actor) -> list[Unit]:
    """
    Add units with titles and hours to draft versions.

    :raises PublishedAlready: if a version is no draft any more.
    :raises BadInput: if a code or a position stands twice in a version.
    """
    by.require(Permission.CURRICULUM_EDIT)
    versions = {draft.version.pk for draft in drafts}
    _require_drafts(versions)
    stand: set[tuple[Any, Any]] = set()
    for version, code, position in Unit.objects.filter(version__in=versions).values_list("version", "code", "position"):
        stand |= {(version, code), (version, position)}
    problems = []
    for draft in drafts:
        keys = {(draft.version.pk, draft.code), (draft.version.pk, draft.position)}
        if keys & stand:
            message = N_("Unit %(code)s, or another at its position, is in this version already.")
            problems.append(Problem(message, {"code": draft.code}, column="code"))
        stand |= keys
    if problems:
        raise BadInput(problems)
    made = [
        Unit(
            id=draft.key or new_id(),
            version=draft.version,
            code=draft.code,
            position=draft.position,
            requirement=draft.requirement,
        )
        for draft in drafts
    ]
    Unit.objects.bulk_create(made, batch_size=AT_ONCE)
    hours = [
        UnitHours(unit=unit, kind=kind, hours=count)
        for unit, draft in zip(made, drafts, strict=True)
        for kind, count in draft.hours.items()
        if count
    ]
    UnitHours.objects.bulk_create(hours, batch_size=AT_ONCE)
    _write(UnitTitle, "unit", ((unit, draft.titles) for unit, draft in zip(made, drafts, strict=True)))
    log.record_each("curricula.unit_added", by=by, subjects=made)
    return made


@transaction.atomic
def fill_units(*, drafts: Sequence[UnitContentDraft], by: Actor) -> int:
    """
    Write what stands in units of draft versions: elements with criteria, and learning outcomes. Returns how many units.

    :raises PublishedAlready: if a version is no draft any more.
    :raises BadInput: if a position stands twice.
    """
    by.require(Permission.CURRICULUM_EDIT)
    _require_drafts({draft.unit.version_id for draft in drafts})
    _require_places_of_their_own(drafts)
    elements = [(Element(unit=d.unit, position=e.position), e) for d in drafts for e in d.elements]
    Element.objects.bulk_create([row for row, _ in elements], batch_size=AT_ONCE)
    criteria = [(Criterion(element=row, position=c.position), c) for row, e in elements for c in e.criteria]
    Criterion.objects.bulk_create([row for row, _ in criteria], batch_size=AT_ONCE)
    outcomes = [(LearningOutcome(unit=d.unit, position=o.position), o) for d in drafts for o in d.learning_outcomes]
    LearningOutcome.objects.bulk_create([row for row, _ in outcomes], batch_size=AT_ONCE)
    _write(ElementText, "element", ((row, draft.texts) for row, draft in elements))
    _write(CriterionText, "criterion", ((row, draft.texts) for row, draft in criteria))
    _write(LearningOutcomeText, "learning_outcome", ((row, draft.texts) for row, draft in outcomes))
    log.record_each("curricula.unit_filled", by=by, subjects=[draft.unit for draft in drafts])
    return len(drafts)


def _require_places_of_their_own(drafts: Sequence[UnitContentDraft]) -> None:
    units = {draft.unit.pk for draft in drafts}
    stand: set[tuple[Any, ...]] = {
        ("element", *key) for key in Element.objects.filter(unit__in=units).values_list("unit", "position")
    }
    stand |= {
        ("outcome", *key) for key in LearningOutcome.objects.filter(unit__in=units).values_list("unit", "position")
    }
    problems = []
    for draft in drafts:
        keys: list[tuple[Any, ...]] = [("element", draft.unit.pk, element.position) for element in draft.elements]
        keys += [("outcome", draft.unit.pk, outcome.position) for outcome in draft.learning_outcomes]
        keys += [("criterion", draft.unit.pk, e.position, c.position) for e in draft.elements for c in e.criteria]
        if len(set(keys)) < len(keys) or stand & set(keys):
            message = N_("A position stands twice in unit %(code)s.")
            problems.append(Problem(message, {"code": draft.unit.code}, column="position"))
        stand |= set(keys)
    if problems:
        raise BadInput(problems)


def _require_drafts(versions: set[Any]) -> None:
    rows = CurriculumVersion.objects.select_for_update().select_related("curriculum").filter(pk__in=versions)
    for version in rows.order_by("pk"):
        if version.status != VersionStatus.DRAFT:
            raise PublishedAlready(
                N_("%(version)s is “%(now)s”; make a new version of it."),
                version=str(version), now=version.get_status_display(),
            )  # fmt: skip


def _write(model: Any, link: str, texts: Iterable[tuple[Any, Texts]]) -> None:
    rows = [
        model(**{link: thing}, language=language, text=text, text_state=TextState.REVIEWED)
        for thing, by_language in texts
        for language, text in by_language.items()
    ]
    model.objects.bulk_create(rows, batch_size=AT_ONCE)
