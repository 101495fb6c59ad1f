"""Editions: drafts for those who build them, published ones for everyone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from corridor.foundations.access import Actor, Permission
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from ..answers import FigureAnswer, answer
from ..keeping import counted_from_kept, kept, with_story
from ..lifecycle import EditionStatus
from ..models import Edition, EditionFigure, Figure


@dataclass(frozen=True, slots=True)
class OpenedEdition:
    """An edition with its figures in their order, each as this reader may see it."""

    edition: Edition
    figures: tuple[FigureAnswer, ...]


def list_editions(*, by: Actor) -> QuerySet[Edition]:
    """Published editions, the latest day first; drafts too for those who build them. Two statements."""
    by.require(Permission.EDITION_VIEW)
    editions = Edition.objects.prefetch_related("places").order_by("-day", "reference")
    return editions if _sees_drafts(by) else editions.filter(status=EditionStatus.PUBLISHED)


def get_edition(*, reference: str, by: Actor) -> Edition:
    """The edition itself. :raises NotFound: if there is none, or it is a draft that the reader may not see."""
    edition = list_editions(by=by).filter(reference=reference).first()
    if edition is None:
        raise NotFound(N_("There is no edition %(edition)s."), edition=reference)
    return edition


def open_edition(*, reference: str, at: datetime, by: Actor) -> OpenedEdition:
    """An edition with the numbers of its figures. One statement per figure for its rows, besides a fixed number."""
    edition = get_edition(reference=reference, by=by)
    return OpenedEdition(
        edition,
        tuple(
            answer(counted_from_kept(each), at=at, by=by, figure=kept(each))
            for each in figures_in(edition=edition, by=by)
        ),
    )


def figures_in(*, edition: Edition, by: Actor) -> Sequence[Figure]:
    """The kept figures of an edition in their order, with signatures and versions."""
    by.require(Permission.EDITION_VIEW)
    places = EditionFigure.objects.filter(edition=edition).order_by("position")
    return [each.figure for each in places.prefetch_related(Prefetch("figure", with_story()))]


def _sees_drafts(by: Actor) -> bool:
    return by.holds_everywhere(Permission.EDITION_BUILD) or by.holds_everywhere(Permission.FIGURE_SIGN)
