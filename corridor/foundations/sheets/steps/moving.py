"""Where an import stands: the only place that writes its state."""

from django.db.models import QuerySet

from corridor.foundations.access import Actor
from corridor.foundations.access.words import refusal_for
from corridor.kernel.errors import NotFound, WrongMoment
from corridor.kernel.wording import N_, Phrase

from ..importing import ImportKind
from ..models import IMPORT, Import, ImportState


class NotNow(WrongMoment):
    """The import stands elsewhere on its way."""


class StillOpen(WrongMoment):
    """Something about the file is not decided yet."""


class HasRefusedRows(WrongMoment):
    """All rows or none: as long as one is refused, nothing is written."""


class StaleDryRun(WrongMoment):
    """The records have changed since the dry run; it must be done again."""


class TooLate(WrongMoment):
    """The day in which an import can be taken back is over."""


class BuiltOn(WrongMoment):
    """Something stands on what was imported."""


def require_kind(kind: ImportKind, *, by: Actor) -> None:
    """:raises AccessDenied: if the actor may do this kind of work nowhere."""
    if not by.holds_somewhere(kind.permission):
        raise refusal_for(kind.permission)


def own_imports(by: Actor) -> QuerySet[Import]:
    """A file may hold personal data: only who sent it sees it."""
    return Import.objects.filter(sent_by=by.label)


def held_for_change(key: object, *, by: Actor) -> Import:
    """:raises NotFound: if it is not the actor's own."""
    found = own_imports(by).select_for_update(no_key=True).filter(pk=key).first()
    if found is None:
        raise NotFound(N_("There is no such import of yours."))
    return found


def move(held: Import, *, to: ImportState, **values: object) -> None:
    """:raises NotNow: if its life does not lead there from where it is."""
    now = ImportState(held.state)
    if now != to and not IMPORT.may_become(now, to):
        raise NotNow(
            N_("The import of %(file)s is “%(now)s”; this cannot be done now."),
            file=held.file_name,
            now=Phrase(_name(now)),
        )
    held.state = to
    for name, value in values.items():
        setattr(held, name, value)
    held.save(update_fields=["state", *values])


def _name(state: ImportState) -> str:
    names: dict[str, str] = {
        ImportState.RECEIVED: N_("Being prepared"),
        ImportState.CHECKING: N_("Being checked"),
        ImportState.CHECKED: N_("Checked, nothing written yet"),
        ImportState.APPLYING: N_("Being written"),
        ImportState.APPLIED: N_("Written"),
        ImportState.UNDONE: N_("Taken back"),
        ImportState.WITHDRAWN: N_("Withdrawn"),
    }
    return names[state]
