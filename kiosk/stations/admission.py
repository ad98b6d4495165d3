"""Which browser is a station's page: by where it is, by a token or a code, then by its own pass."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

import structlog

from kiosk.stations.codes import Codes, Mark
from kiosk.stations.credentials import Credential, Credentials, holds, issue
from kiosk.stations.openings import Openings

log = structlog.get_logger()

#: When a credential was last seen is written down this often at most.
SEEN_EVERY = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Knock:
    """What a request brings that may let it in. `is_here`: it surely comes from this machine."""

    is_here: bool = False
    #: The kiosk that a page on this machine says it is.
    kiosk: str = ""
    held: str = ""
    token: str = ""
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Admitted:
    """The kiosk whose page this is, and its credential: None on this machine, which needs none.

    `fresh`: the pass to keep, where the page was let in just now.
    """

    kiosk: str
    credential: str | None = None
    fresh: str | None = None


class Admission:
    """Safe from any thread."""

    def __init__(
        self,
        kiosks: Collection[str],
        credentials: Credentials,
        openings: Openings,
        codes: Codes,
        clock: Callable[[], datetime],
        on_change: Callable[[], None],
    ) -> None:
        """`kiosks`: all there are, the first one for pages on this machine that name none."""
        self._kiosks = tuple(kiosks)
        self._credentials = credentials
        self._openings = openings
        self.codes = codes
        self._clock = clock
        self._on_change = on_change
        self._gate = threading.Lock()
        #: Passes that were checked, by what stands in the cookie; only true ones are kept.
        self._known: dict[str, str] = {}
        self._seen: dict[str, datetime] = {}
        self._ends: dict[str, set[Callable[[], None]]] = {}

    def admit(self, knock: Knock) -> Admitted | None:
        """The station that a request belongs to; None for a stranger, of whom nothing is kept."""
        held = self._holder(knock.held)
        opened = self._openings.take(knock.token) if knock.token else None
        if opened in self._kiosks and (held is None or held.kiosk != opened):
            return self._let_in(str(opened), "opened", instead_of=held)
        if held is not None:
            return Admitted(held.kiosk, held.id)
        if knock.is_here:
            return Admitted(knock.kiosk if knock.kiosk in self._kiosks else self._kiosks[0])
        typed = self.codes.take(knock.mark) if knock.mark is not None else None
        return self._let_in(typed.kiosk, "code", by=typed.by) if typed is not None else None

    def is_held(self, credential: str | None) -> bool:
        """Whether a page that was let in may stay."""
        return credential is None or credential in self._credentials.all()

    def type(self, code: str, kiosk: str, by: str) -> str:
        """A colleague types a screen's code. Raises `codes.CodeError`."""
        letters = self.codes.type(code, kiosk, by)
        self._on_change()
        return letters

    def list(self) -> tuple[Credential, ...]:
        """Who was let in, the latest first, with when each was last seen."""
        found = self._credentials.all().values()
        shown = (replace(one, seen_at=self._seen.get(one.id, one.seen_at)) for one in found)
        return tuple(sorted(shown, key=lambda one: one.made_at, reverse=True))

    def revoke(self, credential: str) -> Credential | None:
        """End it, and every page, stream and socket that is open by it."""
        found = self._credentials.all().get(credential)
        self._credentials.drop(credential)
        with self._gate:
            self._known = {held: name for held, name in self._known.items() if name != credential}
            self._seen.pop(credential, None)
            ends = self._ends.pop(credential, set())
        for end in ends:
            with suppress(Exception):
                end()
        self._on_change()
        return found

    @contextmanager
    def while_held(self, credential: str | None, end: Callable[[], None]) -> Iterator[None]:
        """Call `end` if the credential is revoked meanwhile."""
        if credential is None:
            yield
            return
        with self._gate:
            self._ends.setdefault(credential, set()).add(end)
        try:
            if not self.is_held(credential):
                end()
            yield
        finally:
            with self._gate:
                self._ends.get(credential, set()).discard(end)

    def tick(self) -> None:
        """Write down who was seen. Raises `OSError` where the disk refuses."""
        listed, due = self._credentials.all(), {}
        for name, at in tuple(self._seen.items()):
            one = listed.get(name)
            if one is not None and (one.seen_at is None or at - one.seen_at >= SEEN_EVERY):
                due[name] = at
        # The list itself knows who is still on it: one that is revoked meanwhile stays so.
        self._credentials.seen(due)

    def _holder(self, held: str) -> Credential | None:
        if not held:
            return None
        listed = self._credentials.all()
        name = self._known.get(held)
        found = listed.get(name or held.partition(".")[0])
        if found is None or found.kiosk not in self._kiosks:
            return None
        if name is None:
            if not holds(found, held):
                return None
            with self._gate:
                self._known[held] = found.id
        self._seen[found.id] = self._clock()
        return found

    def _let_in(
        self,
        kiosk: str,
        how: Literal["opened", "code"],
        by: str = "",
        instead_of: Credential | None = None,
    ) -> Admitted:
        """A new credential. A browser keeps one, and the program opens one window for a kiosk."""
        before = [instead_of] if instead_of is not None else []
        if how == "opened":
            before += [one for one in self.list() if (one.how, one.kiosk) == (how, kiosk)]
        made, fresh = issue(kiosk, how, self._clock(), by)
        self._credentials.put(made)
        for one in before:
            self.revoke(one.id)
        log.info("station.admitted", kiosk=kiosk, how=how, credential=made.id, by=by)
        return Admitted(kiosk, made.id, fresh)
