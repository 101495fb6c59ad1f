"""Every indicator, by code: one module per family, in the order in which the list of figures shows them."""

from collections.abc import Mapping

from corridor.kernel.rates import require_named_rate
from corridor.kernel.recompute import Recipe
from corridor.kernel.refusals import DefinitionsDiffer
from corridor.kernel.wording import N_

from ..refusals import UnknownIndicator
from . import (
    abroad,
    agreements_and_announcements,
    attending,
    away,
    belonging,
    credentials,
    curricula,
    demand,
    finishing,
    funding,
    funnel,
    members,
    outcomes,
    sites_and_programmes,
    taking_part,
    trainers,
    training,
)
from .definition import Definition, Form, Gathered, Time, When

DEFINITIONS: Mapping[str, Definition] = {
    definition.code: definition
    for family in (
        members,
        belonging,
        agreements_and_announcements,
        sites_and_programmes,
        taking_part,
        attending,
        training,
        abroad,
        funnel,
        finishing,
        trainers,
        away,
        curricula,
        credentials,
        demand,
        funding,
        outcomes,
    )
    for definition in family.DEFINITIONS
}


def definition_of(code: str) -> Definition:
    """
    The definition in force.

    :raises BareRate: for a label that names no indicator ("employment rate"). :raises UnknownIndicator: for a code that does not exist.
    """
    require_named_rate(code)
    if code not in DEFINITIONS:
        raise UnknownIndicator(
            N_("There is no indicator %(code)s. There are: %(codes)s."), code=code, codes=", ".join(DEFINITIONS)
        )
    return DEFINITIONS[code]


def recipe_of(code: str, version: int) -> Recipe:
    """How kept rows of that version are counted. :raises DefinitionsDiffer: if that version can no longer be counted here."""
    definition = definition_of(code)
    if definition.version != version:
        raise DefinitionsDiffer(
            N_("%(code)s is counted here by definition version %(ours)s, not by version %(theirs)s."),
            code=code,
            ours=definition.version,
            theirs=version,
        )
    return definition.recipe


__all__ = ["DEFINITIONS", "Definition", "Form", "Gathered", "Time", "When", "definition_of", "recipe_of"]
