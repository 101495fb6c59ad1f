from django.urls import path

import corridor.web.converters  # noqa: F401 (registers <word:...>)

from . import reviewing, views

urlpatterns = [
    path("curricula/", views.curriculum_list, name="curricula"),
    path("curricula/claims/<uuid:key>/review/", reviewing.review_claim, name="review-claim"),
    path("curricula/<slug:reference>/<word:version>/", views.curriculum_page, name="curriculum"),
    path("curricula/<slug:reference>/<word:version>/<word:unit>/", views.unit_page, name="unit"),
]
