"""What a rate must say: between which currencies, how much, and where it was read."""

from dataclasses import replace

from corridor.kernel.errors import Problem
from corridor.kernel.money import MINOR_UNITS, no_currency
from corridor.kernel.wording import N_

from .drafts import RateDraft


def faults_of(draft: RateDraft) -> list[Problem]:
    faults = [
        replace(no_currency(code), column=column)
        for column, code in (("of", draft.of), ("into", draft.into))
        if code not in MINOR_UNITS
    ]
    if draft.of == draft.into:
        faults.append(Problem(N_("A rate is between two currencies."), column="into"))
    if not draft.value.is_finite() or not 0 < draft.value < 1_000_000:
        faults.append(
            Problem(N_("A rate is above zero and below a million; turn the two currencies around."), column="value")
        )
    if not draft.source.strip():
        faults.append(Problem(N_("Say where the rate was read."), column="source"))
    return faults
