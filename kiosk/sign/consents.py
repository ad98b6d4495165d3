"""Signers' permission to show their recordings, kept here and never exported with names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from kiosk.files import write_whole
from kiosk.sign.errors import ManifestError
from kiosk.sign.manifest import Consent, Scope
from kiosk.sign.store import refused


class _Book(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    consents: Mapping[str, Consent] = {}


class ConsentBook:
    """One file; a signer is a staff account's id."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def of(self, signer_id: str) -> Consent | None:
        """The signer's permission as it stands; None if never given or withdrawn."""
        found = self._read().get(signer_id)
        return found if found is not None and found.withdrawn is None else None

    def standing(self) -> dict[str, Consent]:
        """Everybody's permission that stands, by signer."""
        return {name: one for name, one in self._read().items() if one.withdrawn is None}

    def give(self, signer_id: str, scope: Scope, day: date) -> Consent:
        consent = Consent(scope=scope, date=day)
        self._write({**self._read(), signer_id: consent})
        return consent

    def withdraw(self, signer_id: str, day: date) -> None:
        book = dict(self._read())
        if signer_id in book:
            book[signer_id] = book[signer_id].model_copy(update={"withdrawn": day})
            self._write(book)

    def _read(self) -> Mapping[str, Consent]:
        try:
            return _Book.model_validate_json(self._path.read_bytes()).consents
        except FileNotFoundError:
            return {}
        except (OSError, ValidationError) as error:
            raise ManifestError(f"{self._path}: can't be read; restore it from a copy") from error

    def _write(self, book: Mapping[str, Consent]) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_whole(self._path, _Book(consents=book).model_dump_json(indent=1).encode())
        except OSError as error:
            raise refused(error, self._path) from error
