from django.urls import path

from . import appointing, changes, closing, registers, transferring, views

urlpatterns = [
    path("learn/", views.own_path, name="learn"),
    path("cohorts/", views.cohort_list, name="cohorts"),
    path("cohorts/open/", changes.open_cohort, name="open-cohort"),
    path("cohorts/<slug:reference>/", views.cohort_page, name="cohort"),
    path("cohorts/<slug:reference>/enrol/", changes.enrol_learner, name="enrol"),
    path("cohorts/<slug:reference>/learners/", changes.move_learners, name="move-learners"),
    path("cohorts/<slug:reference>/learners/<int:number>/transfer/", transferring.transfer, name="transfer-learner"),
    path("cohorts/<slug:reference>/trainers/", appointing.appoint_trainer, name="appoint-trainer"),
    path("cohorts/<slug:reference>/assessors/", appointing.appoint_assessor, name="appoint-assessor"),
    path("cohorts/<slug:reference>/plan/", changes.plan_sessions, name="plan-sessions"),
    path("cohorts/<slug:reference>/close/", closing.close, name="close-cohort"),
    path("cohorts/<slug:reference>/award/", closing.award, name="award-cohort"),
    path("cohorts/<slug:reference>/sessions/<int:number>/", registers.register, name="register"),
    path("cohorts/<slug:reference>/sessions/<int:number>/sign/", registers.sign, name="sign-register"),
]
