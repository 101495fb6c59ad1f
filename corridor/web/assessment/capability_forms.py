from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.web.fields import Chosen, DayField
from corridor.web.ui.names import title_in


class DayForm(forms.Form):
    on = DayField(label=_("On the day"), required=False)


class PeriodForm(forms.Form):
    first = DayField(label=_("First day"), required=False)
    last = DayField(label=_("Last day"), required=False)


class EndForm(forms.Form):
    on = DayField(label=_("Without it from the day"))


class ExceptionForm(forms.Form):
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"))
    reason = forms.CharField(
        label=_("Why it may be assessed all the same"), max_length=300, widget=forms.Textarea({"rows": 3})
    )


class LicenceForm(forms.Form):
    person = forms.SlugField(
        label=_("Person"),
        max_length=30,
        help_text=_("The reference of the person's record. The secretariat registers persons."),
    )
    version = Chosen(label=_("Curriculum"))
    units = forms.CharField(
        label=_("Units"),
        required=False,
        max_length=300,
        help_text=_("Codes with commas between them; empty: all units."),
    )
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"), required=False, help_text=_("Empty: until somebody ends it."))
    granted_by = forms.CharField(label=_("Granted by"), max_length=200, help_text=_("The office that says so."))

    def offer(self, versions: Iterable) -> None:
        rows = [(str(v.pk), f"{title_in(v).text or v.curriculum.reference} {v.version}", v) for v in versions]
        self.fields["version"].offer(rows, empty=str(_("Choose one")))

    def clean_units(self) -> list[str]:
        return [code for each in self.cleaned_data["units"].replace(";", ",").split(",") if (code := each.strip())]
