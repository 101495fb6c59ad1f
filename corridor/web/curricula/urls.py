from django.urls import path

from . import views

urlpatterns = [
    path("curricula/", views.curriculum_list, name="curricula"),
    path("curricula/<slug:reference>/<str:version>/", views.curriculum_page, name="curriculum"),
    path("curricula/<slug:reference>/<str:version>/<str:unit>/", views.unit_page, name="unit"),
]
