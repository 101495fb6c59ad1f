from django.urls import path

from . import planning, views, writing

urlpatterns = [
    path("announcements/", views.ledger, name="announcements"),
    path("announcements/new/", writing.make, name="announcement-new"),
    path("announcements/<slug:reference>/", views.announcement_page, name="announcement"),
    path("announcements/<slug:reference>/report/", writing.report, name="announcement-report"),
    path("announcements/<slug:reference>/confirm/", writing.confirm, name="announcement-confirm"),
    path("announcements/<slug:reference>/move/", writing.move, name="announcement-move"),
    path("conferences/new/", planning.plan, name="conference-new"),
    path("conferences/<slug:reference>/hold/", planning.hold, name="conference-hold"),
    path("conferences/<slug:reference>/", views.conference_page, name="conference"),
]
