"""Every way curricula can be read. Drafts are seen by who may edit them alone."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from corridor.foundations.access import Actor
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from .lifecycle import VersionStatus
from .models import CurriculumVersion, FrameworkEdition, MappingClaim, Unit


@dataclass(frozen=True)
class VersionRecord:
    """
    A version with everything in it read: ``units`` with titles, hours, elements, criteria, learning outcomes and mapping claims.

    Texts are chosen by ``texts.text_for`` for the reader's language; nothing more is read for that.
    """

    version: CurriculumVersion
    units: list[Unit]
    published_on: date | None
    superseded_on: date | None


def list_versions(*, by: Actor, curriculum: str = "") -> QuerySet[CurriculumVersion]:
    """Versions by curriculum and version, with titles, units and hours read."""
    found = CurriculumVersion.objects.visible_to(by)
    if curriculum:
        found = found.filter(curriculum__reference=curriculum)
    return (
        found.select_related("curriculum__developer", "level__framework")
        .prefetch_related("titles", "curriculum__developer__names", "units__hours")
        .order_by("curriculum__reference", "version")
    )


def get_version(*, reference: str, version: str, by: Actor) -> VersionRecord:
    """
    One version of the curriculum ``reference``, in a number of statements that does not grow with it.

    :raises NotFound: if there is none, or it is a draft and the actor may not edit.
    """
    units = Unit.objects.order_by("position").prefetch_related(
        "titles",
        "hours",
        "elements__texts",
        "elements__criteria__texts",
        "learning_outcomes__texts",
        Prefetch("mapping_claims", _claims()),
    )
    found = (
        CurriculumVersion.objects.visible_to(by)
        .filter(curriculum__reference=reference, version=version)
        .select_related("curriculum__developer", "level__framework")
        .prefetch_related("titles", "changes", "curriculum__developer__names", Prefetch("units", units))
        .first()
    )
    if found is None:
        raise NotFound(N_("There is no version %(version)s of %(curriculum)s."), curriculum=reference, version=version)
    days = {change.to_status: change.effective_on for change in found.changes.all()}
    return VersionRecord(
        found, list(found.units.all()), days.get(VersionStatus.PUBLISHED), days.get(VersionStatus.SUPERSEDED)
    )


def mapping_claims_on(*, day: date, by: Actor, version: CurriculumVersion | None = None) -> QuerySet[MappingClaim]:
    """Claims that hold on that day (MappingClaim.holds_on): made, not expired, reviewed, with evidence; of versions the actor may see."""
    found = _claims().filter(
        Q(expires_before__isnull=True) | Q(expires_before__gt=day),
        claimed_on__lte=day,
        reviewed_on__lte=day,
        evidence__isnull=False,
        unit__version__in=CurriculumVersion.objects.visible_to(by),
    )
    return found.filter(unit__version=version) if version is not None else found


def claims_to_review(*, by: Actor) -> QuerySet[MappingClaim]:
    """Claims that nobody has reviewed yet, the oldest first."""
    return list_claims(by=by).filter(reviewed_on__isnull=True).order_by("claimed_on", "pk")


def list_claims(*, by: Actor, curriculum: str = "", version: str = "") -> QuerySet[MappingClaim]:
    """Every claim about units of versions that the actor may see, in the order of the units."""
    found = _claims().filter(unit__version__in=CurriculumVersion.objects.visible_to(by))
    if curriculum:
        found = found.filter(unit__version__curriculum__reference=curriculum)
    return found.filter(unit__version__version=version) if version else found


def get_claim(*, key: str, by: Actor) -> MappingClaim:
    """:raises NotFound: if there is none, or it is about a draft that the actor may not see."""
    found = list_claims(by=by).filter(pk=key).first()
    if found is None:
        raise NotFound(N_("There is no such claim."))
    return found


def list_frameworks(*, by: Actor) -> QuerySet[FrameworkEdition]:  # noqa: ARG001 (public)
    """Framework editions with their levels, from low to high."""
    return FrameworkEdition.objects.prefetch_related("levels").order_by("code", "edition")


def _claims() -> QuerySet[MappingClaim]:
    return (
        MappingClaim.objects.select_related("unit__version__curriculum", "foreign_unit", "claimant", "evidence")
        .prefetch_related("claimant__names", "unit__titles")
        .order_by("unit__version", "unit__position", "claimed_on", "pk")
    )
