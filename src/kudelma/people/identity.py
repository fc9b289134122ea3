"""Strong identification by OpenID Connect: sent away with state, nonce and PKCE, met again with claims.

Knows no matter. What an identity is worth to a seat is decided where the seat's person is known.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.django_client import OAuth
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from joserfc.errors import JoseError
from requests import RequestException


class NotIdentified(Exception):
    """It was interrupted, or what came back does not hold."""


@dataclass(frozen=True)
class Identity:
    """Who an issuer says this is. Nothing of it is kept but a keyed hash."""

    issuer: str
    subject: str
    given_names: str
    family_name: str


def is_possible() -> bool:
    return bool(settings.IDENTITY["issuer"])


def sent_to(request: HttpRequest) -> str:
    """The address at the issuer to which the person goes now. State and nonce stay in the session."""
    try:
        # The way back is as it was set: a forged Host must not lead anybody's answer elsewhere.
        response = _client().authorize_redirect(request, settings.BASE_URL + reverse("members:identified"))
    except (RequestException, AuthlibBaseError):
        raise NotIdentified from None
    return response["Location"]


def met(request: HttpRequest) -> Identity:
    """Who came back. Raises NotIdentified for anything but a whole, fresh answer from the issuer."""
    try:
        token = _client().authorize_access_token(request)
        claims = token["userinfo"]
        return Identity(
            issuer=claims["iss"],
            subject=claims["sub"],
            given_names=claims.get("given_name", ""),
            family_name=claims.get("family_name", ""),
        )
    except (RequestException, AuthlibBaseError, JoseError, KeyError, ValueError):
        raise NotIdentified from None


@cache
def _client() -> Any:
    issuer = settings.IDENTITY["issuer"]
    return OAuth().register(
        "identity",
        client_id=settings.IDENTITY["client"],
        client_secret=settings.IDENTITY["secret"],
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid profile", "code_challenge_method": "S256", "timeout": 15},
    )
