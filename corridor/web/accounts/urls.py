"""
Signing in and all that belongs to it.

The names with ``account_``, ``mfa_``, ``usersessions_`` and ``socialaccount_`` are those that allauth asks for; what it has beside these
(signing up, codes by mail, telephone) has no address here.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as outside
from allauth.socialaccount.providers.openid_connect import views as directory
from django.contrib.auth.decorators import login_not_required
from django.urls import path

from corridor.web import converters as _converters  # noqa: F401 (registers them)

from . import invited, keeping, sessions, signing, views
from .signing import in_place

sign_in = in_place(signing.SignIn.as_view())
sign_out = signing.SignOut.as_view()

urlpatterns = [
    path("profile/", views.profile, name="profile"),
    path("profile/tokens/<uuid:token_id>/revoke/", views.revoke, name="revoke-token"),
    path("sign-in/", sign_in, name="account_login"),
    path("sign-in/", sign_in, name="sign-in"),
    path("sign-out/", sign_out, name="account_logout"),
    path("sign-out/", sign_out, name="sign-out"),
    path("invited/<str:secret>/", invited.invited, name="invited"),
    path("accounts/", keeping.accounts, name="accounts"),
    path("accounts/invite/", keeping.invite_somebody, name="invite-somebody"),
    path("accounts/invitations/<uuid:invitation_id>/again/", keeping.invite_again, name="invite-again"),
    path(
        "accounts/invitations/<uuid:invitation_id>/withdraw/", keeping.withdraw_invitation, name="withdraw-invitation"
    ),
    path("accounts/<uuid:user_id>/", keeping.account, name="account"),
    path("accounts/<uuid:user_id>/close/", keeping.shut, name="close-account"),
    path("accounts/<uuid:user_id>/reopen/", keeping.reopen, name="reopen-account"),
    path("account/", signing.ways, name="mfa_index"),
    path("account/closed/", login_not_required(account.account_inactive), name="account_inactive"),
    path("account/confirm/", in_place(account.reauthenticate), name="account_reauthenticate"),
    path("account/e-mail/", in_place(account.email), name="account_email"),
    path("account/e-mail/<str:key>/", in_place(account.confirm_email), name="account_confirm_email"),
    path("account/password/", in_place(account.password_change), name="account_change_password"),
    path("account/password/first/", in_place(account.password_set), name="account_set_password"),
    path("account/password/forgotten/", in_place(account.password_reset), name="account_reset_password"),
    path("account/password/forgotten/sent/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "account/password/new/<solid:uidb36>-<str:key>/",
        in_place(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "account/password/new/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"
    ),
    path("account/second-factor/", signing.second_factor, name="second-factor"),
    path("account/second-factor/code/", in_place(mfa.authenticate), name="mfa_authenticate"),
    path("account/second-factor/confirm/", in_place(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("account/app/", in_place(totp.activate_totp), name="mfa_activate_totp"),
    path("account/app/off/", in_place(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("account/spare-codes/", in_place(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("account/spare-codes/new/", in_place(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("account/passkeys/", signing.ways, name="mfa_list_webauthn"),
    path("account/passkeys/add/", in_place(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("account/passkeys/confirm/", in_place(passkeys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("account/passkeys/sign-in/", login_not_required(in_place(passkeys.login_webauthn)), name="mfa_login_webauthn"),
    path("account/passkeys/<int:pk>/name/", in_place(passkeys.edit_webauthn), name="mfa_edit_webauthn"),
    path("account/passkeys/<int:pk>/remove/", in_place(passkeys.remove_webauthn), name="mfa_remove_webauthn"),
    path("account/sessions/", sessions.sessions, name="usersessions_list"),
    path("account/sessions/others/end/", sessions.end_others, name="end-other-sessions"),
    path("account/sessions/<int:session_id>/end/", sessions.end_one, name="end-session"),
    path("account/directory/", signing.ways, name="socialaccount_connections"),
    path("account/directory/failed/", login_not_required(outside.login_error), name="socialaccount_login_error"),
    path(
        "account/directory/cancelled/",
        login_not_required(outside.login_cancelled),
        name="socialaccount_login_cancelled",
    ),
    path("account/directory/<str:provider_id>/", login_not_required(directory.login), name="openid_connect_login"),
    path(
        "account/directory/<str:provider_id>/back/",
        login_not_required(directory.callback),
        name="openid_connect_callback",
    ),
    path("account/unknown/", signing.not_invited, name="socialaccount_signup"),
]
