from django.urls import path

from . import views

urlpatterns = [
    path("apply/", views.kinds, name="apply"),
    path("apply/again/", views.link_again, name="apply-again"),
    path("apply/as/<slug:kind>/", views.begin, name="apply-as"),
    path("apply/to/<str:secret>/", views.own, name="application-own"),
    path("apply/to/<str:secret>/sections/<slug:code>/", views.section, name="application-section"),
    path("apply/to/<str:secret>/documents/<slug:code>/", views.document, name="application-document"),
    path("apply/to/<str:secret>/files/<slug:reference>/", views.own_file, name="application-own-file"),
    path("apply/to/<str:secret>/conditions/<uuid:key>/", views.evidence, name="application-evidence"),
    path("apply/to/<str:secret>/letters/<uuid:key>/", views.letter, name="application-own-letter"),
    path("apply/to/<str:secret>/submit/", views.submit, name="application-submit"),
    path("apply/to/<str:secret>/withdraw/", views.withdraw, name="application-withdraw"),
]
