"""The demo's stand-in for a provider of strong identification: OpenID Connect with made-up persons.

Runs on the event loop, so that a page thread that asks it for a token never waits for itself. Keeps
nothing: a code is a sealed note of what was asked, good for a minute.
"""

import base64
import hashlib
import html
import json
import time
from functools import cache
from typing import Any
from urllib.parse import parse_qs, urlencode

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from kudelma.core import keys

CODE_SECONDS = 60
ALGORITHM = "Ed25519"
KEY_ID = "demo"
PERSONS = {
    "aino": ("Aino Maria", "Saarela"),
    "mikko": ("Mikko Juhani", "Saarela"),
    "ritva": ("Ritva Kaarina", "Koskela"),
    # Fits nobody of the story, so that one sees an identity that waits until the coordinator confirms it.
    "tuntematon": ("Tuure Tapani", "Tuntematon"),
}


async def stand_in(scope: Any, receive: Any, send: Any) -> None:
    path = scope["path"].removeprefix("/demo/identity")
    query = {name: values[-1] for name, values in parse_qs(scope["query_string"].decode()).items()}
    form = await _form(receive) if scope["method"] == "POST" else {}
    routes = {
        "/.well-known/openid-configuration": lambda: _json(_configuration()),
        "/authorize": lambda: _authorize(query),
        "/token": lambda: _token(form),
        "/keys": lambda: _json({"keys": [_public_key()]}),
    }
    status, headers, body = routes.get(path, lambda: (404, [], b""))()
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _configuration() -> dict[str, Any]:
    issuer = settings.IDENTITY["issuer"]
    return {
        "issuer": issuer,
        "authorization_endpoint": f"{issuer}/authorize",
        "token_endpoint": f"{issuer}/token",
        "jwks_uri": f"{issuer}/keys",
        "response_types_supported": ["code"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": [ALGORITHM],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
    }


def _authorize(query: dict[str, str]) -> Any:
    """A page on which the visitor chooses as whom to identify; each choice is a link back."""
    if query.get("client_id") != settings.IDENTITY["client"]:
        return 400, [], b""
    # Not where the query says: then anybody could have a code sent to an address of their choice.
    back = f"{settings.BASE_URL}/own/identity/return/"
    links = []
    for subject, (given, family) in PERSONS.items():
        asked = {
            "sub": subject,
            "nonce": query.get("nonce", ""),
            "challenge": query.get("code_challenge", ""),
            "until": int(time.time()) + CODE_SECONDS,
        }
        answer = urlencode({"code": _sealed(asked), "state": query.get("state", "")})
        links.append(f'<li><p><a href="{back}?{html.escape(answer)}">{given} {family}</a></p></li>')
    page = (
        '<!doctype html><html lang="fi"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        "<title>Tunnistautuminen</title><main><h1>Demon tunnistautu&shy;minen</h1><p>Valitse, kenenä tunnistaudut. "
        f"Henkilöt ovat keksittyjä.</p><ul>{''.join(links)}</ul></main></html>"
    )
    # Said here too: what the event loop answers passes none of our middleware.
    policy = b"default-src 'none'; frame-ancestors 'none'; base-uri 'none'"
    return 200, [(b"content-type", b"text/html; charset=utf-8"), (b"content-security-policy", policy)], page.encode()


def _token(form: dict[str, str]) -> Any:
    asked = _opened(form.get("code", ""))
    proof = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
    if asked is None or asked["until"] < time.time() or _base64(proof) != asked["challenge"]:
        return _json({"error": "invalid_grant"}, 400)
    given, family = PERSONS[asked["sub"]]
    now = int(time.time())
    claims = {
        "iss": settings.IDENTITY["issuer"],
        "aud": settings.IDENTITY["client"],
        "sub": asked["sub"],
        "nonce": asked["nonce"],
        "iat": now,
        "exp": now + 300,
        "given_name": given,
        "family_name": family,
    }
    return _json({"access_token": "none", "token_type": "Bearer", "expires_in": 300, "id_token": _signed(claims)})


def _signed(claims: dict[str, Any]) -> str:
    """A JSON web token. Source: RFC 7515, section 5.1, with the signature of RFC 8032."""
    parts = [{"alg": ALGORITHM, "kid": KEY_ID, "typ": "JWT"}, claims]
    text = ".".join(_base64(json.dumps(part).encode()) for part in parts)
    return f"{text}.{_base64(_key().sign(text.encode()))}"


def _public_key() -> dict[str, str]:
    public = _key().public_key().public_bytes_raw()
    return {"kty": "OKP", "crv": "Ed25519", "alg": ALGORITHM, "kid": KEY_ID, "use": "sig", "x": _base64(public)}


@cache
def _key() -> Ed25519PrivateKey:
    """Derived, so that all server processes have the same."""
    return Ed25519PrivateKey.from_private_bytes(keys.derive(settings.SECRET_KEY.encode(), "demo identity signature"))


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


async def _form(receive: Any) -> dict[str, str]:
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body") or len(body) > 65536:
            return {name: values[-1] for name, values in parse_qs(body.decode("ascii", "replace")).items()}


def _json(payload: dict[str, Any], status: int = 200) -> Any:
    return status, [(b"content-type", b"application/json")], json.dumps(payload).encode()


@cache
def _cipher() -> AESGCM:
    return AESGCM(keys.derive(settings.SECRET_KEY.encode(), "demo identity"))


def _sealed(payload: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(keys.seal(_cipher(), json.dumps(payload).encode(), "code")).decode()


def _opened(code: str) -> dict[str, Any] | None:
    try:
        return json.loads(keys.unseal(_cipher(), base64.urlsafe_b64decode(code), "code"))
    except (keys.Broken, ValueError):
        return None
