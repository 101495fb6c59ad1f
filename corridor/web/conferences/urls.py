from django.urls import path

from . import delegates, feeds, planning, promising, registering, views, writing

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
    path("conferences/<slug:reference>/register/", registering.register, name="conference-register"),
    path("delegates/<str:secret>/", registering.own, name="delegate-own"),
    path("delegates/<str:secret>/badge.pdf", registering.own_badge, name="delegate-badge"),
    path("delegates/<str:secret>/letter/", registering.visa, name="delegate-visa"),
    path("delegates/<str:secret>/letter.pdf", registering.visa_letter, name="delegate-visa-letter"),
    path("delegates/<str:secret>/change/", registering.change, name="delegate-change"),
    path("conferences/<slug:reference>/delegates/", delegates.delegate_list, name="delegates"),
    path("conferences/<slug:reference>/delegates/participants/", delegates.participants, name="participants"),
    path("conferences/<slug:reference>/delegates/badges.pdf", delegates.badges, name="badges"),
    path("conferences/<slug:reference>/delegates/days/", delegates.opening, name="registration-days"),
    path("conferences/<slug:reference>/delegates/questions/", delegates.question, name="delegate-question"),
    path(
        "conferences/<slug:reference>/delegates/questions/<uuid:key>/",
        delegates.take_question_away,
        name="delegate-question-away",
    ),
    path(
        "conferences/<slug:reference>/delegates/<slug:delegate>/letter/",
        delegates.issue_letter,
        name="visa-letter-issue",
    ),
    path(
        "conferences/<slug:reference>/delegates/<slug:delegate>/letter/refuse/",
        delegates.refuse_letter,
        name="visa-letter-refuse",
    ),
    path("conferences/<slug:reference>/door/", delegates.door, name="door"),
    path("conferences/<slug:reference>/door/names.json", delegates.door_names, name="door-names"),
    path("conferences/<slug:reference>/door/scans/", delegates.door_scans, name="door-scans"),
    path("conferences/<slug:reference>/door/worker.js", delegates.door_worker, name="door-worker"),
    path("conferences/<slug:reference>/", views.conference_page, name="conference"),
]
