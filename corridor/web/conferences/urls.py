from django.urls import path

from . import feeds, planning, promising, views, writing

urlpatterns = [
    path("announcements/", views.ledger, name="announcements"),
    path("announcements/new/", writing.make, name="announcement-new"),
    path("announcements/feed.atom", feeds.feed, name="announcement-feed"),
    path("announcements/widget/", feeds.widget, name="announcement-widget"),
    path("announcements/<slug:reference>/", views.announcement_page, name="announcement"),
    path("announcements/<slug:reference>/report/", writing.report, name="announcement-report"),
    path("announcements/<slug:reference>/confirm/", writing.confirm, name="announcement-confirm"),
    path("announcements/<slug:reference>/move/", writing.move, name="announcement-move"),
    path("announcements/<slug:reference>/wording/", promising.wording, name="announcement-wording"),
    path("announcements/<slug:reference>/target/", promising.target, name="announcement-target"),
    path("announcements/<slug:reference>/members/", promising.member, name="announcement-member"),
    path("announcements/<slug:reference>/merge/", promising.merge, name="announcement-merge"),
    path(
        "announcements/<slug:reference>/evidence/<slug:document>/", views.report_evidence, name="announcement-evidence"
    ),
    path("conferences/new/", planning.plan, name="conference-new"),
    path("conferences/<slug:reference>/hold/", planning.hold, name="conference-hold"),
    path("conferences/<slug:reference>/", views.conference_page, name="conference"),
]
