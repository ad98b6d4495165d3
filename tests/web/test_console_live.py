"""The console's live lists: only what differs travels, and what stands there is always right."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from kiosk.demo import SAMPLES, sample_request
from kiosk.queue import Done, StaffRef
from kiosk.queue.errors import QueueError
from kiosk.queue.people.accounts import Staff
from kiosk.queue.tickets.request import Request
from kiosk.web.staff.shown import boards
from kiosk.web.staff.shown.sights import Sight, changes
from kiosk.web.wiring import Wiring
from tests.support.board import LISTS, OpenConsole, Shown
from tests.support.examples import examples

PASSWORD = "quiet-lobby-2026"
Ids = dict[str, tuple[str, ...]]


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists that soon are longer than what is shown of them."""
    monkeypatch.setattr(boards, "SHOWN", 3)
    monkeypatch.setattr(boards, "STEP", 4)


@pytest.fixture
def consoles(app: Flask) -> Iterator[Callable[..., OpenConsole]]:
    app.config["WTF_CSRF_ENABLED"] = False
    opened: list[OpenConsole] = []

    def open_(name: str, query: str = "", **look: str) -> OpenConsole:
        client = app.test_client()
        client.post("/staff/sign-in", data={"username": name, "password": PASSWORD})
        if look:
            client.post("/staff/appearance", data=look)
        opened.append(OpenConsole(client, query))
        return opened[-1]

    yield open_
    for one in opened:
        one.close()


@pytest.fixture
def fang(parts: Wiring) -> Staff:
    return parts.queue.staff.add("fang", "王芳", "counter", PASSWORD, must_change=False)


@pytest.fixture
def li(parts: Wiring) -> Staff:
    return parts.queue.staff.add("li", "李强", "manager", PASSWORD, must_change=False)


def come(parts: Wiring, count: int = 1) -> list[str]:
    """So many customers hand over."""
    return [
        parts.queue.hand_over(
            Request.model_validate(sample_request(parts.settings, *SAMPLES[n % len(SAMPLES)]))
        ).id
        for n in range(count)
    ]


def last(parts: Wiring) -> int:
    return parts.queue.last_seq(parts.settings.branch)


def test_a_claim_changes_the_row_for_everybody(
    consoles: Callable[..., OpenConsole], parts: Wiring, fang: Staff, li: Staff
) -> None:
    (ticket,) = come(parts)
    mine, theirs = consoles("fang"), consoles("li")
    assert f"claim-{ticket}" in mine.shown.rows[ticket]
    parts.queue.claim(ticket, fang.ref)
    for one in (mine, theirs):
        one.catch_up(last(parts))
    # Each sees what is theirs to do.
    assert mine.shown.lists["mine"] == theirs.shown.lists["others"] == [ticket]
    assert f"call-{ticket}" in mine.shown.rows[ticket]
    assert f"call-{ticket}" not in theirs.shown.rows[ticket]
    assert f"claim-{ticket}" not in theirs.shown.rows[ticket]
    assert mine.sent[-1]["waiting"] == theirs.sent[-1]["waiting"] == 0


def test_each_reads_it_in_their_own_language(
    consoles: Callable[..., OpenConsole], parts: Wiring, fang: Staff, li: Staff
) -> None:
    chinese, english = consoles("fang"), consoles("li", language="en")
    (ticket,) = come(parts)
    for one, language in ((chinese, "zh-CN"), (english, "en")):
        one.catch_up(last(parts))
        said = parts.content.words(language).text
        assert said("staff.state.waiting") in one.shown.rows[ticket]
        assert one.sent[-1]["say"].startswith(said("staff.live.new", number="", about="")[:3])


def step(parts: Wiring, people: list[StaffRef], chance: random.Random) -> None:
    """Anything that somebody could do next; much of it isn't allowed."""
    queue, branch, who = parts.queue, parts.settings.branch, chance.choice(people)
    tickets = [row.id for row in queue.open_tickets(branch)]
    if not tickets or chance.random() < 0.3:
        come(parts, chance.randint(1, 2))
        return
    one, other = chance.choice(tickets), chance.choice(people)
    task = chance.choice(queue.ticket(one).tasks).id  # type: ignore[union-attr]
    doings: list[Callable[[], Any]] = [
        lambda: queue.claim_next(who, "1", branch=branch),
        lambda: queue.claim(one, who),
        lambda: queue.resume(one, who),
        lambda: queue.transfer(one, who, to_staff=other),
        lambda: queue.transfer(one, who, to_role="manager"),
        lambda: queue.left(one, who),
        lambda: queue.close_task(one, task, who, Done()),
        lambda: queue.start_task(one, task, who),
        *(
            lambda does=does: does(one, who)
            for does in (
                queue.call,
                queue.coming,
                queue.no_show,
                queue.hold,
                queue.return_,
                queue.undo,
            )
        ),
    ]
    with suppress(QueueError):
        chance.choice(doings)()


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_an_open_page_is_as_one_opened_now(
    consoles: Callable[..., OpenConsole], parts: Wiring, fang: Staff, li: Staff, seed: int
) -> None:
    chance, people = random.Random(seed), [fang.ref, li.ref]
    pages = [consoles("fang"), consoles("li", "?rest=7")]
    for _ in range(40):
        step(parts, people, chance)
        for page in pages:
            page.catch_up(last(parts))
            assert page.shown == page.anew()


@pytest.mark.usefixtures("few")
def test_only_what_differs_travels(
    consoles: Callable[..., OpenConsole], parts: Wiring, fang: Staff
) -> None:
    come(parts, 30)
    page = consoles("fang")
    assert (page.sent[0]["rows"], page.sent[0]["put"], page.sent[0]["fresh"]) == ({}, [], False)
    # One is taken: it moves, and whoever comes into sight at the end is new.
    taken = parts.queue.claim_next(fang.ref, branch=parts.settings.branch)
    assert taken is not None
    (changed,) = page.catch_up(last(parts))
    assert len(changed["rows"]) == 2
    assert taken.id in changed["rows"]
    assert changed["gone"] == []
    # Somebody comes who stands behind all that is shown: only the counts.
    come(parts)
    (changed,) = page.catch_up(last(parts))
    assert changed["rows"] == {}
    assert 'id="head-rest"' in changed["html"]
    assert 'id="head-first"' not in changed["html"]
    assert changed["waiting"] == 30


@pytest.mark.usefixtures("few")
def test_more_is_shown_when_asked_for(
    consoles: Callable[..., OpenConsole], parts: Wiring, fang: Staff
) -> None:
    come(parts, 12)
    page = consoles("fang")
    assert len(page.shown.lists["rest"]) == 3
    html = page.client.get("/staff").get_data(as_text=True)
    text = parts.content.words("zh-CN").text
    assert text("staff.console.shown", n=11, m=3) in html
    assert f'href="/staff?rest=7#row-{page.shown.lists["rest"][-1]}"' in html
    more = consoles("fang", "?rest=7")
    assert len(more.shown.lists["rest"]) == 7
    # A step taken there leads back to as much.
    (mine,) = more.shown.lists["first"]
    parts.queue.claim(mine, fang.ref)
    answer = more.client.post(f"/staff/tickets/{mine}/call?back=console", data={"rest": "7"})
    assert answer.location == "/staff?rest=7"
    all_ = consoles("fang", "?rest=11")
    assert len(all_.shown.lists["rest"]) == 10
    assert "more-rest" not in all_.client.get("/staff?rest=11").get_data(as_text=True)


@pytest.mark.parametrize("asked", ["-1", "0", "x", "99999999999999999999", "²", "1e3", ""])
def test_a_size_that_makes_no_sense_is_the_nearest_that_does(asked: str) -> None:
    assert boards.SHOWN <= boards.sizes({"rest": asked}).rest <= boards.MOST


@pytest.mark.usefixtures("few")
def test_who_was_away_gets_the_lists_anew(
    consoles: Callable[..., OpenConsole], parts: Wiring, fang: Staff
) -> None:
    come(parts, 5)
    page = consoles("fang")
    page.close()
    seen = page.seq
    parts.queue.claim_next(fang.ref, branch=parts.settings.branch)
    come(parts, 2)
    page.connect(seen)
    assert page.sent[-1]["fresh"]
    assert page.sent[-1]["news"] == 2
    assert page.shown == page.anew()
    # Where nothing happened meanwhile, nothing is sent again.
    page.close()
    page.connect(page.seq)
    assert (page.sent[-1]["fresh"], page.sent[-1]["rows"]) == (False, {})


def test_newcomers_are_said_once_and_counted(
    consoles: Callable[..., OpenConsole], parts: Wiring, fang: Staff, li: Staff
) -> None:
    page = consoles("fang")
    (ticket,) = come(parts)
    (changed,) = page.catch_up(last(parts))
    row = parts.queue.ticket(ticket)
    assert row is not None
    assert changed["news"] == 1
    assert row.number in changed["say"]
    # A colleague looks at it and takes it: nobody came.
    parts.queue.document(ticket, li.ref)
    parts.queue.claim(ticket, li.ref)
    assert {one["news"] for one in page.catch_up(last(parts))} == {0}
    # Given back it waits again.
    parts.queue.return_(ticket, li.ref)
    assert [one["news"] for one in page.catch_up(last(parts))] == [1]


def test_first_is_whom_this_colleague_would_get(
    consoles: Callable[..., OpenConsole], parts: Wiring, fang: Staff, li: Staff
) -> None:
    (ticket,) = come(parts)
    page, manager = consoles("fang"), consoles("li")
    parts.queue.claim(ticket, fang.ref)
    parts.queue.transfer(ticket, fang.ref, to_staff=fang.ref)
    for one in (page, manager):
        one.catch_up(last(parts))
    assert page.shown.lists["first"] == [ticket]
    assert page.shown.unseen["first"] is False
    # It waits for somebody else: nobody is next, and the list stands in its place.
    assert manager.shown.lists["rest"] == [ticket]
    assert manager.shown.unseen["first"] is True
    assert parts.queue.claim_next(li.ref, branch=parts.settings.branch) is None


LIST = st.sampled_from(LISTS)
PLACED = st.dictionaries(st.sampled_from("abcdefghij"), st.tuples(LIST, st.integers(0, 9)))


def placed(where: dict[str, tuple[str, int]]) -> Ids:
    """Lists of those who are in them, in the order of the number."""
    return {
        name: tuple(
            sorted((k for k, (n, _) in where.items() if n == name), key=lambda k: where[k][1])
        )
        for name in LISTS
    }


def seen(lists: Ids) -> Sight:
    return Sight({}, lists, {one: one for ids in lists.values() for one in ids})  # type: ignore[misc]


@examples(200)
@given(PLACED, PLACED)
def test_any_board_becomes_any_other(
    before: dict[str, tuple[str, int]], after: dict[str, tuple[str, int]]
) -> None:
    old, new = seen(placed(before)), seen(placed(after))
    found, page = changes(old, new), Shown()
    page.lists = {name: list(ids) for name, ids in old.lists.items()}
    page.rows = {one: one for one in old.rows}
    page.apply(
        {
            "fresh": False,
            "html": "",
            "gone": found.gone,
            "put": found.put,
            "rows": {one: one for one in found.rows},
        }
    )
    assert {name: tuple(ids) for name, ids in page.lists.items()} == new.lists
    assert page.rows.keys() == new.rows.keys()
    # Nobody who stays where they are is sent again.
    assert not set(found.rows) & old.rows.keys()
