"""The socket between an open page and a conversation, the same for both sides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass, field
from typing import Any

from flask import request

from kiosk.door import Unclean
from kiosk.sign.talk import Seat, Talk
from kiosk.sign.talks import Talks
from kiosk.web.door import header, message, outgoing
from kiosk.web.handing import Line

#: What passes, for those who read `/api/openapi.json`.
MESSAGES = """A socket of JSON objects, each with a `type`. To the server: `draft` and `line` (with
`text`), `signal` (with `data`, for the other side's browser). From it: `hello` (the `lines` so far,
the other side's `draft`, one's own as `mine`), `line`, `draft`, `signal`, `peer` (whether it is
`here`), `over`, `elsewhere` (another page took this one's place), `refused` (a message that wasn't
let in, with its `reason`)."""


def is_our_page() -> bool:
    """Another site's page may open a socket here with the cookie; it gets nothing."""
    return header("Origin") == request.host_url.rstrip("/")


@dataclass(slots=True, eq=False)
class TalkSocket:
    """Implements `kiosk.web.handing.Talker`: messages both ways until the page is gone, or may not
    stay. `on_beat` is called while it is there; `holding` lasts as long, and is given what ends
    the socket."""

    talks: Talks
    talk: Talk
    seat: Seat
    name: str
    on_beat: Callable[[], None] = lambda: None
    may_stay: Callable[[], bool] = lambda: True
    holding: Callable[[Callable[[], None]], AbstractContextManager[None]] = lambda _: nullcontext()
    _open: ExitStack = field(default_factory=ExitStack)
    _line: Line | None = None

    def opened(self, line: Line) -> None:
        self._line = line
        self._open.enter_context(self.holding(line.end))
        self._open.callback(self.talks.attach(self.talk, self.seat, self._tell))
        self.beat()

    def received(self, raw: str | bytes) -> None:
        self.beat()
        try:
            found = message(raw)
        except Unclean as error:
            self._tell({"type": "refused", "reason": error.reason})
            return
        if found is not None and self.may_stay():
            self.talks.receive(self.talk, self.seat, self.name, found)

    def beat(self) -> None:
        if self.may_stay():
            self.on_beat()
        elif self._line is not None:
            self._line.end()

    def closed(self) -> None:
        self._open.close()

    def _tell(self, found: Mapping[str, Any]) -> None:
        if self._line is None:
            return
        self._line.send(outgoing(found))
        if found["type"] == "elsewhere":
            self._line.finish()
