from django.urls import path

from . import changes, views, walking

urlpatterns = [
    path("figures/", views.figure_list, name="figures"),
    path("figures/claims/", views.claim_list, name="claims"),
    path("figures/<str:code>/", views.figure_page, name="figure"),
    path("figures/<str:code>/evidence/", walking.evidence_page, name="evidence"),
    path("figures/<str:code>/freeze/", changes.freeze, name="figure-freeze"),
    path("figures/<str:code>/versions/<slug:reference>/", views.version_page, name="figure-version"),
    path("figures/<str:code>/versions/<slug:reference>/sign/", changes.sign, name="figure-sign"),
    path("figures/<str:code>/versions/<slug:reference>/recount/", changes.recount, name="figure-recount"),
    path("figures/<str:code>/versions/<slug:reference>/correct/", changes.correct, name="figure-correct"),
]
