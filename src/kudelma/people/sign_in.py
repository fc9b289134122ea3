"""django-allauth over sealed addresses: how an account is found, and how its second factor is kept.

allauth's own address tables stay empty: an account has one address, sealed, found by keyed look-up.
"""

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from kudelma.core.sealed import look_up, staff_closed, staff_opened
from kudelma.people.models import Account

FACTOR_DONE = "factor"
"""Session key: this session has shown a second factor."""


class SealedAddressBackend(AuthenticationBackend):
    def _authenticate_by_email(self, email: str, password: str) -> Any:
        return self._check_password(Account.objects.of_address(email).first(), password)


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """The password was right, but the account has been closed."""
        messages.error(request, _("This account is not in use any more. Ask the administrator of your region."))
        return redirect("account_login")

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: our pages say what has happened, and allauth would name the account by its id."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """The visitor's address; a header is believed only when the installation names it."""
        header = settings.CONFIGURATION.proxy_header
        if header:
            # The last one was written by our own proxy; what stands before it anybody may have sent.
            forwarded = request.META.get("HTTP_" + header.upper().replace("-", "_"), "")
            return forwarded.split(",")[-1].strip() or "0.0.0.0"  # noqa: S104  nothing is bound to it
        return request.META.get("REMOTE_ADDR") or "0.0.0.0"  # noqa: S104


class FactorAdapter(DefaultMFAAdapter):
    def encrypt(self, text: str) -> str:
        return staff_closed(text, "second factor")

    def decrypt(self, encrypted_text: str) -> str:
        return staff_opened(encrypted_text, "second factor")


def has_factor(account: Account) -> bool:
    return is_mfa_enabled(account)


def factor_secret(account: Account) -> str:
    """The TOTP secret that this account is offered: 160 bits, the same until the password changes.

    Derived, not stored, so that looking at the page writes nothing.
    """
    offered = look_up("second factor", f"{account.pk}:{account.password}")
    return base64.b32encode(bytes.fromhex(offered)[:20]).decode()
