from django.urls import path

from . import approving, drafting, log, planning, reviews, views

urlpatterns = [
    path("programmes/", views.programme_list, name="programmes"),
    path("programmes/new/", drafting.propose, name="programme-new"),
    path("programme-steps/", approving.needed, name="programme-steps-needed"),
    path("programme-steps/<slug:kind>/", approving.need, name="programme-steps-need"),
    path("programmes/<slug:reference>/", views.programme_page, name="programme"),
    path("programmes/<slug:reference>/change/", drafting.change, name="change-programme"),
    path("programmes/<slug:reference>/move/", views.move_programme, name="move-programme"),
    path("programmes/<slug:reference>/review/", reviews.review, name="review-programme"),
    path("programmes/<slug:reference>/steps/", approving.steps, name="programme-steps"),
    path("programmes/<slug:reference>/steps/find/", approving.find, name="programme-step-find"),
    path("programmes/<slug:reference>/steps/<uuid:key>/paper/", approving.paper, name="programme-step-paper"),
    path("programmes/<slug:reference>/intake/", planning.intake, name="programme-intake"),
    path("programmes/<slug:reference>/intake/plan/", planning.plan_intake, name="programme-intake-plan"),
    path("programmes/<slug:reference>/study/", planning.study, name="programme-study"),
    path("programmes/<slug:reference>/study/plan/", planning.plan_study, name="programme-study-plan"),
    path("programmes/<slug:reference>/log/", log.log, name="programme-log"),
    path("programmes/<slug:reference>/log/risk/", log.add_risk, name="programme-risk-add"),
    path("programmes/<slug:reference>/log/risks/<int:number>/move/", log.move_risk, name="programme-risk-move"),
    path("programmes/<slug:reference>/log/risks/<int:number>/judge/", log.judge_risk, name="programme-risk-judge"),
    path("programmes/<slug:reference>/log/decision/", log.add_decision, name="programme-decision-add"),
]
