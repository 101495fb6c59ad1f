"""Funding commitments, what moved under them, and the rates with which currencies are reckoned."""

from .commitments import Commitment, CommitmentChange, CommitmentQuerySet, Disclosure, Instalment, Purpose
from .movements import Movement
from .rates import ExchangeRate

__all__ = [
    "Commitment",
    "CommitmentChange",
    "CommitmentQuerySet",
    "Disclosure",
    "ExchangeRate",
    "Instalment",
    "Movement",
    "Purpose",
]
