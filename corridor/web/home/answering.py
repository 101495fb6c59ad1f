"""Steps that other parties of agreements ask for, and that wait for an answer of the reader's members."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from corridor.foundations.access import Actor
from corridor.foundations.vocabularies.sentences import isolated
from corridor.rooms.agreements import queries as agreements
from corridor.web.agreements.changing_forms import MOTIONS
from corridor.web.home.owed import Owed
from corridor.web.ui.names import agreement_title, member_called


def answers_owed(*, by: Actor) -> Iterator[Owed]:
    for motion in agreements.motions_to_answer(by=by):
        agreement = motion.agreement
        title = _("Answer what is asked under “%(title)s”") % {"title": isolated(agreement_title(agreement).text)}
        places = {
            "step": MOTIONS[motion.kind], "member": isolated(member_called(motion.party).text) if motion.party else "",
        }  # fmt: skip
        text = _("%(member)s asks: %(step)s.") if motion.party else _("The secretariat asks: %(step)s.")
        yield Owed(
            None,
            title,
            text % places,
            agreement.reference,
            reverse("agreement-answer", args=[agreement.reference]),
            _("Answer"),
        )
