"""What browsers are told about our pages: whence a page takes its parts, and who may hold it in a frame."""

import os

from django.utils.csp import CSP

from corridor.settings_of_signing_in import OIDC_ISSUER

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    # A film on a phone is played once to be recorded smaller.
    "media-src": [CSP.SELF, "blob:"],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF, *([OIDC_ISSUER] if OIDC_ISSUER else [])],
    "manifest-src": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
# The sites whose pages may hold the public ledger in a frame; sources as CSP writes them.
WIDGET_SITES = os.environ.get("WIDGET_SITES", "*").split()
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# How long a link opens the certificates of a holder without an account.
HOLDER_LINK_DAYS = int(os.environ.get("HOLDER_LINK_DAYS", "30"))
# Where a holder adds a certificate to a profile of their own elsewhere; empty: nowhere.
PROFILE_ADD_URL = os.environ.get("PROFILE_ADD_URL", "https://www.linkedin.com/profile/add")
