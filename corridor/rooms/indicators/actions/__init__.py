"""Every way figures, claims and editions can change."""

from .claims import ClaimDraft, attach_answer, state_claims
from .correcting import Correction, correct_figure, correct_figures
from .editions import EditionDraft, build_edition, build_editions, place_figures, publish_edition
from .freezing import freeze_figure, freeze_figures
from .signing import sign_figure, sign_figures

__all__ = [
    "ClaimDraft",
    "Correction",
    "EditionDraft",
    "attach_answer",
    "build_edition",
    "build_editions",
    "correct_figure",
    "correct_figures",
    "freeze_figure",
    "freeze_figures",
    "place_figures",
    "publish_edition",
    "sign_figure",
    "sign_figures",
    "state_claims",
]
