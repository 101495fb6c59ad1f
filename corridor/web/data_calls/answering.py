"""Answering a call for one member: saved as one goes, sent, corrected; what the records know is filled in."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.foundations.documents.receiving import Upload
from corridor.journeys.answer_data_call import Line, Sheet, answer_data_call, open_sheet
from corridor.kernel.errors import Refusal
from corridor.rooms.members.call_drafts import AnswerDraft, Need, QuestionKind
from corridor.web.fields import DayInput
from corridor.web.posting import form_status, posted, posted_files, shown_on
from corridor.web.ui.days import number_text


class SheetForm(forms.Form):
    """A field for each question; for a number that the records know, a second one for why it is another."""

    use_required_attribute = False
    version = forms.IntegerField(widget=forms.HiddenInput(), min_value=0)

    def __init__(self, *args: Any, sheet: Sheet, language: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.sheet = sheet
        self._needed: set[str] = set()
        self.fields["version"].initial = sheet.version
        for line in sheet.lines:
            self._add(line, language)

    def _add(self, line: Line, language: str) -> None:
        question, answer = line.question, line.answer
        name, text = f"q{question.position}", question.text(language)
        field = _field(question, f"{number_text(question.position)}. {text}")
        if answer is not None and question.kind != QuestionKind.DOCUMENT:
            field.initial = answer.value
        elif line.counted is not None:
            field.initial = str(line.counted.value)
        self.fields[name] = field
        self._needed |= {name} if question.need == Need.REQUIRED else set()
        field.required = name in self._needed and not self.is_bound
        if question.kind == QuestionKind.FIGURE:
            self.fields[f"why{question.position}"] = forms.CharField(
                label=_("If it is another number: why"),
                required=False,
                max_length=500,
                initial=answer.reason if answer else "",
            )

    def full_clean(self) -> None:
        """A draft may leave open what must be answered; only its label says so. Sending asks the room's own rule."""
        super().full_clean()
        for name in self._needed:
            self.fields[name].required = True

    def answers(self) -> list[AnswerDraft]:
        return [self._answer(line) for line in self.sheet.lines]

    def _answer(self, line: Line) -> AnswerDraft:
        question, given = line.question, self.cleaned_data
        value = given[f"q{question.position}"]
        if question.kind == QuestionKind.DOCUMENT:
            upload = Upload(value.name, value.read(), value.name[:300], kind="data_call") if value else None
            return AnswerDraft(question, upload=upload)
        return AnswerDraft(question, str(value or "").strip(), reason=given.get(f"why{question.position}", ""))

    def parts(self) -> list[dict[str, Any]]:
        """Each question with its fields, what the records give, and where that comes from."""
        return [self._part(line) for line in self.sheet.lines]

    def _part(self, line: Line) -> dict[str, Any]:
        position, counted = line.question.position, line.counted
        return {
            "field": self[f"q{position}"], "why": self[f"why{position}"] if f"why{position}" in self.fields else None,
            "counted": counted, "line": line, "said": _said(line),
            "url": f"{reverse('evidence', args=[counted.code])}?{urlencode(counted.query)}" if counted else "",
        }  # fmt: skip


YES_NO = [("", gettext_lazy("Not answered yet")), ("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]


def _field(question: Any, label: str) -> forms.Field:
    help_text = question.unit
    match question.kind:
        case QuestionKind.FIGURE | QuestionKind.NUMBER:
            widget = forms.TextInput({"inputmode": "decimal"})
            return forms.CharField(label=label, required=False, max_length=30, help_text=help_text, widget=widget)
        case QuestionKind.DAY:
            return forms.CharField(label=label, required=False, max_length=10, widget=DayInput())
        case QuestionKind.YES_NO:
            return forms.ChoiceField(label=label, required=False, choices=YES_NO)
        case QuestionKind.CHOICE:
            offered = [(each.code, each.text) for each in question.choices.all()]
            return forms.ChoiceField(label=label, required=False, choices=[YES_NO[0], *offered])
        case QuestionKind.DOCUMENT:
            return forms.FileField(label=label, required=False)
    return forms.CharField(label=label, required=False, max_length=2000, widget=forms.Textarea({"rows": 4}))


def _said(line: Line) -> str:
    """What was answered, in words."""
    if line.answer is None:
        return ""
    words = {each.code: each.text for each in line.question.choices.all()}
    if line.question.kind == QuestionKind.YES_NO:
        words = {value: str(label) for value, label in YES_NO}
    return words.get(line.answer.value, line.answer.value)


@require_http_methods(["GET", "POST"])
def sheet_page(request: HttpRequest, reference: str, member: str) -> HttpResponse:
    by, language = request.actor, get_language() or "en"
    sheet = open_sheet(call=reference, member=member, at=clock.now(), by=by)
    may_answer = by.may(Permission.DATA_CALL_ANSWER, on=sheet.asked)
    if request.method == "POST":
        by.require(Permission.DATA_CALL_ANSWER, on=sheet.asked)
    form = SheetForm(posted(request), posted_files(request), sheet=sheet, language=language)
    status = form_status(request)
    if form.is_valid():
        is_sent = "send" in request.POST
        try:
            answer_data_call(
                sheet=sheet,
                answers=form.answers(),
                version=form.cleaned_data["version"],
                at=clock.now(),
                by=by,
                submit=is_sent,
            )
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(
                request, _("The answers are sent.") if is_sent else _("Saved. Nobody else sees it before you send it.")
            )
            return redirect("data-call-answer", reference, member)
    is_open = sheet.call.status == "open"
    shown = {
        "sheet": sheet, "call": sheet.call, "title": sheet.call.title(language), "member": sheet.asked.organisation,
        "form": form, "parts": form.parts(), "may_answer": may_answer and is_open, "on": clock.today(),
        "may_attach": by.may(Permission.CLAIM_STATE) and sheet.sent is not None,
        "returns": [each for each in reversed(list(sheet.asked.returns.all())) if each.submitted_at],
    }  # fmt: skip
    return render(request, "data_calls/sheet.html", shown, status=status)
