from django.urls import path

from . import answering, attaching, making, watching

urlpatterns = [
    path("data-calls/", watching.call_list, name="data-calls"),
    path("data-calls/new/", making.new_call, name="data-call-new"),
    path("data-calls/<slug:reference>/", watching.call_page, name="data-call"),
    path("data-calls/<slug:reference>/deadline/", making.set_deadline, name="data-call-deadline"),
    path("data-calls/<slug:reference>/questions/", making.add_question, name="data-call-question"),
    path("data-calls/<slug:reference>/questions/<int:position>/drop/", making.drop_question, name="data-call-drop"),
    path("data-calls/<slug:reference>/open/", making.open_call, name="data-call-open"),
    path("data-calls/<slug:reference>/close/", making.close_call, name="data-call-close"),
    path("data-calls/<slug:reference>/remind/", making.remind, name="data-call-remind"),
    path("data-calls/<slug:reference>/answers/", watching.export, name="data-call-answers"),
    path(
        "data-calls/<slug:reference>/answers/<slug:member>/<int:position>/claim/",
        attaching.attach,
        name="data-call-claim",
    ),
    path("data-calls/<slug:reference>/answers/<slug:member>/", answering.sheet_page, name="data-call-answer"),
]
