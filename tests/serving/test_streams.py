"""Streams: each sight once, a heartbeat by the clock, and nothing left of a page that went."""

from __future__ import annotations

import time

import pytest

from kiosk.serving import streams
from tests.serving.conftest import PATIENCE, Here, is_over, read_until, until


def test_each_sight_is_sent_once(here: Here) -> None:
    page = here.ask("/display/stream")
    read_until(page, b"data: 0\n\n")
    here.app.see(1)
    assert read_until(page, b"data: 1\n\n").count(b"event: sight") == 1
    # When something changed that this page doesn't see
    looks = here.app.looks
    here.app.signal.change()
    until(lambda: here.app.looks > looks)
    here.app.see(2)
    # Then nothing was sent for it
    assert read_until(page, b"data: 2\n\n").count(b"event: sight") == 1
    page.close()


def test_streams_that_see_the_same_share_a_look(here: Here) -> None:
    pages = [here.ask("/display/stream?shared") for _ in range(3)]
    for page in pages:
        read_until(page, b"data: 0\n\n")
    before = here.app.looks
    here.app.see(1)
    for page in pages:
        read_until(page, b"data: 1\n\n")
        page.close()
    assert here.app.looks == before + 1


def test_a_page_that_went_leaves_nothing(here: Here) -> None:
    page = here.ask("/display/stream?someone")
    read_until(page, b"data: 0\n\n")
    assert here.served.traffic().streams == 1
    page.close()
    until(lambda: here.app.closed == ["someone"])
    assert here.served.traffic().streams == 0


def test_one_that_may_not_stay_is_told_at_once(here: Here) -> None:
    page = here.ask("/display/stream?someone")
    read_until(page, b"data: 0\n\n")
    here.app.stays = False
    here.app.signal.change()
    read_until(page, b"event: gone")
    until(lambda: here.app.closed == ["someone"])
    page.close()


def test_one_asker_has_a_limit_and_others_have_room(here: Here) -> None:
    pages = [here.ask("/display/stream?one") for _ in range(3)]
    for page in pages:
        read_until(page, b"data: 0\n\n")
    refused = here.ask("/display/stream?one")
    assert read_until(refused, b"at once").startswith(b"HTTP/1.1 503")
    assert is_over(refused)
    other = here.ask("/display/stream?two")
    read_until(other, b"data: 0\n\n")
    # One page less, and there is room again
    pages.pop().close()
    until(lambda: "one" in here.app.closed[1:])
    again = here.ask("/display/stream?one")
    read_until(again, b"data: 0\n\n")
    for page in (*pages, refused, other, again):
        page.close()


def test_the_heart_beats_by_the_clock_on_a_day_full_of_changes(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "HEARTBEAT_SECONDS", 0.2)
    page = here.ask("/display/stream")
    read_until(page, b"data: 0\n\n")
    found, sight, end = b"", 0, time.monotonic() + PATIENCE
    while b": still here" not in found:
        assert time.monotonic() < end, "no heart beats"
        sight += 1
        here.app.see(sight)
        found += page.recv(65536)
    page.close()


def test_a_page_that_reads_nothing_is_given_up(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "SENDING", 0.2)
    here.app.padding = "x" * 3_000_000
    page = here.ask("/display/stream?stuck")
    end = time.monotonic() + 20
    while not here.app.closed:
        here.app.see(here.app.sight + 1)
        time.sleep(0.02)
        assert time.monotonic() < end
    assert is_over(page)
    page.close()


def test_the_server_s_stop_ends_them(here: Here) -> None:
    page = here.ask("/display/stream?someone")
    read_until(page, b"data: 0\n\n")
    here.served.stop()
    assert is_over(page)
    until(lambda: here.app.closed == ["someone"])
    page.close()
