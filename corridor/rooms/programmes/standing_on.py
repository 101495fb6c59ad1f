"""Write what programmes stand on: agreements, announcements and demand in their order, the first of each on the programme itself."""

from collections.abc import Iterable, Sequence

from django.db.models import Model

from .drafts import ProgrammeDraft
from .models import Programme, ProgrammeAgreement, ProgrammeAnnouncement, ProgrammeDemand, ProgrammeLanguage


def stand(pairs: Sequence[tuple[Programme, ProgrammeDraft]]) -> None:
    """Replace what stood there; the programmes themselves are saved by the caller, who holds them."""
    for programme, draft in pairs:
        programme.agreement = draft.agreements[0]
        programme.announcement = next(iter(draft.announcements), None)
    _write(
        ProgrammeAgreement,
        pairs,
        [
            ProgrammeAgreement(programme=programme, agreement=each, position=place)
            for programme, draft in pairs for place, each in enumerate(draft.agreements, start=1)
        ],
    )  # fmt: skip
    _write(
        ProgrammeAnnouncement,
        pairs,
        [
            ProgrammeAnnouncement(programme=programme, announcement=each, position=place)
            for programme, draft in pairs for place, each in enumerate(draft.announcements, start=1)
        ],
    )  # fmt: skip
    _write(
        ProgrammeDemand,
        pairs,
        [
            ProgrammeDemand(programme=programme, demand=each, position=place)
            for programme, draft in pairs for place, each in enumerate(draft.demands, start=1)
        ],
    )  # fmt: skip
    _write(
        ProgrammeLanguage,
        pairs,
        [
            ProgrammeLanguage(programme=programme, language=each, position=place)
            for programme, draft in pairs for place, each in enumerate(draft.languages, start=1)
        ],
    )  # fmt: skip


def _write[M: Model](table: type[M], pairs: Iterable[tuple[Programme, ProgrammeDraft]], rows: list[M]) -> None:
    keys = [programme.pk for programme, _draft in pairs]
    for start in range(0, len(keys), 500):
        table._default_manager.filter(programme__in=keys[start : start + 500]).delete()
    table._default_manager.bulk_create(rows, batch_size=500)
