"""From the application to the certificate: how many came how far, each number with its learners."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from corridor.foundations.access import Actor
from corridor.kernel.errors import NotFound
from corridor.kernel.wording import N_
from corridor.rooms.credentials import queries as credentials
from corridor.rooms.training import queries
from corridor.rooms.training.lifecycle import EnrolmentStatus
from corridor.rooms.training.queries.choices import ExitReason

CERTIFIED = "certified"
WORDS = {
    EnrolmentStatus.APPLIED.value: _("Applied"), EnrolmentStatus.SELECTED.value: _("Were offered a place"),
    EnrolmentStatus.ENROLLED.value: _("Took it up"), EnrolmentStatus.ATTENDING.value: _("Attended"),
    EnrolmentStatus.COMPLETED.value: _("Completed"), CERTIFIED: _("Hold a certificate"),
}  # fmt: skip
EXITS = {
    "withdrew": _("Withdrew"), "never_started": _("Never started"), "suspended": _("Suspended"),
    "transferred_inside": _("Moved to another cohort here"), "transferred_outside": _("Went on outside the alliance"),
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One number of the funnel: its code for the address, its word, and how many of all who applied."""

    code: str
    word: object
    count: int
    of: int


@require_GET
def funnel_page(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    cohort = queries.get_cohort(reference=reference, by=by)
    found = queries.get_funnel(cohort=cohort, by=by)
    certified = _certified(cohort, by)
    all_of = len(found.stages[EnrolmentStatus.APPLIED])
    reasons = dict(ExitReason.choices)
    steps = [Step(code, WORDS[code], len(keys), all_of) for code, keys in found.stages.items()]
    steps.append(Step(CERTIFIED, WORDS[CERTIFIED], len(certified), all_of))
    exits = [
        (Step(f"{each.state}.{each.reason}", EXITS[each.state], len(each.enrolments), all_of), reasons.get(each.reason, ""))
        for each in found.exits
    ]  # fmt: skip
    chosen = request.GET.get("who", "")
    keys = certified if chosen == CERTIFIED else found.places(chosen) if chosen else None
    if chosen and keys is None:
        raise NotFound(N_("There is no such number in this funnel."))
    rows = [row for row in queries.list_learners(cohort=cohort, by=by) if keys is not None and row.enrolment.pk in keys]
    shown = {"cohort": cohort, "steps": steps, "exits": exits, "chosen": chosen, "rows": rows}
    return render(request, "training/funnel.html", shown)


def _certified(cohort: Any, by: Actor) -> tuple[UUID, ...]:
    """The places for which a certificate stands today: an award that was issued and not taken back."""
    rows = credentials.list_credentials(by=by, cohort=cohort)
    return tuple(
        dict.fromkeys(
            row.credential.enrolment_id
            for row in rows
            if row.credential.kind == "award" and row.credential.status == "issued"
        )
    )
