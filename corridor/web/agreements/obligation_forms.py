"""Forms about what parties owe."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.web.fields import Chosen, DayField
from corridor.web.ui.names import member_called

SHOWN_BY = [
    ("word", _("What the member says")), ("document", _("A document")), ("report", _("A report on an announcement")),
    ("equipment", _("Equipment that came to a site")), ("cohort", _("A cohort that finished")),
    ("payment", _("A payment under a commitment")),
]  # fmt: skip


class ObligationFilter(forms.Form):
    """What the list of obligations is narrowed to; its state is in the address."""

    member = forms.SlugField(
        label=_("Owed by"), required=False, max_length=60, help_text=_("The reference of a member, as in its address.")
    )
    agreement = forms.SlugField(label=_("Agreement"), required=False, max_length=20)
    state = forms.SlugField(required=False, widget=forms.HiddenInput())


class ObligationForm(forms.Form):
    """What a party owes, and by when."""

    member = Chosen(label=_("Who owes it"))
    what = forms.CharField(label=_("What is owed"), max_length=300, widget=forms.Textarea({"rows": 2}))
    due_on = DayField(label=_("Due on"))
    every_months = forms.IntegerField(
        label=_("Returns every so many months"), required=False, min_value=1, max_value=120,
        help_text=_("Empty: it is owed once. What returns falls due again until the agreement ends."),
    )  # fmt: skip
    shown_by = forms.ChoiceField(
        label=_("What shows that it was kept"), choices=SHOWN_BY, initial="word", required=False
    )

    def __init__(self, *args, parties: Any, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        rows = [(each.organisation.reference, member_called(each.organisation).text, each) for each in parties]
        self.fields["member"].offer(rows, empty=str(_("Choose one")))


class FulfilForm(forms.Form):
    """An obligation was kept, this time; ``records`` are those of other rooms that show it."""

    on = DayField(label=_("Kept on"))
    record = forms.ChoiceField(label=_("The record that shows it"), required=False, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("How"), required=False, max_length=300, widget=forms.Textarea({"rows": 2}))
    paper = forms.FileField(label=_("Document that shows it"), required=False, help_text=_("PDF, PNG or JPEG."))

    def __init__(self, *args, records: list[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if records:
            self.fields["record"].choices = [*records, ("", _("None of these; the document shows it"))]
        else:
            del self.fields["record"]


class WaiveForm(forms.Form):
    """An obligation is let off."""

    on = DayField(label=_("Let off on"))
    reason = forms.CharField(label=_("Why"), max_length=300, widget=forms.Textarea({"rows": 2}))
    whole = forms.ChoiceField(
        label=_("Which times"), widget=forms.RadioSelect, initial="this",
        choices=[("this", _("This time alone; it falls due again")), ("whole", _("For good; it does not return"))],
    )  # fmt: skip

    def __init__(self, *args, returns: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not returns:
            del self.fields["whole"]


class MonthForm(forms.Form):
    """Which month of the calendar, and whose obligations."""

    month = forms.RegexField(r"^(19|20|21)\d\d-(0[1-9]|1[0-2])$", required=False)
    whose = forms.ChoiceField(required=False, choices=[("", ""), ("own", "own"), ("all", "all")])
