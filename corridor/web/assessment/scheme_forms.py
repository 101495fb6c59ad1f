"""Forms in which a scheme is written, piece by piece."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.rooms.assessment.queries.choices import EvidenceNeed, InstrumentKind, Judges, Signing, Weight
from corridor.web.fields import Chosen, DayField
from corridor.web.ui.names import title_in

LANGUAGE_HELP = _("A tag of BCP 47, like en, lo or zh-Hans.")


class FactsForm(forms.Form):
    attempts_allowed = forms.IntegerField(label=_("Attempts allowed"), min_value=1, max_value=20, initial=3)
    signing = forms.ChoiceField(label=_("Who signs"), choices=Signing.choices)
    judges = forms.ChoiceField(label=_("Who may assess"), choices=Judges.choices)
    appeal_days = forms.IntegerField(
        label=_("Days for an appeal"), min_value=1, max_value=365, initial=14,
        help_text=_("Counted from the day on which the decision is final and the learner may see it."),
    )  # fmt: skip


class NewSchemeForm(FactsForm):
    version = Chosen(label=_("Curriculum"))
    unit = forms.CharField(label=_("Unit"), max_length=20, help_text=_("The code of a unit of this curriculum."))
    field_order = ("version", "unit")

    def offer(self, versions: Iterable[Any]) -> None:
        rows = [(str(v.pk), f"{title_in(v).text or v.curriculum.reference} {v.version}", v) for v in versions]
        self.fields["version"].offer(rows, empty=str(_("Choose one")))


class InstrumentForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=InstrumentKind.choices)
    title = forms.CharField(label=_("What is done or asked"), max_length=500)
    language = forms.CharField(label=_("Language"), max_length=12, initial="en", help_text=LANGUAGE_HELP)
    scale = forms.DecimalField(
        label=_("Highest mark"), required=False, max_digits=7, decimal_places=2, help_text=_("Written tests only.")
    )
    pass_mark = forms.DecimalField(
        label=_("Passed from"), required=False, max_digits=7, decimal_places=2, help_text=_("Written tests only.")
    )


class CriterionForm(forms.Form):
    text = forms.CharField(
        label=_("What one sees when it is done well"), max_length=1000, widget=forms.Textarea({"rows": 3})
    )
    language = forms.CharField(label=_("Language"), max_length=12, initial="en", help_text=LANGUAGE_HELP)
    weight = forms.ChoiceField(label=_("Weight"), choices=Weight.choices, initial=Weight.REQUIRED)
    evidence = forms.ChoiceField(label=_("Evidence"), choices=EvidenceNeed.choices)


class PublishForm(forms.Form):
    on = DayField(label=_("In force from"))
