from django.urls import path

from . import views, writing

urlpatterns = [
    path("members/", views.member_list, name="members"),
    path("members/new/", writing.register, name="member-new"),
    path("members/<slug:reference>/", views.member_page, name="member"),
    path("members/<slug:reference>/place/", writing.edit_place, name="member-place"),
    path("members/<slug:reference>/names/", writing.add_name, name="member-names"),
    path("members/<slug:reference>/move/", writing.move, name="member-move"),
]
