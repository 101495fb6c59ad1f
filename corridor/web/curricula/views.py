"""What is taught: the curricula, one version with its units, and one unit with what it compares with elsewhere."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from corridor.foundations import clock
from corridor.foundations.access import Permission
from corridor.rooms.curricula import queries
from corridor.rooms.curricula.lifecycle import VersionStatus

from .contents import Contents, contents_of, unit_in


@login_not_required
@require_GET
def curriculum_list(request: HttpRequest) -> HttpResponse:
    versions = [Contents(version, list(version.units.all())) for version in queries.list_versions(by=request.actor)]
    in_use = sum(each.version.status == VersionStatus.PUBLISHED for each in versions)
    return render(request, "curricula/curricula.html", {"versions": versions, "in_use": in_use})


@login_not_required
@require_GET
def curriculum_page(request: HttpRequest, reference: str, version: str) -> HttpResponse:
    record = queries.get_version(reference=reference, version=version, by=request.actor)
    shown = {"record": record, "contents": contents_of(record, on=clock.today())}
    return render(request, "curricula/curriculum.html", shown)


@login_not_required
@require_GET
def unit_page(request: HttpRequest, reference: str, version: str, unit: str) -> HttpResponse:
    record = queries.get_version(reference=reference, version=version, by=request.actor)
    shown = {
        "record": record, "row": unit_in(record, code=unit, on=clock.today()),
        "may_review": request.actor.may(Permission.MAPPING_REVIEW),
    }  # fmt: skip
    return render(request, "curricula/unit.html", shown)
