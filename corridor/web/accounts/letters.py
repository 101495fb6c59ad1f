"""What a letter says after a change of the ways to sign in, by the name under which allauth tells of it."""

from django.utils.translation import gettext_lazy as _

CHANGES = {
    "account/email/email_changed": _("The address that letters go to was changed."),
    "account/email/email_deleted": _("An e-mail address was removed."),
    "account/email/password_changed": _("The password was changed."),
    "account/email/password_reset": _("The password was set anew by a link."),
    "account/email/password_set": _("A password was set."),
    "mfa/email/recovery_codes_generated": _("New spare codes were made."),
    "mfa/email/totp_activated": _("An app for codes was set up."),
    "mfa/email/totp_deactivated": _("The app for codes was switched off."),
    "mfa/email/webauthn_added": _("A passkey was added."),
    "mfa/email/webauthn_removed": _("A passkey was removed."),
    "socialaccount/email/account_connected": _("Sign-in by your organisation was connected."),
    "socialaccount/email/account_disconnected": _("Sign-in by your organisation was disconnected."),
}
