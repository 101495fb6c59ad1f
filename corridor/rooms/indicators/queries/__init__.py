"""Every way figures, the evidence behind them, claims and editions can be read. Nothing here changes anything."""

from .activity import Risk, risk_of, risks_on
from .claim_evidence import evidence_of_claims, get_claim
from .claims import ClaimCheck, check_claims, list_claims
from .editions import OpenedEdition, figures_in, get_edition, list_editions, open_edition
from .evidence import OpenedFigure, OpenedRow, open_figure, walk_record
from .figures import (
    FigureAsk,
    Growth,
    Sum,
    Then,
    add_figures,
    compare_with_now,
    growth_of,
    list_indicators,
    show_figure,
    show_figures,
)
from .kept import Recount, figures_to_sign, get_figure, list_figures, recount_figure, show_kept, versions_of
from .own_numbers import OwnNumber, countable_for_members, own_numbers, require_countable
from .packs import pack_edition
from .words import currencies_counted, words_of_breakdowns, words_of_scope

__all__ = [
    "ClaimCheck",
    "FigureAsk",
    "Growth",
    "OpenedEdition",
    "OpenedFigure",
    "OpenedRow",
    "OwnNumber",
    "Recount",
    "Risk",
    "Sum",
    "Then",
    "add_figures",
    "check_claims",
    "compare_with_now",
    "countable_for_members",
    "currencies_counted",
    "evidence_of_claims",
    "figures_in",
    "figures_to_sign",
    "get_claim",
    "get_edition",
    "get_figure",
    "growth_of",
    "list_claims",
    "list_editions",
    "list_figures",
    "list_indicators",
    "open_edition",
    "open_figure",
    "own_numbers",
    "pack_edition",
    "recount_figure",
    "require_countable",
    "risk_of",
    "risks_on",
    "show_figure",
    "show_figures",
    "show_kept",
    "versions_of",
    "walk_record",
    "words_of_breakdowns",
    "words_of_scope",
]
