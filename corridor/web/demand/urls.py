from django.urls import path

from . import views

urlpatterns = [
    path("demand/", views.demand_list, name="demands"),
    path("demand/new/", views.state, name="demand-new"),
    path("demand/<slug:reference>/", views.demand_page, name="demand"),
    path("demand/<slug:reference>/publish/", views.publish, name="demand-publish"),
    path("demand/<slug:reference>/met/", views.met, name="demand-met"),
]
