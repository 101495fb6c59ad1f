"""The life of a version: published when it is whole, superseded when a later one takes its place."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.lifecycles.moving import Step, take_steps
from corridor.foundations.vocabularies.languages import FALLBACK
from corridor.kernel.wording import N_

from ..drafts import Publication
from ..lifecycle import VersionStatus
from ..models import CurriculumVersion
from ..refusals import NotComplete


def publish_version(*, version: CurriculumVersion, on: date, by: Actor) -> CurriculumVersion:
    """Refuses as publish_versions."""
    return publish_versions(publications=[Publication(version, on)], by=by)[0]


@transaction.atomic
def publish_versions(*, publications: Sequence[Publication], by: Actor) -> list[CurriculumVersion]:
    """
    Let cohorts be taught by these versions from their day.

    :raises NotComplete: without an English title, without units, or with a unit that has no English title or no hours.
    :raises WrongMoment: if a version is no draft.
    """
    by.require(Permission.CURRICULUM_PUBLISH)
    versions = _locked(publications)
    for version in versions:
        _require_whole(version)
    _move(publications, versions, VersionStatus.PUBLISHED, by)
    log.record_each("curricula.version_published", by=by, subjects=versions)
    return versions


def supersede_version(*, version: CurriculumVersion, on: date, by: Actor, reason: str = "") -> CurriculumVersion:
    """Refuses as supersede_versions."""
    return supersede_versions(publications=[Publication(version, on, reason)], by=by)[0]


@transaction.atomic
def supersede_versions(*, publications: Sequence[Publication], by: Actor) -> list[CurriculumVersion]:
    """No new cohort is taught by these from that day. :raises WrongMoment: if a version is not published."""
    by.require(Permission.CURRICULUM_PUBLISH)
    versions = _locked(publications)
    _move(publications, versions, VersionStatus.SUPERSEDED, by)
    log.record_each("curricula.version_superseded", by=by, subjects=versions)
    return versions


def _locked(publications: Sequence[Publication]) -> list[CurriculumVersion]:
    keys = [each.version.pk for each in publications]
    rows = CurriculumVersion.objects.select_for_update(of=("self",)).select_related("curriculum").filter(pk__in=keys)
    # Read before the whole is asked, so that many versions take as few statements as one.
    found = {row.pk: row for row in rows.prefetch_related("titles", "units__titles", "units__hours").order_by("pk")}
    return [found[key] for key in keys]


def _move(publications: Sequence[Publication], versions: list[CurriculumVersion], to: VersionStatus, by: Actor) -> None:
    steps = [Step(v, to, each.on, each.reason) for each, v in zip(publications, versions, strict=True)]
    take_steps(steps, by=by)


def _require_whole(version: CurriculumVersion) -> None:
    units = list(version.units.all())
    if not any(title.language == FALLBACK for title in version.titles.all()):
        raise NotComplete(N_("%(version)s has no English title."), version=str(version))
    if not units:
        raise NotComplete(N_("%(version)s has no units."), version=str(version))
    for unit in units:
        if not any(title.language == FALLBACK for title in unit.titles.all()):
            raise NotComplete(
                N_("Unit %(unit)s of %(version)s has no English title."), unit=unit.code, version=str(version)
            )
        if not sum(each.hours for each in unit.hours.all()):
            raise NotComplete(N_("Unit %(unit)s of %(version)s has no hours."), unit=unit.code, version=str(version))
