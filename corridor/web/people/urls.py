from django.urls import path

from . import views, writing

urlpatterns = [
    path("people/", views.person_list, name="people"),
    path("people/me/", views.own_record, name="own-record"),
    path("people/new/", writing.register, name="person-new"),
    path("people/<slug:reference>/", views.person_page, name="person"),
    path("people/<slug:reference>/merge/", writing.merge, name="person-merge"),
]
