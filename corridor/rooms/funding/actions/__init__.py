"""Every way that money promised between organisations can change."""

from .committing import (
    CommitmentChanged,
    change_commitments,
    contract_commitments,
    pledge_commitments,
    withdraw_commitments,
)
from .importing import remove_commitments, remove_rates
from .paying import record_movements
from .rating import correct_rates, set_rates

__all__ = [
    "CommitmentChanged",
    "change_commitments",
    "contract_commitments",
    "correct_rates",
    "pledge_commitments",
    "record_movements",
    "remove_commitments",
    "remove_rates",
    "set_rates",
    "withdraw_commitments",
]
