from django.urls import path

from . import path_evidence

urlpatterns = [
    path("learn/files/<uuid:key>/", path_evidence.open_file, name="own-evidence-file"),
    path("learn/files/<uuid:key>/drop/", path_evidence.drop, name="own-evidence-drop"),
    path("learn/<slug:cohort>/<int:number>/files/", path_evidence.add, name="own-evidence-add"),
    path("cohorts/<slug:reference>/files/", path_evidence.of_cohort, name="own-evidence"),
]
