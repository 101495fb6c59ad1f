from django.urls import path

from . import applying, appointing, changes, choosing, closing, funnel, registers, transferring, views

urlpatterns = [
    path("learn/", views.own_path, name="learn"),
    path("learn/cohorts/", applying.open_cohorts, name="open-cohorts"),
    path("learn/cohorts/<slug:reference>/apply/", applying.apply_to_cohort, name="apply-to-cohort"),
    path("learn/cohorts/<slug:reference>/answer/", applying.answer_offer, name="answer-offer"),
    path("cohorts/", views.cohort_list, name="cohorts"),
    path("cohorts/open/", changes.open_cohort, name="open-cohort"),
    path("cohorts/<slug:reference>/", views.cohort_page, name="cohort"),
    path("cohorts/<slug:reference>/enrol/", changes.enrol_learner, name="enrol"),
    path("cohorts/<slug:reference>/learners/", changes.move_learners, name="move-learners"),
    path("cohorts/<slug:reference>/learners/<int:number>/transfer/", transferring.transfer, name="transfer-learner"),
    path("cohorts/<slug:reference>/trainers/", appointing.appoint_trainer, name="appoint-trainer"),
    path("cohorts/<slug:reference>/trainers/<slug:person>/end/", appointing.end_trainer, name="end-trainer"),
    path("cohorts/<slug:reference>/describe/", choosing.describe, name="describe-cohort"),
    path("cohorts/<slug:reference>/recruit/", choosing.recruit, name="recruit"),
    path("cohorts/<slug:reference>/selection/", choosing.selection, name="selection"),
    path("cohorts/<slug:reference>/selection/criteria/", choosing.criteria, name="selection-criteria"),
    path("cohorts/<slug:reference>/selection/points/", choosing.points, name="selection-points"),
    path("cohorts/<slug:reference>/funnel/", funnel.funnel_page, name="funnel"),
    path("cohorts/<slug:reference>/assessors/", appointing.appoint_assessor, name="appoint-assessor"),
    path("cohorts/<slug:reference>/plan/", changes.plan_sessions, name="plan-sessions"),
    path("cohorts/<slug:reference>/close/", closing.close, name="close-cohort"),
    path("cohorts/<slug:reference>/award/", closing.award, name="award-cohort"),
    path("cohorts/<slug:reference>/sessions/<int:number>/", registers.register, name="register"),
    path("cohorts/<slug:reference>/sessions/<int:number>/sign/", registers.sign, name="sign-register"),
]
