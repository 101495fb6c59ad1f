"""Every page of the house, and the API. A page is private until tests/contracts says otherwise."""

from django.urls import URLPattern, URLResolver, include, path

from corridor.api.site import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", api.urls),
    path("", include("corridor.web.health.urls")),
    path("", include("corridor.web.home.urls")),
    path("", include("corridor.web.accounts.urls")),
    path("", include("corridor.web.notices.urls")),
    path("", include("corridor.web.jobs.urls")),
    path("", include("corridor.web.search.urls")),
    path("", include("corridor.web.members.urls")),
    path("", include("corridor.web.apply.urls")),
    path("", include("corridor.web.applications.urls")),
    path("", include("corridor.web.conferences.urls")),
    path("", include("corridor.web.agreements.urls")),
    path("", include("corridor.web.agreements.signing_urls")),
    path("", include("corridor.web.agreements.changing_urls")),
    path("", include("corridor.web.demand.urls")),
    path("", include("corridor.web.data_calls.urls")),
    path("", include("corridor.web.documents.urls")),
    path("", include("corridor.web.audit.urls")),
    path("", include("corridor.web.grants.urls")),
    path("", include("corridor.web.credentials.urls")),
    path("", include("corridor.web.funding.urls")),
    path("", include("corridor.web.programmes.urls")),
    path("", include("corridor.web.sites.urls")),
    path("", include("corridor.web.curricula.urls")),
    path("", include("corridor.web.training.urls")),
    path("", include("corridor.web.training.path_urls")),
    path("", include("corridor.web.trainers.urls")),
    path("", include("corridor.web.journal.urls")),
    path("", include("corridor.web.assessment.urls")),
    path("", include("corridor.web.rights.urls")),
    path("", include("corridor.web.imports.urls")),
    path("", include("corridor.web.people.urls")),
    path("", include("corridor.web.outcomes.urls")),
    path("", include("corridor.web.figures.urls")),
    path("", include("corridor.web.reports.urls")),
]

handler400 = "corridor.web.errors.bad_request"
handler403 = "corridor.web.errors.not_allowed"
handler404 = "corridor.web.errors.not_found"
handler429 = "corridor.web.errors.too_many_attempts"
