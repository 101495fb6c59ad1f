from django.urls import path

from . import views

urlpatterns = [
    path("members/", views.member_list, name="members"),
    path("members/<slug:reference>/", views.member_page, name="member"),
]
