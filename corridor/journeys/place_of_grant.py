"""Where a role is to be held: a kind and a reference, as people write them, become the record's own key."""

from corridor.foundations.access import Actor
from corridor.foundations.grants.drafts import ALLIANCE, Place, country
from corridor.foundations.vocabularies.countries import is_country
from corridor.kernel.errors import BadInput, NotFound, Problem
from corridor.kernel.wording import N_

from .record_kinds import KINDS

RECORDS = ("member", "site", "programme", "cohort")


def find_place(*, kind: str, reference: str, by: Actor) -> Place:
    """:raises BadInput: for a place that is none, an unknown country, and a record that the reader may not see."""
    reference = reference.strip()
    if kind == "alliance":
        if reference:
            raise BadInput([Problem(N_("The whole alliance needs no reference."), column="reference")])
        return ALLIANCE
    if kind == "country":
        if not is_country(reference.upper()):
            raise BadInput(
                [
                    Problem(
                        N_("“%(country)s” is no country or region of ISO 3166-1."),
                        {"country": reference},
                        column="reference",
                    )
                ]
            )
        return country(reference)
    if kind not in RECORDS:
        raise BadInput([Problem(N_("A role is not held for such a thing."), column="kind")])
    try:
        record = KINDS[kind].find(reference, by)
    except NotFound as unknown:
        raise BadInput([Problem(unknown.message, dict(unknown.places), column="reference")]) from None
    # An old reference of a merged organisation leads to the record that stays.
    return Place(kind, record.pk, record.reference)
