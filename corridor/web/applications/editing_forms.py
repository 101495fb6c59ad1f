"""Forms of the editors: a part of a form in the languages of the product, a kind of document, a letter."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from corridor.foundations.vocabularies.languages import bcp47
from corridor.rooms.members.application_drafts import PartDraft, Wording
from corridor.rooms.members.application_kinds import AnswerKind, DueFrom, Fact, Need
from corridor.web.fields import Chosen


class Worded(forms.Form):
    """A title and an explanation in every language of the product; English must stand."""

    def __init__(self, *args: Any, texts: Iterable[Any] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        written = {each.language: each for each in texts}
        for code, name in settings.LANGUAGES:
            tag, standing = bcp47(code), written.get(bcp47(code))
            self.fields[f"title_{tag}"] = forms.CharField(
                label=_("What it says (%(language)s)") % {"language": name}, required=code == settings.LANGUAGE_CODE, max_length=200,
                initial=standing.title if standing else "",
            )  # fmt: skip
            self.fields[f"explanation_{tag}"] = forms.CharField(
                label=_("Help below it (%(language)s)") % {"language": name}, required=False, max_length=1000,
                widget=forms.Textarea({"rows": 2}), initial=standing.explanation if standing else "",
            )  # fmt: skip

    def wordings(self) -> list[Wording]:
        given = self.cleaned_data
        tags = [bcp47(code) for code, _name in settings.LANGUAGES]
        return [
            Wording(tag, given[f"title_{tag}"], given[f"explanation_{tag}"]) for tag in tags if given[f"title_{tag}"]
        ]


class DocumentForm(Worded):
    code = forms.SlugField(
        label=_("Short name"),
        max_length=60,
        help_text=_("Latin letters, for ever. A name that stands already is worded anew."),
    )


class PartForm(Worded):
    """Sections and answers to choose have words alone; other parts add what they need."""

    def draft(self) -> PartDraft:
        given = self.cleaned_data
        return PartDraft(
            wordings=self.wordings(), answer=given.get("answer", ""), need=given.get("need", ""), fact=given.get("fact", ""),
            document=given.get("document"), due_from=given.get("due_from", ""), due_days=given.get("due_days"),
            weight=given.get("weight"),
        )  # fmt: skip


class QuestionForm(PartForm):
    answer = forms.ChoiceField(label=_("How it is answered"), choices=AnswerKind.choices)
    need = forms.ChoiceField(label=_("Whether it must be"), choices=Need.choices)
    fact = forms.ChoiceField(
        label=_("What it says about the organisation"),
        required=False,
        choices=[("", _("Nothing for its record")), *Fact.choices],
    )
    document = Chosen(label=_("Document asked for"), required=False)


class ConditionPartForm(PartForm):
    document = Chosen(label=_("Document that fulfils it"), required=False)
    due_from = forms.ChoiceField(label=_("When it is due"), choices=DueFrom.choices)
    due_days = forms.IntegerField(label=_("Days"), min_value=0, max_value=2000)


class CriterionForm(PartForm):
    weight = forms.IntegerField(label=_("Weight"), min_value=1, max_value=100, initial=1)


class LetterForm(forms.Form):
    subject = forms.CharField(label=_("Subject"), max_length=200)
    body = forms.CharField(
        label=_("Text"), max_length=5000, widget=forms.Textarea({"rows": 14}),
        help_text=_(
            "These places are filled: $reference, $organisation, $contact, $alliance, $day, $reason, $conditions, $again (where a new link is "
            "asked for)."
        ),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput(), min_value=0)


FORMS: dict[str, type[PartForm]] = {
    "question": QuestionForm,
    "condition": ConditionPartForm,
    "criterion": CriterionForm,
}


def part_form(sort: str, data: Any, *, documents: Iterable[Any], part: Any = None) -> PartForm:
    """The form for a part of that sort, filled with a part that stands."""
    initial = (
        {name: getattr(part, name) for name in ("answer", "need", "fact", "due_from", "due_days", "weight")}
        if part
        else {}
    )
    if part is not None and part.document is not None:
        initial["document"] = part.document.code
    form = FORMS.get(sort, PartForm)(data, texts=part.texts.all() if part else (), initial=initial)
    if "document" in form.fields:
        form.fields["document"].offer([(each.code, each.said("en")[0], each) for each in documents], empty=_("None"))  # type: ignore[attr-defined]
    return form
