"""The API under /api/v1: every room's reads and the writes that machines do, with the same queries and actions as the pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.renderers import JSONRenderer

from . import (
    activation,
    agenda,
    agreement_changes,
    agreements,
    announcements,
    applications,
    around_judging,
    arrivals,
    assessment,
    attestations,
    awards,
    capability,
    cascade,
    choosing,
    cohorts,
    commitments,
    conference_records,
    conferences,
    conflicts_of_interest,
    contributions,
    credentials,
    curricula,
    data_calls,
    delegates,
    demand,
    demand_sums,
    enrolling,
    equipment,
    equipment_labels,
    evidence,
    figures,
    finalising,
    funding,
    holder_links,
    imports,
    issuers,
    journal,
    kept_figures,
    keys,
    layouts,
    me,
    members,
    moderation,
    obligations,
    observed,
    oneroster,
    outcomes,
    own_certificates,
    own_learning,
    people,
    photos,
    placement_papers,
    placements,
    prior_learning,
    programme_approval,
    programme_log,
    programme_plans,
    programme_reviews,
    programmes,
    register_signing,
    register_times,
    reviews,
    schemes,
    search,
    second_looks,
    session_plans,
    signing,
    site_changes,
    site_managers,
    site_visits,
    site_years,
    sites,
    spare_parts,
    speaking,
    status_lists,
    teaching_in,
    timetable,
    trainers,
    training,
    trees,
    upkeep,
    verifications,
)  # fmt: skip
from .description import complete
from .problems import say_no_as_problems
from .tokens import PRIVATE

VERSION = "1.0.0"


class ReadableJSON(JSONRenderer):
    json_dumps_params = {"ensure_ascii": False}


class CorridorAPI(NinjaAPI):
    def create_response(
        self,
        request: HttpRequest,
        data: Any,
        *,
        status: int | None = None,
        temporal_response: HttpResponse | None = None,
    ) -> HttpResponse:
        """A read that names the version it has already (If-None-Match) is answered 304."""
        response = super().create_response(request, data, status=status, temporal_response=temporal_response)
        patch_vary_headers(response, ["Authorization"])
        if request.method == "GET" and "ETag" in response:
            return get_conditional_response(request, etag=response["ETag"], response=response) or response
        return response

    def get_openapi_schema(self, **options: Any) -> Any:
        schema = super().get_openapi_schema(**options)
        complete(schema)
        return schema

    def get_openapi_operation_id(self, operation: Any) -> str:
        return str(operation.view_func.__name__)


api = CorridorAPI(
    title="Corridor",
    version=VERSION,
    description="Members, agreements, programmes, training, certificates and figures of the alliance, each as its reader may see it.",
    auth=PRIVATE,
    renderer=ReadableJSON(),
    docs_url=None,
    docs_decorator=require_safe,
    urls_namespace="api",
)
say_no_as_problems(api)
for room in (
    members, data_calls, applications, people, photos, curricula, conferences, conference_records, agenda, contributions, delegates, announcements,
    agreements, agreement_changes, signing, obligations, activation, demand, demand_sums,
    commitments, funding, sites, site_changes, site_managers, site_visits, site_years,
    reviews, equipment, equipment_labels, upkeep, spare_parts, programmes, programme_approval,
    programme_plans, programme_log, programme_reviews, training, register_signing, register_times, arrivals,
    timetable, session_plans, placements, placement_papers, journal, cohorts, enrolling, choosing, teaching_in, trainers, observed, cascade,
    assessment, finalising, schemes, evidence, second_looks, moderation, prior_learning, around_judging, conflicts_of_interest, speaking,
    capability, credentials, awards, attestations, verifications, own_certificates, holder_links, keys, layouts, issuers, status_lists, trees,
    outcomes, figures, kept_figures, imports, oneroster, search, me, own_learning,
):  # fmt: skip
    api.add_router("", room.router, tags=[room.TAG])
