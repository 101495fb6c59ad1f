from django.urls import path

import corridor.web.converters  # noqa: F401 (registers <word:...>)

from . import capability, views

urlpatterns = [
    path("sites/<slug:reference>/capability/", capability.capability_page, name="capability"),
    path("sites/<slug:reference>/capability/<uuid:key>/", capability.capability_unit, name="capability-unit"),
    path("sites/<slug:reference>/capability/<uuid:key>/exception/", capability.except_unit, name="capability-except"),
    path("licences/", capability.licence_list, name="licences"),
    path("licences/new/", capability.grant_licence, name="licence-grant"),
    path("licences/<uuid:key>/end/", capability.end_licence, name="licence-end"),
    path("cohorts/<slug:reference>/decisions/", views.matrix, name="decisions"),
    path("cohorts/<slug:reference>/decisions/final/", views.finalise, name="finalise-decisions"),
    path("cohorts/<slug:reference>/decisions/<word:unit>/", views.unit_decisions, name="unit-decisions"),
    path("cohorts/<slug:reference>/decisions/<word:unit>/<int:number>/", views.decision, name="decision"),
]
