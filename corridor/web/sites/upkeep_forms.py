"""Forms for what happens to equipment."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.rooms.sites.queries import CALIBRATION_RESULTS, FAULT_ENDS, FAULT_KINDS
from corridor.web.fields import Chosen, DayField

REFERENCE_OF_A_MEMBER = _("The reference on the page of the member; empty for nobody.")


class AmountForm(forms.Form):
    """What something cost, and who pays."""

    cost = forms.DecimalField(label=_("What it cost"), required=False, min_value=0, max_digits=18, decimal_places=3)
    currency = forms.CharField(
        label=_("Currency"), required=False, max_length=3, help_text=_("Three letters, like LAK or CNY.")
    )
    paid_by = forms.SlugField(label=_("Who pays"), required=False, max_length=60, help_text=REFERENCE_OF_A_MEMBER)

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()


class FaultForm(forms.Form):
    what = forms.ChoiceField(label=_("What is wrong?"), choices=FAULT_KINDS, widget=forms.RadioSelect())
    words = forms.CharField(
        label=_("In your words"), required=False, max_length=300, widget=forms.Textarea({"rows": 2})
    )
    on = DayField(label=_("Since the day"))


class LabelForm(forms.Form):
    """What a phone sends that stands before a machine; the day and the key are its own."""

    what = forms.ChoiceField(choices=FAULT_KINDS, error_messages={"required": _("Choose what is wrong.")})
    words = forms.CharField(required=False, max_length=300)
    on = DayField(required=False)
    key = forms.UUIDField(required=False)


class SettleForm(forms.Form):
    settled_as = forms.ChoiceField(label=_("How it ended"), choices=FAULT_ENDS, widget=forms.RadioSelect())
    on = DayField(label=_("On the day"))
    reason = forms.CharField(label=_("What was done"), required=False, max_length=300)


class ReadingForm(forms.Form):
    hours = forms.DecimalField(label=_("Hours on the meter"), min_value=0, max_digits=9, decimal_places=1)
    on = DayField(label=_("Read on"))


class RepairForm(AmountForm):
    field_order = ["fault", "done_by", "what", "began_on", "ended_on", "cost", "currency", "paid_by", "parts", "paper"]

    fault = Chosen(label=_("Which fault it mends"), required=False)
    done_by = forms.CharField(
        label=_("Who mends it"), max_length=200, help_text=_("A firm or an office, never a person.")
    )
    what = forms.CharField(label=_("What is done"), required=False, max_length=300)
    began_on = DayField(label=_("First day"))
    ended_on = DayField(label=_("Last day"), required=False, help_text=_("Empty: it goes on."))
    parts = forms.CharField(
        label=_("Parts from the store"), required=False, max_length=300,
        help_text=_("Numbers of parts with how many of each, like P-7:2, P-9."),
    )  # fmt: skip
    paper = forms.FileField(label=_("The bill"), required=False)

    def offer(self, faults: Iterable) -> None:
        rows = [(str(each.pk), each.words or each.get_what_display(), each) for each in faults]
        self.fields["fault"].offer(rows, empty=str(_("None")))

    def clean_parts(self) -> dict[str, int]:
        found = {}
        for one in filter(None, (each.strip() for each in self.cleaned_data["parts"].replace(";", ",").split(","))):
            number, _colon, count = one.partition(":")
            if count and not (count.strip().isdecimal() and len(count) < 7):
                raise forms.ValidationError(_("Write parts like P-7:2."))
            found[number.strip()] = int(count or 1)
        return found


class RepairEndForm(AmountForm):
    field_order = ["ended_on", "cost", "currency", "paid_by", "paper"]

    ended_on = DayField(label=_("Last day"))
    paper = forms.FileField(label=_("The bill"), required=False)


class CalibrationForm(forms.Form):
    on = DayField(label=_("Calibrated on"))
    done_by = forms.CharField(
        label=_("Calibrated by"), max_length=200, help_text=_("A firm or an office, never a person.")
    )
    result = forms.ChoiceField(label=_("Result"), choices=CALIBRATION_RESULTS, widget=forms.RadioSelect())
    paper = forms.FileField(label=_("The paper that says so"), required=False)


class InstructionForm(forms.Form):
    on = DayField(label=_("Held on"))
    given_by = forms.CharField(label=_("Given by"), max_length=200, help_text=_("A firm or an office, never a person."))
    people = forms.IntegerField(label=_("How many people"), min_value=1, max_value=999)
    what = forms.CharField(label=_("What was learned"), required=False, max_length=300)


class PartForm(forms.Form):
    number = forms.CharField(label=_("Number of the part"), max_length=60)
    name = forms.CharField(label=_("What it is"), max_length=150)
    fits = forms.CharField(
        label=_("Fits the kind of equipment"), required=False, max_length=150, help_text=_("Empty: several.")
    )
    stock = forms.IntegerField(label=_("In the store"), min_value=0, max_value=1_000_000)
    reorder_level = forms.IntegerField(
        label=_("Order again at"), min_value=0, max_value=1_000_000,
        help_text=_("When so many are left, the desk of the manager says so."),
    )  # fmt: skip


class PartStepForm(forms.Form):
    change = forms.IntegerField(
        label=_("How many came or went"), min_value=-1_000_000, max_value=1_000_000,
        help_text=_("3 for three that came, -3 for three that went."),
    )  # fmt: skip
    on = DayField(label=_("On the day"))
    reason = forms.CharField(label=_("From where, or for what"), max_length=300)
