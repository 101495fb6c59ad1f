"""What waits to be decided beside the decisions themselves: what devices brought, second judgements, and appeals."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from corridor.foundations.access import Actor
from corridor.journeys.decide_conflict import count_to_decide
from corridor.rooms.assessment import queries as assessment
from corridor.web.ui.days import day_text, number_text

from .owed import Owed


def judgements_owed(*, on: date, by: Actor) -> Iterator[Owed]:  # noqa: ARG001 (every part of the desk is asked the same way)
    """One row for all conflicts, one for all second judgements, and one for each appeal with the day by which it is ruled upon."""
    if waiting := count_to_decide(by=by):
        title = ngettext("Decide what a device brought", "Decide %(count)s things that devices brought", waiting)
        yield Owed(
            None, title % {"count": number_text(waiting)}, _("Both values are kept until somebody has decided."), "",
            reverse("register-conflicts"), _("Look and decide"),
        )  # fmt: skip
    if samples := assessment.list_samples_to_judge(by=by):
        title = ngettext("Judge one decision a second time", "Judge %(count)s decisions a second time", len(samples))
        yield Owed(
            None, title % {"count": number_text(len(samples))}, _("You do not see what the first assessor said."),
            samples[0].plan.cohort.reference, reverse("samples"), _("Judge"),
        )  # fmt: skip
    for appeal in assessment.appeals_waiting(by=by):
        is_lodged = appeal.status == "lodged"
        title = _("Name the panel of an appeal") if is_lodged else _("Rule on an appeal as one of its panel")
        text = _("Lodged on %(day)s. Until it is ruled upon the decision counts nowhere.") % {
            "day": day_text(appeal.lodged_on)
        }
        yield Owed(
            appeal.answer_by, title, text, appeal.reference, reverse("appeal", args=[appeal.reference]),
            _("Name the panel") if is_lodged else _("Look and rule"),
        )  # fmt: skip
