"""The sheets that accounts sent, and the rows of anybody's sheets about a person: both go with an erasure."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop

from corridor.foundations.access import Actor, Permission
from corridor.foundations.audit import log
from corridor.kernel.personal_data import OnErasure, PersonalPart
from corridor.kernel.wording import N_

from .models import Import, ImportRow, ImportState
from .steps.undoing import forget_files

# What stands in the place of a file's name that may have said whose it was.
UNNAMED = gettext_noop("a sheet")


def personal_data(accounts: Collection[UUID]) -> list[PersonalPart]:
    """One statement."""
    sent = Import.objects.filter(sender__in=accounts)
    return [
        PersonalPart(
            "imports", N_("Sheets that you sent"), ("sheets.Import",), Permission.IMPORT_VIEW,
            N_("To show what was brought in with them, and to take it back within a day."),
            N_("The file and its rows for a week; for good that it was sent."), OnErasure.EMPTIED,
            N_("That a sheet was sent stays, for records came from it; the file, its rows and its name go."),
            {"kind": N_("Kind"), "file_name": N_("File"), "sent_at": N_("Sent at"), "state": N_("State")},
            [
                {
                    "kind": each.kind, "file_name": each.file_name, "sent_at": each.sent_at.isoformat(timespec="minutes"),
                    "state": each.state,
                }
                for each in sent.order_by("-sent_at", "-pk")
            ],
            {"state": dict(ImportState.choices)},
        )
    ]  # fmt: skip


@transaction.atomic
def forget(*, accounts: Collection[UUID], subjects: Collection[UUID], references: Collection[str], by: Actor) -> int:
    """
    Let go of the files, the verdicts and the names of sheets that these accounts sent, and of every kept sheet that has a row about one of these
    records (by key or reference). Return how many sheets lost their file.
    """
    by.require(Permission.PERSON_ERASE)
    sent = Import.objects.filter(sender__in=accounts)
    about = ImportRow.objects.filter(subject__in=subjects).values_list("of", flat=True)
    named = ImportRow.objects.filter(reference__in=references).values_list("of", flat=True)
    # What is being written this moment keeps its file until it is; the worker forgets it within the week.
    at_rest = Import.objects.exclude(state__in=[ImportState.CHECKING, ImportState.APPLYING])
    held = list(at_rest.filter(pk__in={*sent.values_list("pk", flat=True), *about, *named}))
    kept = [each for each in held if each.stored_as]
    log.record_each("sheets.forgotten", by=by, subjects=kept)
    forget_files(held)
    sent.update(file_name=UNNAMED)
    return len(kept)
