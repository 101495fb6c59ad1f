from django.urls import path

from . import totals, views, writing

urlpatterns = [
    path("demand/", views.demand_list, name="demands"),
    path("demand/new/", writing.state, name="demand-new"),
    path("demand/<slug:reference>/", views.demand_page, name="demand"),
    path("demand/<slug:reference>/publish/", writing.publish, name="demand-publish"),
    path("demand/<slug:reference>/met/", writing.met, name="demand-met"),
    path("demand/<slug:reference>/paper/", writing.keep_paper, name="demand-paper"),
    path("demand/<slug:reference>/paper/file/", views.paper_file, name="demand-paper-file"),
    path("demand-totals/", totals.demand_totals, name="demand-totals"),
    path("demand-gaps/", totals.gaps, name="demand-gaps"),
    path("occupations/", totals.occupations, name="occupations"),
]
