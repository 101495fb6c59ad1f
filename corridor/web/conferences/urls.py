from django.urls import path

from . import views, writing

urlpatterns = [
    path("announcements/", views.ledger, name="announcements"),
    path("announcements/new/", writing.make, name="announcement-new"),
    path("announcements/<slug:reference>/", views.announcement_page, name="announcement"),
    path("announcements/<slug:reference>/report/", writing.report, name="announcement-report"),
    path("announcements/<slug:reference>/confirm/", writing.confirm, name="announcement-confirm"),
    path("announcements/<slug:reference>/move/", writing.move, name="announcement-move"),
    path("conferences/<slug:reference>/", views.conference_page, name="conference"),
]
