"""A published edition, read whole to be written down."""

from datetime import datetime

from django.utils import translation

from corridor.foundations.access import VISITOR, Actor, Permission
from corridor.kernel.errors import WrongMoment
from corridor.kernel.fingerprints import canonical_lines
from corridor.kernel.wording import N_
from corridor.rooms.members.queries import get_alliance

from ..answers import FigureAnswer, answer
from ..code_words import dimension_word, words_of
from ..keeping import counted_from_kept, kept, particulars
from ..lifecycle import EditionStatus
from ..models import Figure
from ..packs.shape import PackedEdition, PackedFigure, Signed
from .editions import figures_in, get_edition


def pack_edition(*, reference: str, language: str, at: datetime, by: Actor) -> PackedEdition:
    """
    The edition as anyone may read it, in that language (a BCP 47 tag); with the rows behind it for readers who may see them.

    :raises NotFound: if there is none. :raises WrongMoment: if it is a draft.
    """
    edition = get_edition(reference=reference, by=by)
    if edition.status != EditionStatus.PUBLISHED:
        raise WrongMoment(
            N_("Edition %(edition)s is a draft; a pack is made of what is published."), edition=edition.reference
        )
    alliance = get_alliance(by=by)
    with translation.override(language.lower()):
        figures = tuple(_figure(each, language=language, at=at, by=by) for each in figures_in(edition=edition, by=by))
    return PackedEdition(
        reference=edition.reference,
        title=edition.title,
        alliance=alliance.name(language),
        day=edition.day.isoformat(),
        published_at=edition.published_at.isoformat(timespec="seconds") if edition.published_at else "",
        fingerprint=edition.fingerprint,
        language=language,
        figures=figures,
    )


def _figure(figure: Figure, *, language: str, at: datetime, by: Actor) -> PackedFigure:
    counted, story = counted_from_kept(figure), kept(figure)
    # What is printed is what anyone may read, whoever builds the pack.
    shown = answer(counted, at=at, by=VISITOR, figure=story)
    said = particulars(figure)
    return PackedFigure(
        said={
            **{name: said[name] for name in _PARTICULARS},
            "known_at": figure.known_at.isoformat(timespec="seconds"),
            "not_counted": shown.not_counted,
        },
        numbers=shown.numbers,
        title=str(shown.definition.title),
        about=_about(shown, language),
        counted=str(shown.definition.counted),
        unit_words=_unit_words(shown),
        words={
            dimension: (
                dimension_word(dimension),
                {
                    code: word.text
                    for code, word in words_of(
                        definition=shown.definition, dimension=dimension, codes=list(cells), language=language
                    ).items()
                },
            )
            for dimension, cells in shown.breakdown.items()
        },
        signatures=tuple(Signed(each.by, each.role, each.signed_on.isoformat()) for each in story.signatures),
        correction=story.correction_reason,
        evidence=canonical_lines(counted.rows) if by.holds_everywhere(Permission.EVIDENCE_VIEW_ROWS) else None,
    )


_PARTICULARS = ("reference", "version", "code", "definition_version", "unit", "scope", "on", "from", "to")


def _unit_words(shown: FigureAnswer) -> str:
    if shown.currency:
        return translation.gettext("%(currency)s, in its smallest unit") % {"currency": shown.currency}
    return str(translation.gettext(shown.unit.words))


def _about(shown: FigureAnswer, language: str) -> str:
    """When and of what: "2021-01-01/2024-01-18; Brand: ...; Kind: ..."."""
    when = shown.on.isoformat() if shown.on else f"{shown.first_day.isoformat()}/{shown.last_day.isoformat()}"
    parts = []
    for key, code in shown.question.scope.codes:
        word = words_of(definition=shown.definition, dimension=key, codes=[code], language=language)[code]
        parts.append(f"{dimension_word(key)}: {word.text}")
    return "; ".join([when, *parts])
