from django.urls import path

from . import away, cascade, views, watching, writing

urlpatterns = [
    path("trainers/", views.trainer_list, name="trainers"),
    path("trainers/register/", writing.register_trainer, name="trainer-register"),
    path("trainers/cascade/", cascade.cascade_page, name="cascade"),
    path("trainers/stays/", away.stay_list, name="stays"),
    path("trainers/stays/new/", away.new_stay, name="stay-new"),
    path("trainers/stays/<uuid:key>/correct/", away.correct_stay, name="stay-correct"),
    path("trainers/stays/<uuid:key>/remove/", away.remove_stay, name="stay-remove"),
    path("trainers/rubrics/", watching.rubric_list, name="rubrics"),
    path("trainers/rubrics/new/", watching.new_rubric, name="rubric-new"),
    path("trainers/of/<slug:reference>/", views.trainer_page, name="trainer"),
    path("trainers/of/<slug:reference>/correct/", writing.correct_trainer, name="trainer-correct"),
    path("trainers/of/<slug:reference>/qualifications/", writing.add_qualification, name="qualification-add"),
    path(
        "trainers/of/<slug:reference>/qualifications/<uuid:key>/paper/",
        views.qualification_paper,
        name="qualification-paper",
    ),
    path(
        "trainers/of/<slug:reference>/qualifications/<uuid:key>/drop/",
        writing.drop_qualification,
        name="qualification-drop",
    ),
    path("trainers/of/<slug:reference>/languages/", writing.add_language, name="trainer-language"),
    path("trainers/of/<slug:reference>/languages/drop/", writing.drop_language, name="trainer-language-drop"),
    path("trainers/of/<slug:reference>/units/", writing.add_unit, name="trainer-unit"),
    path("trainers/of/<slug:reference>/units/drop/", writing.drop_unit, name="trainer-unit-drop"),
    path("trainers/of/<slug:reference>/watch/", watching.watch, name="session-watch"),
    path("trainers/of/<slug:reference>/watched/<uuid:key>/", watching.observed_page, name="observed-session"),
    path(
        "trainers/of/<slug:reference>/watched/<uuid:key>/agreed/<uuid:action>/", watching.settle, name="agreed-settle"
    ),
]
