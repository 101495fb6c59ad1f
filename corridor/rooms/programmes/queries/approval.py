"""The steps of approval, as this reader may know them: that they were taken and when is public, what was found is for who keeps the log."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from corridor.foundations.access import Actor, Permission
from corridor.foundations.documents.models import Document
from corridor.foundations.documents.queries import bytes_of
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_

from ..approval import StepState, findings_of, needed_by_kind, states_of
from ..models import ApprovalStep, Programme, ProgrammeKind, StepFinding


@dataclass(frozen=True)
class Approval:
    """The steps of a programme as they stood on a day; ``tells`` where this reader may know what was found."""

    states: list[StepState]
    tells: bool

    @property
    def first_open(self) -> StepState | None:
        return next((each for each in self.states if each.is_open), None)


def approval_of(*, programme: Programme, on: date, by: Actor) -> Approval:
    """The steps that it needs or has taken, in their order, as they stood on that day."""
    needed = needed_by_kind().get(programme.kind, [])
    states = states_of(needed, findings_of([programme])[programme.pk], on=on)
    return Approval(states, by.may(Permission.PROGRAMME_VIEW_LOG, on=programme))


def needed_steps(*, by: Actor) -> list[tuple[ProgrammeKind, list[ApprovalStep]]]:  # noqa: ARG001 (what is needed is public)
    """Each kind of programme with the steps that it needs, in their order."""
    needed = needed_by_kind()
    return [(kind, needed.get(kind.value, [])) for kind in ProgrammeKind]


def get_finding(*, programme: Programme, key: UUID, by: Actor) -> StepFinding:
    """:raises NotFound: if it has none of that key, or this reader may not know what was found."""
    found: StepFinding | None = None
    if by.may(Permission.PROGRAMME_VIEW_LOG, on=programme):
        rows = StepFinding.objects.select_related("document", "programme")
        found = rows.filter(programme=programme, pk=key).first()
    if found is None:
        raise NotFound(N_("There is no such finding here."))
    return found


def paper_of_finding(*, programme: Programme, key: UUID, by: Actor) -> tuple[Document, bytes]:
    """The document of a finding. :raises NotFound: as for the finding, and if nothing was sent with it."""
    document = get_finding(programme=programme, key=key, by=by).document
    if document is None:
        raise NotFound(N_("No document came with it."))
    return document, bytes_of(document)
