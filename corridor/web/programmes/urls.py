from django.urls import path

from . import reviews, views

urlpatterns = [
    path("programmes/", views.programme_list, name="programmes"),
    path("programmes/<slug:reference>/", views.programme_page, name="programme"),
    path("programmes/<slug:reference>/move/", views.move_programme, name="move-programme"),
    path("programmes/<slug:reference>/review/", reviews.review, name="review-programme"),
]
