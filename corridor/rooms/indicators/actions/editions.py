"""An edition: signed figures in an order, published once under one fingerprint."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.foundations.lifecycles.moving import move, move_all
from corridor.kernel.errors import BadInput, NotFound, Problem
from corridor.kernel.wording import N_

from ..fingerprints import edition_fingerprint
from ..keeping import particulars
from ..lifecycle import EditionStatus, FigureStatus
from ..models import Edition, EditionFigure, Figure
from ..refusals import AlreadyPublished, NotSignedOff, ReferenceTaken
from ..writing import require_intact

SIGNED = {FigureStatus.SIGNED_OFF.value, FigureStatus.PUBLISHED.value}


@dataclass(frozen=True, slots=True)
class EditionDraft:
    """A report to come: its reference ("2024"), title, and the day it speaks of."""

    reference: str
    title: str
    day: date


@transaction.atomic
def build_editions(*, editions: Sequence[EditionDraft], by: Actor) -> list[Edition]:
    """Begin editions as drafts. :raises ReferenceTaken: if a reference is in use."""
    by.require(Permission.EDITION_BUILD)
    references = [each.reference for each in editions]
    taken = Edition.objects.filter(reference__in=references).values_list("reference", flat=True).first()
    if taken or len(set(references)) < len(references):
        raise ReferenceTaken(N_("There is an edition %(reference)s already."), reference=taken or references[0])
    made = Edition.objects.bulk_create(
        Edition(reference=each.reference, title=each.title, day=each.day, status=EditionStatus.DRAFT)
        for each in editions
    )
    log.record_each("indicators.edition_begun", by=by, subjects=made)
    return made


def build_edition(*, edition: EditionDraft, by: Actor) -> Edition:
    return build_editions(editions=[edition], by=by)[0]


@transaction.atomic
def place_figures(*, edition: Edition, figures: Sequence[Figure], by: Actor) -> Edition:
    """
    Say which kept figures stand in a draft, in this order; what stood there before is replaced.

    :raises AlreadyPublished: if it is no draft any more. :raises BadInput: for a figure named twice.
    """
    by.require(Permission.EDITION_BUILD)
    edition = _held(edition)
    if len({figure.pk for figure in figures}) < len(figures):
        raise BadInput([Problem(N_("A figure stands in an edition once."), column="figures")])
    edition.places.all().delete()
    EditionFigure.objects.bulk_create(
        EditionFigure(edition=edition, figure=figure, position=position)
        for position, figure in enumerate(figures, start=1)
    )
    log.record("indicators.edition_filled", by=by, subject=edition, count=max(len(figures), 1))
    return edition


@transaction.atomic
def publish_edition(*, edition: Edition, on: date, at: datetime, by: Actor) -> Edition:
    """
    Publish the draft: its figures become published, and the fingerprint over all of them is fixed.

    :raises NotSignedOff: naming the figures that two persons have not signed, or that were corrected since. :raises AlreadyPublished:
        if it is no draft. :raises BadInput: for an empty edition. :raises FigureHasChanged: if kept rows do not give their figure any more.
    """
    by.require(Permission.EDITION_PUBLISH)
    edition = _held(edition)
    keys = list(edition.places.order_by("position").values_list("figure", flat=True))
    found = {each.pk: each for each in Figure.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    figures = [found[key] for key in keys]
    if not figures:
        raise BadInput([Problem(N_("An edition without figures says nothing."), column="figures")])
    corrected = set(Figure.objects.filter(corrects__in=found).values_list("corrects", flat=True))
    open_ = [each.reference for each in figures if each.status not in SIGNED or each.pk in corrected]
    if open_:
        raise NotSignedOff(
            N_("Two persons have not signed these yet, or a newer version stands: %(figures)s."),
            figures=", ".join(open_),
        )
    for figure in figures:
        require_intact(figure)
    fresh = [each for each in figures if each.status == FigureStatus.SIGNED_OFF]
    move_all(fresh, to=FigureStatus.PUBLISHED, on=on, by=by)
    edition.fingerprint = edition_fingerprint(particulars(figure) for figure in figures)
    edition.published_at = at
    edition.save(update_fields=["fingerprint", "published_at"])
    move(edition, to=EditionStatus.PUBLISHED, on=on, by=by)
    log.record("indicators.edition_published", by=by, subject=edition, count=len(figures))
    return edition


def _held(edition: Edition) -> Edition:
    found = Edition.objects.select_for_update().filter(pk=edition.pk).first()
    if found is None:
        raise NotFound(N_("There is no such edition."))
    if found.status != EditionStatus.DRAFT:
        raise AlreadyPublished(N_("Edition %(edition)s is published and never changes."), edition=found.reference)
    return found
