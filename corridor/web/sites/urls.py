from django.urls import path

from . import views

urlpatterns = [
    path("sites/", views.site_list, name="sites"),
    path("sites/<slug:reference>/", views.site_page, name="site"),
    path("sites/<slug:reference>/move/", views.move_site, name="move-site"),
]
