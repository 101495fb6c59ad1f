"""How long each kind of record is kept, and what has been kept long enough by now."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corridor.foundations import clock
from corridor.foundations.sheets.steps.undoing import KEPT_FOR
from corridor.journeys.remind_retention import look_ahead
from corridor.kernel.errors import Refusal
from corridor.rooms.people.actions.retention import set_rule
from corridor.rooms.people.rights_words import RecordKind
from corridor.web.posting import form_status, posted, shown_on

from .forms import RuleForm

SHOWN = 50


@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest) -> HttpResponse:
    on = clock.today()
    found = look_ahead(on=on, by=request.actor)
    form, status = RuleForm(posted(request)), form_status(request)
    if form.is_valid():
        given = form.cleaned_data
        try:
            set_rule(
                kind=RecordKind(given["kind"]), months=given["months"], reason=given["reason"], on=clock.today(),
                by=request.actor,
            )  # fmt: skip
        except Refusal as refusal:
            status = shown_on(form, refusal)
        else:
            messages.success(request, _("The rule stands. Nothing goes by that alone."))
            return redirect("retention")
    rows = [
        {
            "each": each,
            "due": each.by(on)[:SHOWN],
            "more": max(len(each.by(on)) - SHOWN, 0),
            "next": len(each.after(on)),
        }
        for each in found
    ]
    shown = {"rows": rows, "form": form, "sheet_days": KEPT_FOR.days, "copy_days": settings.EXPORT_DAYS}
    return render(request, "rights/retention.html", shown, status=status)
