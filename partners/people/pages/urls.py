"""Routes below `/account/`. Names that begin with `account_` or `mfa_` and are not ours are those the library looks up."""

from __future__ import annotations

from django.urls import URLPattern, path
from django.views.i18n import set_language

from partners.people.pages import factors, home, manager, signing_in

urlpatterns: list[URLPattern] = [
    path("", home.home, name="account_home"),
    path("login/", signing_in.SignIn.as_view(), name="account_login"),
    path("login/passkey/", signing_in.SignInByPasskey.as_view(), name="mfa_login_webauthn"),
    path("login/factor/", signing_in.SecondFactor.as_view(), name="mfa_authenticate"),
    path("inactive/", signing_in.inactive, name="account_inactive"),
    path("logout/", signing_in.SignOut.as_view(), name="account_logout"),
    path("language/", set_language, name="account_language"),
    path("invitation/", home.invitation, name="account_invitation"),
    path("setup/", factors.setup, name="account_setup"),
    path("factors/", home.home, name="mfa_index"),
    path("factors/app/", factors.AddApp.as_view(), name="mfa_activate_totp"),
    path("factors/app/remove/", factors.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("factors/passkey/", factors.AddKey.as_view(), name="mfa_add_webauthn"),
    path("factors/passkey/remove/", factors.remove_key, name="mfa_remove_key"),
    path("factors/codes/", factors.Codes.as_view(), name="mfa_view_recovery_codes"),
    path("factors/codes/new/", factors.NewCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("confirm/", signing_in.ShowAgain.as_view(), name="mfa_reauthenticate"),
    path("confirm/passkey/", signing_in.ShowPasskeyAgain.as_view(), name="mfa_reauthenticate_webauthn"),
    path("name/", home.name, name="account_name"),
    path("password/", signing_in.ChangePassword.as_view(), name="account_change_password"),
    path("sessions/stay/", home.stay, name="account_stay"),
    path("sessions/end/", home.end_others, name="account_end_sessions"),
    path("secrets/", manager.secrets, name="account_secrets"),
    path("secrets/rotate/", manager.rotate, name="account_rotate"),
    path("secrets/revoke/", manager.revoke, name="account_revoke"),
    path("clients/seen/", manager.acknowledge, name="account_seen"),
    path("reads/", manager.reads, name="account_reads"),
    path("people/", manager.persons, name="account_people"),
    path("people/invite/", manager.invite, name="account_invite"),
    path("people/role/", manager.change_role, name="account_change_role"),
    path("people/withdraw/", manager.withdraw, name="account_withdraw"),
    path("people/off/", manager.switch_off, name="account_switch_off"),
    path("people/on/", manager.switch_on, name="account_switch_on"),
]
