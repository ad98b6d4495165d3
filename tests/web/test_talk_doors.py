"""Who may be in a conversation: over every address of one, by page, script, stream and socket."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from kiosk.queue.tickets.states import Role
from kiosk.serving.asgi import Taken
from kiosk.session.events import Ring
from kiosk.sign.call import ASKED
from kiosk.sign.presence import Colleague
from kiosk.sign.talk import Talk
from kiosk.web.handing import SCOPE, TAKER
from kiosk.web.wiring import Wiring
from tests.conftest import FakeClock
from tests.support.client import settle
from tests.support.colleagues import colleague
from tests.support.taking import taking
from tests.support.visits import Visit

ROLES: tuple[Role, ...] = ("lobby", "counter", "sign_officer", "manager", "admin")
UPGRADE = {"Connection": "Upgrade", "Upgrade": "websocket", "Origin": "http://localhost"}
#: The officer's own name differs from the roles': the others are called by theirs.
OFFICER = "su"


class Room:
    """A kiosk with a customer who wrote something, and one colleague of each role."""

    def __init__(self, app: Flask, parts: Wiring, visit: Visit) -> None:
        self.app, self.parts = app, parts
        self.clients: dict[str, FlaskClient] = {
            OFFICER: colleague(app, "sign_officer", OFFICER),
            **{role: colleague(app, role) for role in ROLES},
        }
        self.staff = {
            one.username: Colleague(one.id, one.name, one.role) for one in parts.queue.staff.list()
        }
        visit.start("sign").choose("urgent", "loss_report")
        session = parts.stations.first.session
        self.id = parts.signs.talks.of(session.name, session.visit_id, "K1").id
        parts.signs.talks.write(self.talk, "customer", "", "您好")

    @property
    def talk(self) -> Talk:
        found = self.parts.signs.talks.get(self.id)
        assert found is not None
        return found

    def connect(self) -> None:
        with self.parts.signs.presence.of(self.staff[OFFICER]):
            assert self.parts.signs.talks.ring(self.talk)
        self.clients[OFFICER].post(f"/staff/talks/{self.id}/answer")
        assert self.talk.call is not None
        assert self.talk.call.state == "connected"

    def ask_in(self, who: str, by: str = OFFICER) -> TestResponse:
        with self.parts.signs.presence.of(self.staff[who]):
            form = {"colleague": self.staff[who].id}
            return self.clients[by].post(f"/staff/talks/{self.id}/ask-in", data=form)

    def rules(self) -> Iterator[tuple[str, Rule]]:
        """Every method and address of a conversation, whatever they will be called."""
        for rule in self.app.url_map.iter_rules():
            if "<talk_id>" in rule.rule:
                for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                    yield method, rule

    def ask(self, who: str, method: str, rule: Rule, *, script: bool) -> tuple[TestResponse, Taken]:
        taken = taking()
        session = self.parts.stations.first.session
        answer = self.clients[who].open(
            rule.rule.replace("<talk_id>", self.id),
            method=method,
            data={
                "say": f"by {who}",
                "step": session.moment.prompt.step,
                "value": "card",
                "colleague": self.staff["lobby"].id,
            }
            if method == "POST"
            else None,
            headers=UPGRADE if rule.websocket else {"X-Requested-With": "script"} if script else {},
            environ_overrides={SCOPE: {TAKER: taken}},
        )
        return answer, taken


@pytest.fixture
def room(app: Flask, parts: Wiring, visit: Visit) -> Room:
    return Room(app, parts, visit)


def sight(taken: Taken) -> tuple[str, dict[str, str]]:
    """What a stream shows first: its event and its data."""
    assert taken.live is not None
    shown = taken.live.sight()
    assert shown is not None
    lines = dict(one.split(": ", 1) for one in shown.decode().strip().splitlines())
    found: dict[str, str] = json.loads(lines["data"])
    return lines["event"], found


def test_the_sweep_knows_the_addresses(room: Room) -> None:
    paths = {rule.rule.rsplit("/", 1)[1] for _, rule in room.rules()}
    assert {"answer", "live", "line", "propose", "say", "hang-up", "ask-in"} <= paths


@pytest.mark.parametrize("script", [False, True])
@pytest.mark.parametrize("who", ROLES)
def test_nobody_else_is_in_a_call(room: Room, who: Role, script: bool) -> None:
    # Given a call that an officer took
    room.connect()
    before = room.talk
    # When another colleague asks for everything there is of it
    for method, rule in room.rules():
        answer, taken = room.ask(who, method, rule, script=script)
        # Then they see nothing of it
        assert "您好" not in answer.text, rule.rule
        assert taken.talker is None, rule.rule
        if taken.live is not None:
            event, shown = sight(taken)
            assert event == "gone"
            assert set(shown) == {"why"}
        else:
            assert answer.status_code in (303, 403), (method, rule.rule)
            assert answer.status_code == 403 or answer.location == "/staff?missed=1"
    # And nothing was written, proposed, asked, ended or read
    assert room.talk == before


@pytest.mark.parametrize("who", [OFFICER, "lobby"])
def test_the_officer_and_whom_they_ask_in_are_in_it(room: Room, who: str) -> None:
    room.connect()
    if who != OFFICER:
        assert room.ask_in(who).status_code == 303
    ends = "/hang-up"
    for method, rule in sorted(room.rules(), key=lambda one: one[1].rule.endswith(ends)):
        answer, taken = room.ask(who, method, rule, script=False)
        if rule.rule.endswith("/ask-in"):
            # Nobody is here whom they could ask.
            assert answer.status_code == 409
        elif rule.websocket:
            assert taken.talker is not None
        elif taken.live is not None:
            assert "丢的是什么" in sight(taken)[1]["html"]
        else:
            assert answer.status_code in (200, 303)
            assert "missed" not in (answer.location or "")
    assert [line.text for line in room.talk.lines] == ["您好", f"by {who}"]
    assert room.talk.call is not None
    assert room.talk.call.state == "over"


def test_whoever_followed_before_follows_no_more_once_somebody_took_the_call(room: Room) -> None:
    # Given a colleague who reads what a customer wrote, by stream and by socket
    by_end = {rule.rule.rsplit("/", 1)[1]: rule for _, rule in room.rules()}
    _, followed = room.ask("counter", "GET", by_end["live"], script=False)
    _, opened = room.ask("counter", "GET", by_end["line"], script=False)
    assert sight(followed)[0] == "talk"
    far = Far()
    assert opened.talker is not None
    opened.talker.opened(far)
    assert not far.ended
    # When an officer takes the call
    room.connect()
    # Then the stream says so, and the socket is told and writes nothing more
    assert sight(followed) == ("gone", {"why": "took"})
    assert json.loads(far.heard[-1])["type"] == "elsewhere"
    opened.talker.received(json.dumps({"type": "line", "text": "still here"}))
    assert far.ended
    assert [line.text for line in room.talk.lines] == ["您好"]


def test_a_guest_has_a_seat_of_their_own(room: Room) -> None:
    # Given the officer's socket, and that of a colleague who was asked in
    line = next(rule for _, rule in room.rules() if rule.rule.endswith("/line"))
    room.connect()
    officer, guest, customer = Far(), Far(), Far()
    _, first = room.ask(OFFICER, "GET", line, script=False)
    assert first.talker is not None
    first.talker.opened(officer)
    room.ask_in("manager")
    _, second = room.ask("manager", "GET", line, script=False)
    assert second.talker is not None
    second.talker.opened(guest)
    leave = room.parts.signs.talks.attach(room.talk, "customer", customer.tell)
    # Then neither takes the other's place; both read the customer, and the pictures are the two's
    room.parts.signs.talks.receive(room.talk, "customer", "", {"type": "line", "text": "卡丢了"})
    room.parts.signs.talks.receive(room.talk, "customer", "", {"type": "signal", "data": 1})
    assert {"line", "signal"} <= set(officer.kinds)
    assert "line" in guest.kinds
    assert "signal" not in guest.kinds
    second.talker.received(json.dumps({"type": "signal", "data": {"a": 1}}))
    second.talker.received(json.dumps({"type": "line", "text": "我也在"}))
    assert "signal" not in customer.kinds
    assert room.talk.lines[-1].name == "manager"
    assert not officer.ended
    leave()


def test_asked_in_it_rings_and_the_customer_reads_who_came(
    room: Room, visit: Visit, clock: FakeClock
) -> None:
    room.connect()
    # Only who is here can be asked, and only by somebody in the call
    missing = {"colleague": room.staff["lobby"].id}
    asked = f"/staff/talks/{room.id}/ask-in"
    assert room.clients[OFFICER].post(asked, data=missing).status_code == 409
    assert room.ask_in("admin").status_code == 409, "who may not talk isn't asked"
    assert room.ask_in("lobby", by="counter").location == "/staff?missed=1"
    # When one is, it rings at theirs alone
    assert room.ask_in("lobby").status_code == 303
    assert "su 请您一起和 K1 的客户谈" in room.clients["lobby"].get("/staff").text
    assert "请您一起" not in room.clients["counter"].get("/staff").text
    # And stops after a while, though they may still come
    for seat in ("customer", "staff"):
        room.parts.signs.talks.attach(room.talk, seat, lambda message: None)
    clock.pass_(ASKED.total_seconds())
    room.parts.signs.talks.tick(lambda device: None)
    assert room.talk.call is not None
    assert room.talk.call.rings == frozenset()
    assert "请您一起" not in room.clients["lobby"].get("/staff").text
    assert room.clients["lobby"].post(f"/staff/talks/{room.id}/answer").location.endswith(room.id)
    assert room.talk.call.guests == ("lobby",)
    # And the customer reads who sees this too
    room.parts.stations.first.session.dispatch(Ring())
    settle(room.app)
    assert "lobby也看着，和您一起办。" in visit.open("/call").words
    trail = [row.what for row in room.parts.queue.audit.rows(limit=50)]
    assert {"call.asked_in", "call.joined"} <= set(trail)


def test_a_call_that_rings_is_not_ended_by_who_did_not_take_it(room: Room) -> None:
    with room.parts.signs.presence.of(room.staff[OFFICER]):
        room.parts.signs.talks.ring(room.talk)
    assert room.clients["lobby"].post(f"/staff/talks/{room.id}/hang-up").status_code == 409
    assert room.talk.call is not None
    assert room.talk.call.state == "ringing"


def test_a_first_password_follows_nothing(room: Room) -> None:
    # Given a colleague with open streams whose password is set by somebody else now
    live = [rule for _, rule in room.rules() if rule.rule.endswith("/live")]
    _, follows = room.ask("counter", "GET", live[0], script=False)
    taken = taking()
    room.clients["counter"].get("/staff/live?lists", environ_overrides={SCOPE: {TAKER: taken}})
    assert sight(follows)[0] == "talk"
    assert sight(taken)[0] == "changes"
    (account,) = (one for one in room.parts.queue.staff.list() if one.username == "counter")
    (admin,) = (one for one in room.parts.queue.staff.list() if one.username == "admin")
    room.parts.queue.staff.set_password(account.id, "another-branch-2026", by=admin.ref)
    # Then the streams show what the pages show: nothing
    assert sight(follows)[0] == "gone"
    assert sight(taken)[0] == "signed_out"


class Far:
    """The far end of a socket."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.ended = False

    @property
    def kinds(self) -> list[str]:
        return [json.loads(one)["type"] for one in self.heard]

    def tell(self, message: object) -> None:
        self.send(json.dumps(message))

    def send(self, text: str) -> None:
        self.heard.append(text)

    def finish(self) -> None:
        self.ended = True

    def end(self) -> None:
        self.ended = True
