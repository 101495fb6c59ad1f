from django.urls import path

from . import activating, calendars, late, obligations, settling, views, writing

urlpatterns = [
    path("agreements/", views.agreement_list, name="agreements"),
    path("agreements/new/", writing.draft, name="agreement-new"),
    path("agreements/activation/", activating.activation_page, name="agreements-activation"),
    path("agreements/dormant/", activating.dormant_page, name="agreements-dormant"),
    path("agreements/<slug:reference>/", views.agreement_page, name="agreement"),
    path("agreements/<slug:reference>/text/", views.text_page, name="agreement-text"),
    path("agreements/<slug:reference>/scans/<slug:member>/", views.scan, name="agreement-scan"),
    path("agreements/<slug:reference>/propose/", writing.propose, name="agreement-propose"),
    path("agreements/<slug:reference>/move/", writing.move, name="agreement-move"),
    path("agreements/<slug:reference>/obligations/", obligations.set_one, name="obligation-new"),
    path("late/", late.late_list, name="late"),
    path("owed/", late.owed_list, name="owed"),
    path("obligations/", obligations.obligation_list, name="obligations"),
    path("obligations/calendar/", calendars.calendar_page, name="obligation-calendar"),
    path("obligations/calendar/end/", calendars.end_address, name="calendar-end"),
    path("obligations/calendar/<str:secret>.ics", calendars.calendar_feed, name="calendar-file"),
    path("obligations/<slug:reference>/", obligations.obligation_page, name="obligation"),
    path("obligations/<slug:reference>/evidence/", obligations.evidence, name="obligation-evidence"),
    path("obligations/<slug:reference>/evidence/<int:number>/", obligations.evidence, name="obligation-evidence-of"),
    path("obligations/<slug:reference>/fulfil/", settling.fulfil, name="obligation-fulfil"),
    path("obligations/<slug:reference>/waive/", settling.waive, name="obligation-waive"),
]
