from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corridor.rooms.members.call_drafts import CallDraft, Need, QuestionDraft, QuestionKind
from corridor.web.fields import DayField
from corridor.web.members.forms import KINDS


class CallForm(forms.Form):
    """A call: its title, its deadline, and whom it asks."""

    title = forms.CharField(label=_("Title in English"), max_length=200)
    title_zh = forms.CharField(label=_("Title in Chinese"), max_length=200, required=False)
    title_lo = forms.CharField(label=_("Title in Lao"), max_length=200, required=False)
    due_on = DayField(label=_("Deadline"), help_text=_("The end of this day, where the alliance is at home."))
    kind = forms.ChoiceField(
        label=_("Whom it asks"), required=False, choices=[("", _("Every active member")), *KINDS[1:]]
    )
    country = forms.RegexField(
        "^[A-Z]{2}$",
        label=_("Only in this country or region"),
        required=False,
        help_text=_("Two letters of ISO 3166-1."),
    )

    def draft(self) -> CallDraft:
        given = self.cleaned_data
        titles = {"en": given["title"], "zh-Hans": given["title_zh"], "lo": given["title_lo"]}
        return CallDraft(
            {tag: text for tag, text in titles.items() if text}, given["due_on"], given["kind"], given["country"]
        )


class DeadlineForm(forms.Form):
    """Another last day, while nobody is asked."""

    due_on = DayField(label=_("Deadline"), help_text=_("The end of this day, where the alliance is at home."))
    version = forms.IntegerField(widget=forms.HiddenInput(), min_value=1)


class QuestionForm(forms.Form):
    """One question. What belongs to a number from the records, or to a choice, may stay empty for the others."""

    text = forms.CharField(label=_("The question, in English"), max_length=500)
    text_zh = forms.CharField(label=_("In Chinese"), max_length=500, required=False)
    text_lo = forms.CharField(label=_("In Lao"), max_length=500, required=False)
    kind = forms.ChoiceField(label=_("What is answered"), choices=QuestionKind.choices)
    need = forms.ChoiceField(label=_("Must it be answered"), choices=Need.choices)
    unit = forms.CharField(label=_("Unit of a number"), max_length=40, required=False)
    choices = forms.CharField(
        label=_("Answers to choose from"), required=False, widget=forms.Textarea({"rows": 4}),
        help_text=_("One a line, at least two."),
    )  # fmt: skip
    counted = forms.ChoiceField(
        label=_("Which number the records know"),
        required=False,
        help_text=_("Each member finds its own, and where it comes from."),
    )
    first_day = DayField(label=_("Counted from"), required=False, help_text=_("Empty for what holds on a day."))
    last_day = DayField(label=_("Counted to, or on"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput(), min_value=1)

    def __init__(self, *args: Any, countable: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["counted"].choices = [("", _("None")), *countable]  # type: ignore[attr-defined]

    def draft(self) -> QuestionDraft:
        given = self.cleaned_data
        code, _slash, dimension = given["counted"].partition("/")
        lines = [line.strip()[:200] for line in given["choices"].splitlines() if line.strip()]
        texts = {"en": given["text"], "zh-Hans": given["text_zh"], "lo": given["text_lo"]}
        return QuestionDraft(
            kind=QuestionKind(given["kind"]), need=Need(given["need"]), unit=given["unit"],
            texts={tag: text for tag, text in texts.items() if text},
            choices=[(f"choice-{number}", line) for number, line in enumerate(lines, start=1)],
            code=code, dimension=dimension, first_day=given["first_day"], last_day=given["last_day"],
        )  # fmt: skip
