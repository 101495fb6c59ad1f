"""Forms of an applicant: beginning, and a section whose fields are the questions of its form version."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.html import conditional_escape, format_html, linebreaks
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from corridor.foundations.vocabularies.countries import KNOWN_COUNTRIES
from corridor.rooms.members.application_kinds import AnswerKind
from corridor.web.fields import DayInput
from corridor.web.ui.languages import country_name


class ContactForm(forms.Form):
    """Whom we write to. Nothing else is asked before there is something to come back to."""

    name = forms.CharField(label=_("Your name"), max_length=150, widget=forms.TextInput({"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("Your e-mail address"),
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text=_("We send a link to it with which you come back to your application."),
    )
    language = forms.ChoiceField(label=_("Our letters to you are in"), choices=settings.LANGUAGES)
    former = forms.SlugField(
        label=_("Reference as a former member"),
        required=False,
        max_length=60,
        help_text=_("Only if the organisation was a member before: it stands in the address of its page."),
    )


class AgainForm(forms.Form):
    reference = forms.RegexField(
        r"^APL-\d{4}-\d{4,}$", label=_("Reference of your application"), help_text=_("For example APL-2024-0001.")
    )
    email = forms.EmailField(label=_("The e-mail address with which you began"))


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, PNG, JPEG, XLSX, CSV or plain text, at most 10 MB. A clear photo of a page is enough."),
    )


class EvidenceForm(forms.Form):
    note = forms.CharField(label=_("Note"), required=False, max_length=1000, widget=forms.Textarea({"rows": 3}))
    file = forms.FileField(label=_("File"), required=False)


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("Why"), required=False, max_length=300)


class Asked(forms.Field):
    """
    An answer as it was sent: the action reads it. ``required`` only says so beside the label, for a section may be kept half filled.
    """

    def validate(self, value: Any) -> None:
        """Nothing is refused here."""


class SectionForm(forms.Form):
    use_required_attribute = False

    def __init__(self, *args: Any, answers: Any, language: str, **more: Any) -> None:
        super().__init__(*args, **more)
        for each in answers:
            if each.question.answer != AnswerKind.FILE:
                self.fields[each.question.code] = Asked(
                    label=in_language(each.label, each.language, language),
                    help_text=in_language(each.help, each.language, language, lines=True),
                    required=each.question.need == "required",
                    widget=_widget(each.question, language),
                    initial=list(each.codes) if each.question.answer == AnswerKind.SEVERAL_OF else (each.codes or (each.text,))[0],
                )  # fmt: skip

    def given(self) -> dict[str, list[str]]:
        """What was sent, by the code of its question."""
        return {
            name: [str(one) for one in value] if isinstance(value, list) else [str(value or "")]
            for name, value in self.cleaned_data.items()
        }


def in_language(text: str, language: str, reader: str, *, lines: bool = False) -> SafeString | str:
    """Words that the secretariat wrote, safe to show, marked with their language where it is not the reader's."""
    if not text:
        return ""
    shown = linebreaks(text, autoescape=True) if lines else conditional_escape(text)
    tag = "div" if lines else "span"
    return format_html("<{} lang='{}'>{}</{}>", tag, language, shown, tag) if language != reader else SafeString(shown)


def _widget(question: Any, language: str) -> forms.Widget:
    options = []
    for option in sorted(question.parts.all(), key=lambda each: each.place):
        title, _help, tag = option.said(language)
        options.append((option.code, in_language(title, tag, language)))
    match question.answer:
        case AnswerKind.LONG_TEXT:
            return forms.Textarea({"rows": 5, "maxlength": 10_000})
        case AnswerKind.ONE_OF:
            return forms.RadioSelect(choices=options)
        case AnswerKind.SEVERAL_OF:
            return forms.CheckboxSelectMultiple(choices=options)
        case AnswerKind.NUMBER:
            return forms.TextInput({"inputmode": "decimal"})
        case AnswerKind.DAY:
            return DayInput()
        case AnswerKind.YES_NO:
            return forms.RadioSelect(choices=[("yes", _("Yes")), ("no", _("No"))])
        case AnswerKind.COUNTRY:
            places = sorted(((code, country_name(code)) for code in KNOWN_COUNTRIES), key=lambda each: each[1])
            return forms.Select(choices=[("", _("Choose")), *places])
        case _:
            return forms.TextInput({"maxlength": 300})
