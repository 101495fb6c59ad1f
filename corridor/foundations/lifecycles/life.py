"""A life as data: the states of a thing and where each may lead. docs/states is drawn from these."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices


@dataclass(frozen=True)
class Lifecycle[S: TextChoices]:
    """``first`` is the state in which a thing is born; ``transitions`` names for every state what it may become."""

    thing: str
    first: S
    transitions: Mapping[S, frozenset[S]]

    def may_become(self, now: str, to: S) -> bool:
        return to in self.transitions[type(self.first)(now)]
