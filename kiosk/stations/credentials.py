"""What an admitted page or machine has: a key pair of its own, and the list of all public halves.

For a page the private half signs one statement, its pass, and is forgotten: nobody can make a
second one, and whoever reads the list can make none. The pass is kept in the browser's cookie, so
it proves that a request comes from the browser that was admitted, unless its cookies were copied.
"""

from __future__ import annotations

import base64
import binascii
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pydantic import TypeAdapter

from kiosk.files import read_or_set_aside, write_whole

#: What a pass says, so that the same key can't be made to sign anything else.
_SAYS = b"wuai station page "


@dataclass(frozen=True, slots=True)
class Credential:
    """One admission: for which kiosk, and the public half (base64) that knows its pass.

    `how`: opened by the program itself, or by a code that `by` (a colleague's id) typed.
    """

    id: str
    kiosk: str
    how: Literal["opened", "code"]
    public: str
    made_at: datetime
    by: str = ""
    seen_at: datetime | None = None


class Credentials(Protocol):
    """The list. Safe from any thread; reading never waits for the disk."""

    def all(self) -> Mapping[str, Credential]:
        """Every credential by its id, as the list is now."""
        ...

    def put(self, credential: Credential) -> None: ...

    def drop(self, credential_id: str) -> None: ...

    def seen(self, times: Mapping[str, datetime]) -> None:
        """Note when each was last seen, at once; who isn't listed any more stays out."""
        ...


class MemoryCredentials:
    """A list that ends with the process."""

    def __init__(self, known: Mapping[str, Credential] | None = None) -> None:
        self._known: Mapping[str, Credential] = known or {}
        self._gate = threading.Lock()

    def all(self) -> Mapping[str, Credential]:
        return self._known

    def put(self, credential: Credential) -> None:
        with self._gate:
            self._change({**self._known, credential.id: credential})

    def drop(self, credential_id: str) -> None:
        with self._gate:
            self._change({name: one for name, one in self._known.items() if name != credential_id})

    def seen(self, times: Mapping[str, datetime]) -> None:
        with self._gate:
            still = {name: at for name, at in times.items() if name in self._known}
            if still:
                noted = {name: replace(self._known[name], seen_at=at) for name, at in still.items()}
                self._change({**self._known, **noted})

    def _change(self, known: Mapping[str, Credential]) -> None:
        self._known = known


class FileCredentials(MemoryCredentials):
    """The list in one file, written whole. Raises `OSError` where it can't be written."""

    def __init__(self, path: Path) -> None:
        self._path = path
        super().__init__(_read(path))

    def _change(self, known: Mapping[str, Credential]) -> None:
        write_whole(self._path, _LIST.dump_json(tuple(known.values()), indent=1))
        # Only what is on the disk counts: an admission that a restart forgets is none.
        self._known = known


_LIST = TypeAdapter(tuple[Credential, ...])


def _read(path: Path) -> Mapping[str, Credential]:
    """Nobody is let in by a list that can't be read."""
    why = "no list of credentials; admit the screens again"
    found: tuple[Credential, ...] = read_or_set_aside(path, _LIST.validate_json, (), why)
    return {one.id: one for one in found}


def issue(
    kiosk: str, how: Literal["opened", "code"], now: datetime, by: str = ""
) -> tuple[Credential, str]:
    """A new credential, and the pass that its holder keeps."""
    key, name = Ed25519PrivateKey.generate(), secrets.token_hex(8)
    public = base64.b64encode(key.public_key().public_bytes_raw()).decode()
    signature = base64.urlsafe_b64encode(key.sign(_SAYS + name.encode())).decode()
    return Credential(name, kiosk, how, public, now, by), f"{name}.{signature}"


def holds(credential: Credential, held: str) -> bool:
    """Whether this pass was signed by the credential's key."""
    name, _, signature = held.partition(".")
    try:
        raw = base64.b64decode(signature, altchars=b"-_", validate=True)
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(credential.public))
        public.verify(raw, _SAYS + name.encode())
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return name == credential.id
