"""What is sent about placements, and by mentors."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from corridor.web.fields import Chosen, DayField


class PlacementForm(forms.Form):
    learner = Chosen(label=_("Learner"))
    company = forms.SlugField(
        label=_("Company"), max_length=60, help_text=_("The reference of the organisation, from the list of members.")
    )
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"))
    hours = forms.IntegerField(label=_("Hours in all"), min_value=1, max_value=4_000)
    mentor_name = forms.CharField(label=_("Mentor"), required=False, max_length=150)
    mentor_email = forms.EmailField(
        label=_("Mentor’s e-mail address"), required=False, help_text=_("The link to confirm each week goes there.")
    )
    mentor_language = forms.ChoiceField(label=_("Letters to the mentor in"), choices=settings.LANGUAGES)
    insurance = forms.CharField(label=_("Insurance"), required=False, max_length=150)
    insured_until = DayField(label=_("Insured until the end of"), required=False)

    def offer(self, rows: Iterable[Any]) -> None:
        field: Any = self.fields["learner"]
        field.offer(
            [(str(row.enrolment.number), f"{row.enrolment.number} {row.name.own_name}", row.enrolment) for row in rows],
            empty=str(_("Choose one")),
        )


class TasksForm(forms.Form):
    tasks = forms.CharField(
        label=_("Tasks"), required=False, max_length=5_000, widget=forms.Textarea({"rows": 8}),
        help_text=_("One in a line; before a colon the code of the unit that it is practice for: VI-02: Inspect brakes."),
    )  # fmt: skip

    def lines(self, codes: Iterable[str]) -> list[tuple[str, str]]:
        known = set(codes)
        found = []
        for line in self.cleaned_data["tasks"].splitlines():
            code, colon, text = line.strip().partition(":")
            if colon and code.strip() in known:
                found.append((code.strip(), text.strip()))
            elif line.strip():
                found.append(("", line.strip()))
        return found


class ContractForm(forms.Form):
    """The contract on paper, signed by all."""

    contract = forms.FileField(label=_("The signed contract"), help_text=_("PDF, PNG or JPEG."))


class VisitForm(forms.Form):
    on = DayField(label=_("Day of the visit"))
    found = forms.CharField(label=_("What you found"), max_length=500, widget=forms.Textarea({"rows": 3}))


class LogbookForm(forms.Form):
    on = DayField(label=_("Day"))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=1_440)
    task = Chosen(label=_("Task"), required=False)
    text = forms.CharField(label=_("What you did"), max_length=500, widget=forms.Textarea({"rows": 3}))

    def offer(self, tasks: Iterable[Any]) -> None:
        field: Any = self.fields["task"]
        field.offer([(str(each.position), each.text, each) for each in tasks], empty=str(_("None of them")))


class BreakOffForm(forms.Form):
    on = DayField(label=_("Last day there"))
    because = forms.CharField(label=_("Why"), max_length=300)


class ConfirmForm(forms.Form):
    """A week from its Monday; hours may have quarters."""

    week = DayField(widget=forms.HiddenInput())
    hours = forms.DecimalField(label=_("Hours"), min_value=0, max_value=168, max_digits=5, decimal_places=2)
    remark = forms.CharField(
        label=_("What was different"),
        required=False,
        max_length=300,
        help_text=_("Only where the hours are not those of the logbook."),
    )

    def minutes(self) -> int:
        return int(self.cleaned_data["hours"] * 60)
