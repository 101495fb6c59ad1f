from django.urls import path

import corridor.web.converters  # noqa: F401 (registers <word:...>)

from . import views

urlpatterns = [
    path("cohorts/<slug:reference>/decisions/", views.matrix, name="decisions"),
    path("cohorts/<slug:reference>/decisions/final/", views.finalise, name="finalise-decisions"),
    path("cohorts/<slug:reference>/decisions/<word:unit>/", views.unit_decisions, name="unit-decisions"),
    path("cohorts/<slug:reference>/decisions/<word:unit>/<int:number>/", views.decision, name="decision"),
]
