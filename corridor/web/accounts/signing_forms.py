"""The forms of allauth in the product's words, with one box for a new password: who mistypes it asks for a new link."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.translation import gettext_lazy as _

GOOD_PASSWORD = _("At least ten letters, digits or signs; not one of the usual ones. Several words are good.")
CODE_HINT = _("Six digits that your app shows now, or one of your spare codes.")


class Plain(forms.Form):
    """Without the grey words inside the boxes: they vanish when one writes, and are hard to read."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class OneNewPassword(Plain):
    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        del self.fields["password2"]
        self.fields["password1"].label = _("New password")
        self.fields["password1"].help_text = GOOD_PASSWORD


class SignInForm(Plain, account.LoginForm):
    """A user name or an e-mail address, and a password."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        del self.fields["login"]
        name = forms.CharField(
            label=_("User name or e-mail address"),
            widget=forms.TextInput(
                attrs={"autocomplete": "username webauthn", "autocapitalize": "none", "spellcheck": "false"}
            ),
        )
        password = self.fields["password"]
        password.label, password.help_text = _("Password"), ""
        self.fields = {"username": name, "password": password}

    def clean(self) -> dict[str, Any] | None:
        if "username" in self.cleaned_data:
            self.cleaned_data["login"] = self.cleaned_data["username"].strip()
        return super().clean()


class AddEmailForm(Plain, account.AddEmailForm):
    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["email"].label = _("Another e-mail address")
        self.fields["email"].help_text = _(
            "A letter with a link goes there; the address counts once the link was opened."
        )


class ChangePasswordForm(OneNewPassword, account.ChangePasswordForm):
    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["oldpassword"].label, self.fields["oldpassword"].help_text = _("Present password"), ""


class SetPasswordForm(OneNewPassword, account.SetPasswordForm):
    """For an account that has none yet."""


class NewPasswordForm(OneNewPassword, account.ResetPasswordKeyForm):
    """By the link in the letter."""


class AskForLinkForm(Plain, account.ResetPasswordForm):
    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["email"].label = _("Your e-mail address")


class ProveByPasswordForm(Plain, account.ReauthenticateForm):
    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["password"].label, self.fields["password"].help_text = _("Password"), ""


class CodeForm(Plain, mfa.AuthenticateForm):
    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        _name_code(self.fields["code"])


class ProveByCodeForm(Plain, mfa.ReauthenticateForm):
    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        _name_code(self.fields["code"])


class SetUpAppForm(Plain, totp.ActivateTOTPForm):
    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["code"].label = _("The code that the app shows now")
        self.fields["code"].help_text = _("Six digits.")


class AddPasskeyForm(Plain, webauthn.AddWebAuthnForm):
    """Every passkey here signs in alone: it proves the device and, by finger, face or PIN, its holder."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["name"].label = _("What you call it")
        self.fields["name"].help_text = _("For example: telephone, or key on the key ring.")
        self.fields["name"].max_length = 80
        self.fields["passwordless"].widget = forms.HiddenInput()
        self.fields["passwordless"].initial = "on"


class RenamePasskeyForm(Plain, webauthn.EditWebAuthnForm):
    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["name"].label = _("What you call it")


def _name_code(field: forms.Field) -> None:
    field.label, field.help_text = _("Code"), CODE_HINT
    field.widget.attrs |= {"autocomplete": "one-time-code", "spellcheck": "false"}
