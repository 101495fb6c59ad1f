"""The alliance's own record: said again, it is corrected, never doubled."""

from collections.abc import Sequence

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from ..drafts import AllianceDraft, AllianceNameDraft, FoundingPlaceDraft, ListedPlaceDraft
from ..models import Alliance, AllianceName, FoundingPlace, ListedPlace
from ..refusals import AnotherAlliance


@transaction.atomic
def describe_alliance(*, draft: AllianceDraft, by: Actor) -> Alliance:
    """
    Write down when and where the alliance was founded and where its home is.

    :raises AnotherAlliance: if another one stands here.
    """
    by.require(Permission.ALLIANCE_DESCRIBE)
    other = Alliance.objects.select_for_update().exclude(code=draft.code).first()
    if other is not None:
        raise AnotherAlliance(N_("This is the record of %(alliance)s; it holds no other."), alliance=other.code)
    alliance, _ = Alliance.objects.update_or_create(
        code=draft.code,
        defaults={
            "founded_on": draft.founded_on,
            "founded_precision": draft.founded_precision,
            "home_zone": draft.home_zone,
            "home_place": draft.home_place,
            "source": draft.source,
        },
    )
    log.record("members.alliance_described", by=by, subject=alliance)
    return alliance


@transaction.atomic
def name_alliance(*, names: Sequence[AllianceNameDraft], by: Actor) -> None:
    """Say what the alliance is called, language by language."""
    alliance = _alliance(by)
    AllianceName.objects.bulk_create(
        [AllianceName(alliance=alliance, language=n.language, name=n.name, short_name=n.short_name) for n in names],
        update_conflicts=True, unique_fields=["alliance", "language"], update_fields=["name", "short_name"],
    )  # fmt: skip
    log.record("members.alliance_named", by=by, subject=alliance, count=len(names))


@transaction.atomic
def record_founding_places(*, places: Sequence[FoundingPlaceDraft], by: Actor) -> None:
    """Say which places launched the alliance, each with its source."""
    alliance = _alliance(by)
    FoundingPlace.objects.bulk_create(
        [
            FoundingPlace(
                alliance=alliance, code=place.code, name=place.name, country=place.country,
                source_mark=place.source_mark, source=place.source,
            )
            for place in places
        ],
        update_conflicts=True, unique_fields=["alliance", "code"],
        update_fields=["name", "country", "source_mark", "source"],
    )  # fmt: skip
    log.record("members.founding_places_recorded", by=by, subject=alliance, count=len(places))


@transaction.atomic
def list_places(*, places: Sequence[ListedPlaceDraft], by: Actor) -> None:
    """Say which countries and regions the alliance reaches: named by a source, or assumed."""
    alliance = _alliance(by)
    ListedPlace.objects.bulk_create(
        [
            ListedPlace(alliance=alliance, country=p.country, source_mark=p.source_mark, source=p.source)
            for p in places
        ],
        update_conflicts=True, unique_fields=["alliance", "country"], update_fields=["source_mark", "source"],
    )  # fmt: skip
    log.record("members.places_listed", by=by, subject=alliance, count=len(places))


def _alliance(by: Actor) -> Alliance:
    by.require(Permission.ALLIANCE_DESCRIBE)
    found = Alliance.objects.select_for_update().first()
    if found is None:
        raise NotFound(N_("The alliance has not been described yet."))
    return found
