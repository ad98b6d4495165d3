"""An open staff page that follows: what it has seen, and what is sent to it when that changes."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import render_template

from kiosk.content.words import Locale
from kiosk.queue.tickets.boards import Sizes
from kiosk.web.live import Message
from kiosk.web.staff.duty import names
from kiosk.web.staff.room import Member, follower, frame, local, look, words, zone
from kiosk.web.staff.rows import rows
from kiosk.web.staff.shown.boards import Board, board
from kiosk.web.staff.shown.screens import Screens, screens
from kiosk.web.staff.shown.sights import Changes, Sight, changes, newcomers, sight
from kiosk.web.staff.shown.sign_calls import CallRow, call_row, days
from kiosk.web.staff.shown.watch import Watched, talk_models, watch
from kiosk.web.wiring import wiring


@dataclass(frozen=True, slots=True)
class Page:
    """What a page shows besides alarms and conversations.

    `sizes` of the console's lists, None where it has none; a ticket; the screens, and what became
    of the code `typed` to be a kiosk; who is on `duty`.
    """

    sizes: Sizes | None
    ticket_id: str | None
    screens: bool
    typed: tuple[str, str]
    duty: bool


@dataclass(slots=True)
class Following:
    """`seen` is the newest event in what the page shows, None where nobody knows what it shows."""

    token: str | None
    page: Page
    seen: int | None
    _sight: Sight | None = field(default=None, init=False)
    _around: Any = field(default=None, init=False)

    def look(self) -> Message | None:
        """What has changed since the last look, None for nothing."""
        who = follower(self.token)
        if who is None:
            return None, "signed_out", {}
        spoken, branch = words(), wiring().settings.branch
        shown = None
        if self.page.screens and who.may("manage_devices"):
            shown = screens(*self.page.typed, spoken, local)
        silent = wiring().displays.silent > 0, wiring().outgoing.in_the_way
        seen = wiring().queue.alarms
        alarms = tuple(one.id for one in (*seen.shown(branch), *seen.answered(branch)))
        talks = talk_models(spoken, who.ref)
        duty = names(wiring().on_duty)
        around = wiring().queue.last_seq(branch), talks, shown, silent, duty, alarms
        if around == self._around:
            return None
        found = None
        if self.page.sizes is not None:
            found = board_of(who, spoken, self.page.sizes, self.seen)
        return self._step(who, spoken, found, shown, around)

    def _step(
        self,
        who: Member,
        spoken: Locale,
        found: Board | None,
        shown: Screens | None,
        around: tuple[Any, ...],
    ) -> Message:
        watched = watch(spoken, who.ref, found.waiting if found else None)
        regions: dict[str, Hashable] = {
            "talks": watched["talks"],
            "alarms": (watched["alarms"], watched["done"]),
        }
        if found is not None:
            regions["silent"] = wiring().displays.silent > 0
            regions["devices"] = wiring().outgoing.in_the_way
            regions["sign_calls"] = booked_calls(spoken)
        if found is not None or self.page.duty:
            regions["on_duty"] = names(wiring().on_duty)
        if shown is not None:
            regions |= {"told": shown.told, "screens": shown.stations}
        new, seq = sight(regions, found), found.seq if found else around[0]
        # The page came with its lists as they were at `seen`; the rest it is sent once.
        known = seq == self.seen and self._sight is None
        old = self._sight or (Sight({}, new.lists, new.rows) if known else Sight())
        data = {
            **_drawn(changes(old, new), new, watched, shown, who),
            "fresh": found is not None and self._sight is None and not known,
            **_news(newcomers(old, new, found.came if found else ()), new),
            "calls": watched["calls"],
            "waiting": watched["waiting"],
            "version": _version(self.page.ticket_id),
            "ends": who.sign_in.ends_at.isoformat(timespec="seconds"),
        }
        self._sight, self._around, self.seen = new, around, seq
        return str(seq), "changes", data


def _news(fresh: Sequence[str], new: Sight) -> Mapping[str, object]:
    """How many have come, and what is said where it is one whom the page shows."""
    one = new.rows.get(fresh[0]) if len(fresh) == 1 else None
    return {"news": len(fresh), "say": "" if one is None else one.say}


def board_of(who: Member, spoken: Locale, wanted: Sizes, since: int | None = None) -> Board:
    """The console's board for this colleague, now."""
    parts = wiring()
    found = parts.queue.board(parts.settings.branch, who.ref, wanted, since)
    return board(
        found, wanted, who.ref, spoken, lambda row: rows().model(row, who.ref, spoken.language)
    )


def booked_calls(spoken: Locale) -> tuple[CallRow, ...]:
    """The booked calls in sign of today and tomorrow."""
    parts = wiring()
    since, until = days(parts.clock(), zone())
    found = parts.queue.sign_calls.between(parts.settings.branch, since, until)
    return tuple(call_row(one, spoken, zone()) for one in found)


def _drawn(
    changed: Changes, new: Sight, watched: Watched, shown: Screens | None, who: Member
) -> Mapping[str, object]:
    own = look()
    html = [
        rows().head(new.regions[name], own.language, own.keys)
        if name.startswith("head-")
        else render_template(
            f"staff/_{name}.html",
            **{**frame(), "member": who, "ticking": True, "screens": shown, **watched},
            silent=new.regions.get("silent"),
            devices=new.regions.get("devices"),
            on_duty=new.regions.get("on_duty"),
            sign_calls=new.regions.get("sign_calls"),
        )
        for name in changed.regions
    ]
    return {
        "html": "".join(html),
        "gone": changed.gone,
        "put": changed.put,
        "rows": {one: rows().drawn(new.rows[one], own.language) for one in changed.rows},
    }


def _version(ticket_id: str | None) -> str:
    ticket = wiring().queue.ticket(ticket_id) if ticket_id else None
    return str(ticket.version) if ticket else ""
