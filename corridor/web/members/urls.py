from django.urls import path

from . import seating, views, writing

urlpatterns = [
    path("members/", views.member_list, name="members"),
    path("members/new/", writing.register, name="member-new"),
    path("members/<slug:reference>/", views.member_page, name="member"),
    path("members/<slug:reference>/place/", writing.edit_place, name="member-place"),
    path("members/<slug:reference>/names/", writing.add_name, name="member-names"),
    path("members/<slug:reference>/move/", writing.move, name="member-move"),
    path("members/<slug:reference>/seats/", seating.give_seat, name="give-seat"),
    path("members/<slug:reference>/seats/<uuid:key>/end/", seating.end_seat, name="end-seat"),
]
