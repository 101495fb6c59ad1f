from django.urls import path

from . import consenting, doubles, keeping, photos, views, writing

urlpatterns = [
    path("people/", views.person_list, name="people"),
    path("people/me/", views.own_record, name="own-record"),
    path("people/me/consents/", consenting.own_consents, name="own-consents"),
    path("people/new/", writing.register, name="person-new"),
    path("people/doubles/", doubles.double_list, name="doubles"),
    path("people/doubles/<uuid:key>/", doubles.double_page, name="double"),
    path("people/purposes/", consenting.purposes, name="purposes"),
    path("people/<slug:reference>/", views.person_page, name="person"),
    path("people/<slug:reference>/certificate-name/", keeping.certificate_name, name="person-certificate-name"),
    path("people/<slug:reference>/consents/", consenting.consents, name="person-consents"),
    path("people/<slug:reference>/consents/<slug:code>/paper/", consenting.paper, name="person-consent-paper"),
    path("people/<slug:reference>/consents/<uuid:key>/file/", consenting.paper_file, name="person-consent-file"),
    path("people/<slug:reference>/contacts/", keeping.contacts, name="person-contacts"),
    path("people/<slug:reference>/edit/", keeping.facts, name="person-facts"),
    path("people/<slug:reference>/merge/", writing.merge, name="person-merge"),
    path("people/<slug:reference>/names/", keeping.names, name="person-names"),
    path("people/<slug:reference>/photo/", photos.photo, name="person-photo"),
    path("people/<slug:reference>/photo/file/", photos.photo_file, name="person-photo-file"),
    path("people/<slug:reference>/papers/", keeping.papers, name="person-papers"),
    path("people/<slug:reference>/unmerge/", doubles.unmerge, name="person-unmerge"),
]
