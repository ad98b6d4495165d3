"""Texts: signed, kept until the gateway has them, each once and in order."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.outgoing import webhook
from kiosk.outgoing.messengers import MemoryMessenger, Message, NotSent
from kiosk.outgoing.texts import CALL_GIVEN_UP, GIVEN_UP, Texts
from kiosk.outgoing.webhook import Webhook, WebhookMessenger
from kiosk.queue.storage.crypto import FernetSealer
from kiosk.session.ports import MemoryStore, NotSaved
from kiosk.session.store import FileStore
from tests.support.gateway import SECRET, Gateway, gateway

PHONE = "13800138000"


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def here() -> Iterator[Gateway]:
    with gateway() as found:
        yield found


def over(found: Gateway, clock: Clock) -> WebhookMessenger:
    return WebhookMessenger(Webhook(found.url, SECRET.encode(), clock))


def texts(messenger: object, clock: Clock, store: object = None) -> Texts:
    count = itertools.count(1)
    return Texts(
        store or MemoryStore(),  # type: ignore[arg-type]
        messenger,  # type: ignore[arg-type]
        clock,
        lambda: f"text-{next(count)}",
        lambda: None,
        inline=True,
    )


def put(one: Texts, ticket: str = "t1", name: str = "phone:1", to: str = PHONE) -> None:
    one.put(ticket, name, to, "您的号是 A023。", "zh-CN")


def test_one_signed_request_comes_to_the_gateway(here: Gateway, clock: Clock) -> None:
    one = texts(over(here, clock), clock)
    put(one)
    (got,) = here.got
    assert (got["to"], got["text"], got["status"]) == (PHONE, "您的号是 A023。", 202)
    assert got["key"] == got["id"] == "text-1"
    assert got["at"] == str(int(clock.now.timestamp()))
    assert one.standing("t1") == (("phone:1", "done"),)


def test_another_secret_is_refused(here: Gateway, clock: Clock) -> None:
    one = texts(WebhookMessenger(Webhook(here.url, b"another secret of ours", clock)), clock)
    put(one)
    assert [got["status"] for got in here.got] == [401]
    assert one.standing("t1") == (("phone:1", "refused"),)


def test_the_same_is_sent_once(clock: Clock) -> None:
    messenger = MemoryMessenger()
    one = texts(messenger, clock)
    put(one)
    put(one)
    assert len(messenger.sent) == 1


def test_a_gateway_away_for_an_hour_gets_each_once_and_in_order(clock: Clock) -> None:
    messenger, store = MemoryMessenger("away"), MemoryStore()
    one = texts(messenger, clock, store)
    for number in range(1, 4):
        put(one, f"t{number}")
    for _ in range(360):
        clock.pass_(10)
        one.turn()
    assert messenger.sent == []
    assert len(store.kept) == 3
    assert one.oldest() == timedelta(hours=1)
    messenger.refuses = None
    for _ in range(60):
        clock.pass_(10)
        one.turn()
    assert [sent.id for sent in messenger.sent] == ["text-1", "text-2", "text-3"]
    assert store.kept == {}
    assert one.oldest() is None


def test_a_gateway_away_is_asked_seldom(clock: Clock) -> None:
    class Counting:
        tries = 0

        def send(self, message: Message) -> None:
            self.tries += 1
            raise NotSent("away")

    messenger = Counting()
    one = texts(messenger, clock)
    put(one, "t1")
    put(one, "t2")
    for _ in range(3600):
        clock.pass_(1)
        one.turn()
    assert 10 < messenger.tries < 25


def test_one_that_it_cannot_take_now_holds_up_no_other(here: Gateway, clock: Clock) -> None:
    here.answers = [503, 202]
    one = texts(over(here, clock), clock)
    put(one, "t1")
    put(one, "t2")
    assert one.standing("t1") == (("phone:1", "going"),)
    assert one.standing("t2") == (("phone:1", "done"),)
    clock.pass_(6)
    one.turn()
    assert [got["id"] for got in here.taken] == ["text-2", "text-1"]


@pytest.mark.parametrize("status", [400, 403, 404, 422, 301])
def test_one_that_it_never_takes_is_over_and_forgotten(
    here: Gateway, clock: Clock, status: int
) -> None:
    here.answers, store = [status], MemoryStore()
    one = texts(over(here, clock), clock, store)
    put(one)
    assert one.standing("t1") == (("phone:1", "refused"),)
    assert store.kept == {}


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503])
def test_one_for_later_is_sent_later_under_the_same_id(
    here: Gateway, clock: Clock, status: int
) -> None:
    here.answers = [status, 200]
    one = texts(over(here, clock), clock)
    put(one)
    assert one.standing("t1") == (("phone:1", "going"),)
    clock.pass_(6)
    one.turn()
    assert one.standing("t1") == (("phone:1", "done"),)
    assert {got["key"] for got in here.got} == {"text-1"}


def test_one_that_answers_too_slowly_is_tried_again(
    here: Gateway, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "SILENT", 0.2)
    here.slow = 1.0
    one = texts(over(here, clock), clock)
    put(one)
    assert one.standing("t1") == (("phone:1", "going"),)
    here.slow = 0.0
    monkeypatch.setattr(webhook, "SILENT", 5.0)
    clock.pass_(6)
    one.turn()
    assert one.standing("t1") == (("phone:1", "done"),)
    assert len(here.taken) == 1


def test_one_that_drips_its_answer_is_cut_off(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket
    import threading

    monkeypatch.setattr(webhook, "WHOLE", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as server:
        over_now = threading.Event()

        def drip() -> None:
            line, _ = server.accept()
            with line:
                line.sendall(b"HTTP/1.1 2")
                while not over_now.wait(0.05):
                    try:
                        line.sendall(b"x")
                    except OSError:
                        return

        threading.Thread(target=drip, daemon=True).start()
        port = server.getsockname()[1]
        messenger = WebhookMessenger(Webhook(f"http://127.0.0.1:{port}/", b"s" * 16, clock))
        with pytest.raises(NotSent) as refused:
            messenger.send(Message("text-1", PHONE, "A023"))
        over_now.set()
    assert refused.value.reason == "away"


def test_a_number_that_is_too_old_is_given_up(clock: Clock) -> None:
    store = MemoryStore()
    one = texts(MemoryMessenger("away"), clock, store)
    put(one)
    clock.pass_(GIVEN_UP.total_seconds() + 1)
    one.turn()
    assert one.standing("t1") == (("phone:1", "failed"),)
    assert store.kept == {}


def test_a_call_is_given_up_before_a_number(clock: Clock) -> None:
    """Nobody is called by a text of an hour ago."""
    messenger = MemoryMessenger("away")
    one = texts(messenger, clock)
    put(one)
    one.call("t1", "call:7", PHONE, "A023", "zh-CN")
    clock.pass_(CALL_GIVEN_UP.total_seconds() + 1)
    one.turn()
    assert dict(one.standing("t1")) == {"phone:1": "going", "call:7": "failed"}


def test_a_clock_that_is_set_back_makes_nothing_wait_for_a_day(clock: Clock) -> None:
    messenger = MemoryMessenger("away")
    one = texts(messenger, clock)
    put(one)
    clock.pass_(-86_400)
    messenger.refuses = None
    one.turn()
    assert one.standing("t1") == (("phone:1", "done"),)


def test_a_restart_sends_what_waited(clock: Clock, tmp_path: Path) -> None:
    sealer = FernetSealer.ephemeral()

    def store() -> FileStore:
        return FileStore(tmp_path / "texts", sealer, durable=True)

    put(texts(MemoryMessenger("away"), clock, store()))
    (kept,) = (tmp_path / "texts").glob("*.sealed")
    assert PHONE.encode() not in kept.read_bytes()
    messenger = MemoryMessenger()
    after = texts(messenger, clock, store())
    assert after.standing("t1") == (("phone:1", "going"),)
    after.turn()
    assert [sent.to for sent in messenger.sent] == [PHONE]
    assert list((tmp_path / "texts").glob("*.sealed")) == []


def test_what_cannot_be_read_is_set_aside(clock: Clock) -> None:
    store = MemoryStore({"text-9": b"{}"})
    texts(MemoryMessenger(), clock, store)
    assert store.kept == {}
    assert "text-9" in store.aside


def test_a_full_disk_sends_nothing_and_says_so(clock: Clock) -> None:
    class Full(MemoryStore):
        def put(self, name: str, raw: bytes) -> None:
            raise NotSaved("full")

    messenger = MemoryMessenger()
    one = texts(messenger, clock, Full())
    put(one)
    assert one.standing("t1") == (("phone:1", "failed"),)
    assert messenger.sent == []


def test_nothing_that_is_printed_of_a_message_names_a_telephone() -> None:
    assert PHONE not in repr(Message("text-1", PHONE, f"A023 {PHONE}"))
