"""From a row of evidence to its record, and from there to what justifies it: decisions, registers, signatures, documents."""

from collections.abc import Callable, Mapping

from corridor.foundations.access import Actor

from . import learners, money, things, trainers
from .cards import LOADERS, Card, Link, cards_of
from .sight import may_open
from .steps import Fact, Ground, MarkLine, Moved, Paper, Walked

WALKS: Mapping[str, Callable[[Card, Actor], Walked]] = {
    "agreement_party": things.agreement_party,
    "announcement": things.announcement,
    "asked_member": things.asked_member,
    "commitment": money.commitment,
    "credential": learners.credential,
    "demand_statement": things.demand_statement,
    "enrolment": learners.enrolment,
    "follow_up": learners.follow_up,
    "listing": things.listing,
    "membership": things.membership,
    "membership_change": things.membership_change,
    "movement": money.movement,
    "organisation": things.organisation,
    "programme": things.programme,
    "site": things.site,
    "stay": trainers.stay,
    "trainer": trainers.trainer,
    "unit": things.unit,
}

__all__ = [
    "LOADERS",
    "WALKS",
    "Card",
    "Fact",
    "Ground",
    "Link",
    "MarkLine",
    "Moved",
    "Paper",
    "Walked",
    "cards_of",
    "may_open",
]
