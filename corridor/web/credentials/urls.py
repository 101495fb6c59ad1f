from django.urls import path

from . import documents, granting, holder, issuers, keys, many, staff, verifying

urlpatterns = [
    path("verify/", verifying.verify, name="verify"),
    path("c/<str:token>/", holder.credential_page, name="credential-held"),
    path("c/<str:token>/verify/", verifying.verify_held, name="verify-held"),
    path("c/<str:token>/credential.json", documents.credential_file, name="credential-file"),
    path("c/<str:token>/certificate.pdf", documents.certificate_file, name="certificate-file"),
    path("members/<slug:reference>/did.json", documents.did_document, name="did-document"),
    path("status/<slug:reference>/<int:number>", documents.status_list, name="status-list"),
    path("status/<slug:reference>/<int:number>/reasons", documents.status_reasons, name="status-reasons"),
    path(".well-known/did.json", issuers.alliance_document, name="alliance-document"),
    path("issuers/", issuers.issuer_page, name="issuers"),
    path("issuers/sign/", issuers.sign_issuers, name="sign-issuers"),
    path("issuers.json", issuers.latest_register, name="latest-register"),
    path("issuers/<int:number>.json", issuers.register_edition, name="register-edition"),
    path("credentials/", staff.credential_list, name="credentials"),
    path("credentials/change/", many.change_many, name="change-credentials"),
    path("credentials/entitlements/", staff.entitlement_list, name="entitlements"),
    path("credentials/entitlements/new/", granting.grant_entitlement, name="grant-entitlement"),
    path("credentials/entitlements/<uuid:key>/end/", granting.end_entitlement, name="end-entitlement"),
    path("credentials/recognition/", staff.recognition_list, name="recognition"),
    path("credentials/recognition/new/", granting.state_recognition, name="state-recognition"),
    path("credentials/<slug:reference>/", staff.credential_record, name="credential"),
    path("keys/", keys.key_list, name="keys"),
    path("keys/<slug:reference>/<slug:fragment>/", keys.compromised_key, name="key"),
    path("keys/<slug:reference>/<slug:fragment>/rotate/", keys.rotate_key, name="rotate-key"),
    path("keys/<slug:reference>/<slug:fragment>/retire/", keys.retire_key, name="retire-key"),
]
