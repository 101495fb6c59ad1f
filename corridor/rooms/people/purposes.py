"""
The purposes that the product itself acts on. The secretariat writes each down with its legal basis and its sentence; until it has, nobody is asked
and nobody is named for it.
"""

from django.utils.translation import gettext_lazy as _

FOLLOW_UP = "follow_up"
CERTIFICATE_PAGE = "certificate_page"
REGISTER_PHOTO = "register_photo"
CERTIFICATE_EVIDENCE = "certificate_evidence"

# What is not done for anybody while the purpose is not written down.
ACTED_ON = {
    FOLLOW_UP: _("Asking graduates what became of them"),
    CERTIFICATE_PAGE: _("Naming the holder on the page that the QR code of a certificate opens"),
    CERTIFICATE_EVIDENCE: _("Naming a learner’s evidence on the certificate, by its fingerprint"),
    REGISTER_PHOTO: _("Showing a photo of a learner to the trainers of the cohort"),
}
