from django.urls import path

from . import views

urlpatterns = [
    path("notices/", views.notice_list, name="notices"),
    path("notices/read/", views.read_all, name="notices-read"),
    path("notices/settings/", views.wishes, name="notice-settings"),
    path("notices/mute/<str:key>/", views.mute, name="notice-mute"),
]
