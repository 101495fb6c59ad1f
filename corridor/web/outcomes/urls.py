from django.urls import path

from . import views, writing

urlpatterns = [
    path("follow-ups/", views.wave_list, name="waves"),
    path("follow-ups/new/", writing.plan, name="wave-new"),
    path("follow-ups/<slug:reference>/", views.wave_page, name="wave"),
    path("follow-ups/<slug:reference>/move/", writing.move, name="wave-move"),
    path("follow-ups/<slug:reference>/<slug:cohort>/<int:number>/", writing.record, name="follow-up"),
]
