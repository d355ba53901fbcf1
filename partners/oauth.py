"""The toolkit's hooks: secrets from our own table, scopes from the client.

The toolkit keeps one secret a client under 1.5 million rounds of PBKDF2 (0.37 s of CPU an attempt, a way to overload us);
its column stays empty here and is never compared.
"""

from __future__ import annotations

import base64
import binascii
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote_plus

from django.db.models.functions import Now
from oauth2_provider.oauth2_validators import OAuth2Validator
from oauth2_provider.scopes import BaseScopes
from oauthlib.oauth2.rfc6749.errors import InvalidClientError

from partners.credentials import check_secret
from partners.kinds import SCOPE_TEXTS, Scope
from partners.models import Client, Secret


class Scopes(BaseScopes):
    """What each client may ask for; without a `scope` parameter it gets all of it."""

    def get_all_scopes(self) -> dict[str, str]:
        return {str(scope): SCOPE_TEXTS[scope] for scope in Scope}

    def get_available_scopes(self, application: Client | None = None, *_: Any, **__: Any) -> list[str]:
        """The scopes that the client was given."""
        return list(application.scopes) if application is not None else []

    get_default_scopes = get_available_scopes


class Validator(OAuth2Validator):
    """Authenticates clients against `Secret` and nothing else."""

    def authenticate_client(self, request: Any, *_: Any, **__: Any) -> bool:
        """Check the client's id and secret, from HTTP Basic (RFC 6749 §2.3.1) or from the form."""
        header = request.headers.get("HTTP_AUTHORIZATION") or ""
        client_id, secret = basic_credentials(header) or (request.client_id or "", request.client_secret or "")
        secret_of_client = check_secret(client_id, secret) if usable(client_id) and usable(secret) else None
        if secret_of_client is None:
            return False
        request.client, request.henvis_secret = secret_of_client.client, secret_of_client
        return True

    def client_authentication_required(self, request: Any, *_: Any, **__: Any) -> bool:
        """Every client must show its secret. The toolkit would look the id up as it came, a NUL in it too."""
        return True

    def authenticate_client_id(self, client_id: str, request: Any, *_: Any, **__: Any) -> bool:
        """There are no public clients."""
        return False

    def _check_secret(self, provided_secret: str, stored_secret: str) -> bool:
        return False

    def _check_and_set_request_resource(self, request: Any) -> None:
        # The toolkit would store the parameter (RFC 8707), and repeat it in an error. One resource is here: it is ignored.
        request.resource = []

    def _save_bearer_token(self, token: dict[str, Any], request: Any, *args: Any, **kwargs: Any) -> None:
        """Store the token while holding its secret's row, so that a revocation cannot slip in between.

        It begins, and so ends, by the database's clock, which is asked with the row.
        """
        rows = Secret.objects.select_for_update(no_key=True).annotate(issued_at=Now())
        secret_row = rows.get(pk=request.henvis_secret.pk)
        if secret_row.revoked_at is not None:
            raise InvalidClientError(request=request)
        seconds_left = int((secret_row.expires_at - secret_row.issued_at).total_seconds())
        token["expires_in"] = max(1, min(token["expires_in"], seconds_left))
        request.henvis_expires = secret_row.issued_at + timedelta(seconds=token["expires_in"])
        Secret.objects.filter(pk=secret_row.pk).update(last_used_at=Now())
        super()._save_bearer_token(token, request, *args, **kwargs)

    def _create_access_token(self, expires: datetime, request: Any, *args: Any, **kwargs: Any) -> Any:
        # The toolkit reckons from the clock of this process.
        return super()._create_access_token(request.henvis_expires, request, *args, **kwargs)


def basic_credentials(header: str) -> tuple[str, str] | None:
    """Client id and secret of an Authorization header of type Basic, or None for one that cannot be read."""
    scheme, _, pair = header.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        client_id, _, secret = base64.b64decode(pair, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return unquote_plus(client_id), unquote_plus(secret)


def usable(text: str) -> bool:
    """Whether PostgreSQL can look the text up at all."""
    return bool(text) and len(text) <= 255 and "\x00" not in text and text.isascii()
