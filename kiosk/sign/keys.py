"""Keys of packs: who exported a pack, and whom this kiosk trusts (Ed25519, RFC 8032)."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kiosk.files import make_whole
from kiosk.sign.errors import SignError


class BadKey(SignError):
    """A key that can't be used: which, and how to mend it."""

    code = "bad_key"


def load_or_create(path: Path) -> Ed25519PrivateKey:
    """The key in the file, made at first use, readable by its owner only. Raises `BadKey`."""
    if path.exists():
        return _load(path)
    key = Ed25519PrivateKey.generate()
    made = make_whole(path, base64.b64encode(key.private_bytes_raw()) + b"\n")
    return key if made else _load(path)


def public_text(key: Ed25519PrivateKey | Ed25519PublicKey) -> str:
    """The public key as it stands in the settings of those who trust it: base64, 44 characters."""
    public = key.public_key() if isinstance(key, Ed25519PrivateKey) else key
    return base64.b64encode(public.public_bytes_raw()).decode()


def public_key(text: str) -> Ed25519PublicKey:
    """Raises `BadKey`."""
    try:
        return Ed25519PublicKey.from_public_bytes(base64.b64decode(text, validate=True))
    except ValueError as error:
        raise BadKey(
            f"{text!r} is no public key; take the line that `kiosk sign keys` prints"
        ) from error


def signed_by(key: str, signature: bytes, message: bytes, trusted: Iterable[str]) -> bool:
    """Whether a trusted key signed the message."""
    if key not in set(trusted):
        return False
    try:
        public_key(key).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def _load(path: Path) -> Ed25519PrivateKey:
    try:
        return Ed25519PrivateKey.from_private_bytes(base64.b64decode(path.read_bytes()))
    except (OSError, ValueError) as error:
        raise BadKey(f"{path} holds no signing key; restore it from your copy") from error
