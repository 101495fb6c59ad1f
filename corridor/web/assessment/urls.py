from django.urls import path

from . import views

urlpatterns = [
    path("cohorts/<slug:reference>/decisions/", views.matrix, name="decisions"),
    path("cohorts/<slug:reference>/decisions/final/", views.finalise, name="finalise-decisions"),
    path("cohorts/<slug:reference>/decisions/<str:unit>/", views.unit_decisions, name="unit-decisions"),
    path("cohorts/<slug:reference>/decisions/<str:unit>/<int:number>/", views.decision, name="decision"),
]
