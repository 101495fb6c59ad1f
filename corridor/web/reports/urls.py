from django.urls import path

from . import views

urlpatterns = [
    path("reports/", views.edition_list, name="editions"),
    path("reports/new/", views.build, name="edition-new"),
    path("reports/<slug:reference>/", views.edition_page, name="edition"),
    path("reports/<slug:reference>/figures/", views.place, name="edition-figures"),
    path("reports/<slug:reference>/publish/", views.publish, name="edition-publish"),
    path("reports/<slug:reference>/<str:file>", views.edition_download, name="edition-file"),
]
