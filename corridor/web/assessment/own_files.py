"""A file that the learner added, taken as evidence of a unit by whoever assesses it."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.rooms.assessment import actions
from corridor.rooms.training.queries import path as paths
from corridor.web.posting import posted
from corridor.web.sites.answering import form_answer

from .checklist import criterion_choices, place_of


class TakeForm(forms.Form):
    """``criteria`` are those of the scheme, if there is one."""

    criteria = forms.MultipleChoiceField(
        label=gettext_lazy("Which criteria it shows"), required=False, widget=forms.CheckboxSelectMultiple
    )


@require_http_methods(["GET", "POST"])
def take(request: HttpRequest, reference: str, unit: str, number: int, key: UUID) -> HttpResponse:
    by = request.actor
    place = place_of(request, reference, unit, number)
    by.require(Permission.DECISION_RECORD, on=place.enrolment)
    own = paths.evidence_of_place(enrolment=place.enrolment, key=key, by=by)
    judging = place.judging(on=clock.today(), by=by)
    form = TakeForm(posted(request))
    form.fields["criteria"].choices = criterion_choices(judging)  # type: ignore[attr-defined]

    def act(given: dict[str, Any]) -> None:
        criteria = [UUID(each) for each in given["criteria"]]
        actions.take_own_file(
            own=own, unit=place.unit, attempt=judging.attempt, criteria=criteria, at=clock.now(), by=by
        )

    words = {
        "title": _("Take “%(file)s” as evidence") % {"file": own.document.file_name}, "button": _("Take it as evidence"),
        "done": _("It is evidence now. It stays the learner’s file."),
        "lead": _("The learner says: %(words)s") % {"words": own.words},
    }  # fmt: skip
    back = (unit, reverse("decision", args=[reference, unit, number]))
    return form_answer(request, form, act, words=words, back=back)
