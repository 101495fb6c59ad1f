"""What happens to a register after its time: a signed mark is corrected, a closed register opened again, and the rule of a programme set."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.kernel.errors import Refusal
from corridor.rooms.programmes import queries as programmes
from corridor.rooms.training import actions, queries
from corridor.rooms.training.queries.choices import Mark, SigningWith, Value
from corridor.web.posting import form_status, posted, shown_on

page = require_http_methods(["GET", "POST"])


class CorrectionForm(forms.Form):
    mark = forms.ChoiceField(label=gettext_lazy("What is true"), choices=Mark.choices, widget=forms.RadioSelect)
    minutes_late = forms.IntegerField(label=gettext_lazy("Minutes late"), required=False, min_value=1, max_value=600)
    remark = forms.CharField(label=gettext_lazy("Remark"), required=False, max_length=200)
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class OpeningForm(forms.Form):
    days = forms.IntegerField(label=gettext_lazy("Open for so many days"), min_value=1, max_value=30, initial=2)
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class RuleForm(forms.Form):
    late_after_days = forms.IntegerField(
        label=gettext_lazy("Late after days"), required=False, min_value=1, max_value=365,
        help_text=gettext_lazy("From then on a register is taken with a reason. Empty: never."),
    )  # fmt: skip
    locks_after_days = forms.IntegerField(
        label=gettext_lazy("Locked so many days after it is signed"), required=False, min_value=0, max_value=60,
        help_text=gettext_lazy("Until then its trainer corrects a mark, with a reason. Empty or 0: at once."),
    )  # fmt: skip
    closes_after_days = forms.IntegerField(
        label=gettext_lazy("Closes after days"), required=False, min_value=1, max_value=365,
        help_text=gettext_lazy("From then on it is taken only when somebody opens it again. Empty: never."),
    )  # fmt: skip
    sign_with = forms.ChoiceField(label=gettext_lazy("A register is signed with"), choices=SigningWith.choices)


@page
def correct(request: HttpRequest, reference: str, number: int, seat: int) -> HttpResponse:
    by, at = request.actor, clock.now()
    session = queries.session_to_correct(cohort=reference, number=number, at=at, by=by)
    place = queries.get_enrolment(cohort=reference, number=seat, by=by)
    form, status = CorrectionForm(posted(request)), form_status(request)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        minutes = given["minutes_late"] if given["mark"] == Mark.LATE else None
        value = Value(given["mark"], minutes, given["remark"].strip())
        try:
            actions.correct_mark(session=session, enrolment=place, value=value, reason=given["reason"], at=at, by=by)
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The mark is corrected. Both are shown, with who and why."))
            return redirect("register", reference, number)
    title = _("Correct the mark of seat %(number)s") % {"number": seat}
    return _form(request, form, status, title, _("Correct it"), reference, number)


@page
def open_again(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    by, at = request.actor, clock.now()
    session = queries.get_session(cohort=reference, number=number, by=by)
    by.require(Permission.REGISTER_CORRECT, on=session)
    form, status = OpeningForm(posted(request)), form_status(request)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            actions.open_register(
                session=session, reason=given["reason"], until=at + timedelta(days=given["days"]), at=at, by=by
            )
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            if session.status == "locked":
                messages.success(request, _("The register is unlocked. Its trainer corrects it, mark by mark."))
            else:
                messages.success(request, _("The register is open again. Its trainer takes and signs it."))
            return redirect("register", reference, number)
    return _form(request, form, status, _("Open the register again"), _("Open it again"), reference, number)


@page
def rule(request: HttpRequest, reference: str) -> HttpResponse:
    by = request.actor
    programme = programmes.get_programme(reference=reference, by=by)
    by.require(Permission.PROGRAMME_CHANGE_STATE, on=programme)
    standing = queries.register_rule(programme=programme, by=by)
    first = {name: getattr(standing, name) for name in RuleForm.base_fields}
    form, status = RuleForm(posted(request), initial=first), form_status(request)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            actions.set_register_rule(
                programme=programme, late_after_days=given["late_after_days"], closes_after_days=given["closes_after_days"],
                sign_with=SigningWith(given["sign_with"]), locks_after_days=given["locks_after_days"] or 0, by=by,
            )  # fmt: skip
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The rule is set. It counts for all registers of the programme from now on."))
            return redirect("programme", reference)
    shown = {
        "form": form, "title": _("How registers are kept"), "button": _("Set the rule"), "lead": "",
        "back": (reference, reverse("programme", args=[reference])),
    }  # fmt: skip
    return render(request, "partials/form_page.html", shown, status=status)


def _form(
    request: HttpRequest, form: forms.Form, status: int, title: str, button: str, reference: str, number: int
) -> HttpResponse:
    back = (_("Register"), reverse("register", args=[reference, number]))
    shown = {"form": form, "title": title, "button": button, "lead": "", "back": back}
    return render(request, "partials/form_page.html", shown, status=status)
