from django.urls import path

from . import signers, signing, signing_by_link

urlpatterns = [
    path("agreements/<slug:reference>/sign/", signing.sign, name="agreement-sign"),
    path("agreements/<slug:reference>/paper/", signing.paper, name="agreement-paper"),
    path("agreements/<slug:reference>/agreement.pdf", signing.as_pdf, name="agreement-pdf"),
    path("agreements/<slug:reference>/signatures/<uuid:key>/scan/", signing.signature_scan, name="signature-scan"),
    path("agreements/<slug:reference>/signers/", signers.signers, name="agreement-signers"),
    path("agreements/<slug:reference>/signers/how/", signers.how, name="agreement-how-signed"),
    path("agreements/<slug:reference>/signers/add/<slug:member>/", signers.add, name="signer-add"),
    path("agreements/<slug:reference>/signers/<uuid:key>/", signers.change, name="signer"),
    path("agreements/<slug:reference>/signers/<uuid:key>/end/", signers.end, name="signer-end"),
    path("agreements/<slug:reference>/signers/<uuid:key>/link/", signers.send_link, name="signer-link"),
    path("agreements/<slug:reference>/signers/<uuid:key>/link/end/", signers.end_link, name="signer-link-end"),
    path("sign/<str:secret>/", signing_by_link.own, name="signing-link"),
    path("sign/<str:secret>/code/", signing_by_link.code, name="signing-link-code"),
    path("sign/<str:secret>/agreement.pdf", signing_by_link.as_pdf, name="signing-link-pdf"),
]
