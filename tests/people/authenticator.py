"""A passkey in software: a key pair for a site that signs its challenges, as a phone does (WebAuthn, ES256, no attestation)."""

from __future__ import annotations

import hashlib
import json
import secrets
import struct
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cbor import encode
from fido2.cose import ES256
from fido2.utils import websafe_encode as b64

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass
class SoftPasskey:
    """One passkey. `verified`: whether it asks for a finger or a PIN."""

    origin: str
    verified: bool = True
    identity: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    user: str = ""
    counter: int = 0

    def create(self, options: dict[str, Any]) -> dict[str, Any]:
        """What a browser's `navigator.credentials.create` gives back for the options."""
        asked = options["publicKey"]
        self.user = asked["user"]["id"]
        public = encode(ES256.from_cryptography_key(self.key.public_key()))  # type: ignore[no-untyped-call]
        attested = bytes(16) + struct.pack(">H", len(self.identity)) + self.identity + public
        said = self.data(asked["rp"]["id"], ATTESTED) + attested
        response = {
            "clientDataJSON": b64(self.client(asked["challenge"], "webauthn.create")),
            "attestationObject": b64(encode({"fmt": "none", "attStmt": {}, "authData": said})),
        }
        return self.credential(response)

    def get(self, options: dict[str, Any]) -> dict[str, Any]:
        """What a browser's `navigator.credentials.get` gives back for the options."""
        asked = options["publicKey"]
        said, client = self.data(asked["rpId"]), self.client(asked["challenge"], "webauthn.get")
        signed = self.key.sign(said + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        response = {
            "clientDataJSON": b64(client),
            "authenticatorData": b64(said),
            "signature": b64(signed),
            "userHandle": self.user,
        }
        return self.credential(response)

    def data(self, site: str, more: int = 0) -> bytes:
        """Authenticator data without a credential."""
        self.counter += 1
        flags = PRESENT | (VERIFIED if self.verified else 0) | more
        return hashlib.sha256(site.encode()).digest() + struct.pack(">BI", flags, self.counter)

    def client(self, challenge: str, kind: str) -> bytes:
        """The client data."""
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}).encode()

    def credential(self, response: dict[str, str]) -> dict[str, Any]:
        """A response with the credential's name."""
        name = b64(self.identity)
        extensions = {"credProps": {"rk": True}}
        return {
            "id": name,
            "rawId": name,
            "type": "public-key",
            "response": response,
            "clientExtensionResults": extensions,
        }
