"""A console's board as an open page has it: read from a page, then kept up by what is sent."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import Any

from flask.testing import FlaskClient

LISTS = ("first", "rest", "mine", "held", "others")
#: What the page's script writes by itself.
CLOCKS = re.compile(r"(<time[^>]*>)[^<]*(</time>)")
ROW = re.compile(r'<li class="row .*?</li>(?=<li class="row |</ol>)', re.DOTALL)


class Shown:
    """Lists of rows by id, and each row's drawing without what its clocks say."""

    def __init__(self, html: str = "") -> None:
        self.lists: dict[str, list[str]] = {name: [] for name in LISTS}
        self.rows: dict[str, str] = {}
        self.unseen: dict[str, bool] = {}
        for name in LISTS if html else ():
            inside = html.partition(f'id="list-{name}">')[2].partition("</ol>")[0]
            for drawing in ROW.findall(f"{inside}</ol>"):
                ident = re.findall(r'id="row-([^"]+)"', drawing)[0]
                self.lists[name].append(ident)
                self.rows[ident] = CLOCKS.sub(r"\1\2", drawing)
        self._heads(html)

    def _heads(self, html: str) -> None:
        for name, unseen in re.findall(r'id="head-(\w+)" data-region( data-unseen)?>', html):
            self.unseen[name] = bool(unseen)

    def apply(self, changed: Mapping[str, Any]) -> None:
        """As `static/js/board.js` does it."""
        if changed["fresh"]:
            self.lists = {name: [] for name in LISTS}
            self.rows = {}
        self._heads(changed["html"])
        self.rows |= {one: CLOCKS.sub(r"\1\2", html) for one, html in changed["rows"].items()}
        for ident in changed["gone"]:
            self._take(ident)
            del self.rows[ident]
        for ident, name, after in changed["put"]:
            self._take(ident)
            here = self.lists[name]
            here.insert(here.index(after) + 1 if after else 0, ident)

    def _take(self, ident: str) -> None:
        for ids in self.lists.values():
            if ident in ids:
                ids.remove(ident)

    def __eq__(self, other: object) -> bool:
        assert isinstance(other, Shown)
        mine = {ident: self.rows[ident] for ids in self.lists.values() for ident in ids}
        return (self.lists, mine, self.unseen) == (other.lists, other.rows, other.unseen)

    def __repr__(self) -> str:
        return f"Shown({self.lists}, {self.unseen})"


class OpenConsole:
    """A page of the console that somebody left open."""

    def __init__(self, client: FlaskClient, query: str = "") -> None:
        self.client = client
        page = client.get(f"/staff{query}").get_data(as_text=True)
        self.shown = Shown(page)
        self.address = unescape(re.findall(r'data-live="([^"]+)"', page)[0])
        self.seq = int(re.findall(r"after=(\d+)", self.address)[0])
        #: What has been sent, and how long it was.
        self.sent: list[Mapping[str, Any]] = []
        self.sizes: list[int] = []
        self.connect()

    def connect(self, last: int | None = None) -> None:
        """Follow; one that comes back names the last number it saw."""
        headers = {} if last is None else {"Last-Event-ID": str(last)}
        self._answer = self.client.get(self.address, headers=headers)
        self._events = self._changes()
        self.take()

    def _changes(self) -> Iterator[str]:
        for event in self._answer.response:
            text = event if isinstance(event, str) else event.decode()
            if "event: changes" in text:
                yield text

    def take(self) -> Mapping[str, Any]:
        """The next that is sent."""
        text = next(self._events)
        changed: Mapping[str, Any] = json.loads(text.partition("data: ")[2])
        self.sent.append(changed)
        self.sizes.append(len(text.encode()))
        self.seq = int(re.findall(r"id: (\d+)", text)[0])
        self.shown.apply(changed)
        return changed

    def catch_up(self, seq: int) -> Sequence[Mapping[str, Any]]:
        """Take what is sent up to that event."""
        before = len(self.sent)
        while self.seq < seq:
            self.take()
        return self.sent[before:]

    def anew(self) -> Shown:
        """What the page shows when it is opened now."""
        address = "/staff?" + self.address.partition("?")[2]
        return Shown(self.client.get(address).get_data(as_text=True))

    def close(self) -> None:
        self._answer.close()
