"""Every page of the house, and the API. A page is private until tests/contracts says otherwise."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("corridor.web.home.urls")),
    path("", include("corridor.web.credentials.urls")),
]

handler400 = "corridor.web.errors.bad_request"
handler403 = "corridor.web.errors.not_allowed"
handler404 = "corridor.web.errors.not_found"
