from django.urls import path

from . import documents

urlpatterns = [
    path("members/<slug:reference>/did.json", documents.did_document, name="did-document"),
    path("status/<slug:reference>/<int:number>", documents.status_list, name="status-list"),
    path("status/<slug:reference>/<int:number>/reasons", documents.status_reasons, name="status-reasons"),
    path("c/<str:token>/credential.json", documents.credential_file, name="credential-file"),
    path("c/<str:token>/certificate.pdf", documents.certificate_file, name="certificate-file"),
]
