from django.urls import path

from . import views

urlpatterns = [
    path("jobs/", views.job_list, name="jobs"),
    path("jobs/<uuid:key>/", views.job_page, name="job"),
    path("jobs/<uuid:key>/cancel/", views.cancel, name="job-cancel"),
]
