"""Files that a learner adds to the own path, and where those who assess look at them."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from corridor.foundations import clock
from corridor.foundations.documents.receiving import Upload
from corridor.journeys.drop_own_file import drop_own_file
from corridor.rooms.curricula import queries as curricula
from corridor.rooms.training import queries
from corridor.rooms.training.actions import own_evidence
from corridor.rooms.training.queries import path as paths
from corridor.web.documents.answers import file_answer
from corridor.web.fields import Chosen
from corridor.web.posting import posted, posted_files
from corridor.web.sites.answering import form_answer
from corridor.web.ui.names import title_in


class EvidenceForm(forms.Form):
    unit = Chosen(label=gettext_lazy("For the unit"), required=False)
    words = forms.CharField(label=gettext_lazy("What it shows"), max_length=300, widget=forms.Textarea({"rows": 2}))
    file = forms.FileField(
        label=gettext_lazy("Photo or PDF"), widget=forms.ClearableFileInput({"accept": "image/jpeg,image/png,application/pdf"}),
        help_text=gettext_lazy("At most 10 MB. Where and when a photo was taken is removed from it."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, cohort: str, number: int) -> HttpResponse:
    by = request.actor
    place = paths.own_place(cohort=cohort, number=number, by=by)
    version = place.cohort.curriculum_version
    units = curricula.get_version(reference=version.curriculum.reference, version=version.version, by=by).units
    form = EvidenceForm(posted(request), posted_files(request))
    form.fields["unit"].offer(
        [(unit.code, f"{unit.code} {title_in(unit).text}", unit) for unit in units], empty=_("For the whole")
    )

    def act(given: dict[str, Any]) -> None:
        sent = given["file"]
        upload = Upload(sent.name, sent.read(), given["words"], "own_evidence")
        own_evidence.add_own_evidence(
            enrolment=place, unit=given["unit"], upload=upload, words=given["words"], at=clock.now(), by=by
        )

    words = {
        "title": _("Add a file to your path"), "button": _("Send it"), "done": _("Your file is added; those who assess you can see it."),
        "lead": _("A photo of your work, or a paper. Those who assess you look at it; nobody else."),
    }  # fmt: skip
    return form_answer(request, form, act, words=words, back=(_("My path"), reverse("learn")))


@require_GET
def open_file(request: HttpRequest, key: UUID) -> HttpResponse:
    document, content = paths.open_evidence(key=key, by=request.actor)
    return file_answer(document, content)


@require_POST
def drop(request: HttpRequest, key: UUID) -> HttpResponse:
    drop_own_file(evidence=paths.get_evidence(key=key, by=request.actor), by=request.actor)
    messages.success(request, _("The file is taken away."))
    return redirect("learn")


@require_GET
def of_cohort(request: HttpRequest, reference: str) -> HttpResponse:
    cohort = queries.get_cohort(reference=reference, by=request.actor)
    rows = paths.evidence_in_cohort(cohort=cohort, by=request.actor)
    return render(request, "training/own_evidence.html", {"cohort": cohort, "rows": rows})
