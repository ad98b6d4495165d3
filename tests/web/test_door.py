"""Whatever anybody sends to any address: never a fault, and every page still opens."""

from __future__ import annotations

import ast
import io
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from kiosk.app import create_app
from kiosk.demo import SAMPLES, fill, sample_request
from kiosk.flow.events import Draft
from kiosk.queue.tickets.request import Request
from kiosk.session.session import Session
from kiosk.settings import Settings
from kiosk.sign.presence import Colleague
from kiosk.web.handing import SCOPE, TAKER, Talker
from kiosk.web.openapi import operation_of
from kiosk.web.staff.signed import sign_ins
from kiosk.web.staff.steps import OUTCOMES, RUNNABLE
from kiosk.web.wiring import EXTENSION, Wiring
from tests.support.evil import BODIES, DAYS, EVIL, REFUSED
from tests.support.pages import check_page
from tests.support.taking import taking
from tests.support.visits import Visit, report_loss

WEB = Path(__file__).parent.parent.parent / "kiosk" / "web"
#: As scripts may write it: half characters come in escapes.
JSON = "application/json"
PASSWORD = "quiet-lobby-2026"
UPGRADE = {"Connection": "Upgrade", "Upgrade": "websocket", "Origin": "http://localhost"}
#: Fields that decide what the others mean: tried with what they know, too, where that is read.
CHOICES: dict[str, dict[str, tuple[str, ...]]] = {
    "close": {"outcome": tuple(OUTCOMES)},
    "transfer": {"to": ("lane:", "role:", "staff:")},
    "accounts": {"role": ("lobby",)},
    "consent": {"scope": ("branch",)},
}
#: Which colleague may do most at an address.
WHO = (("/staff/accounts", "root"), ("/studio", "sign"), ("/staff", "boss"), ("/display", "boss"))


def fields() -> tuple[str, ...]:
    """Every field that a view reads by name."""
    found: set[str] = set()
    for path in WEB.rglob("*.py"):
        source = path.read_text("utf-8")
        found |= set(re.findall(r'(?:form|args|values|given)\.get\("([^"]+)"', source))
        found |= set(re.findall(r'\.words\("([^"]+)"\)', source))
    assert {"entry", "note", "say", "username", "theme"} <= found
    return (*sorted(found), "key-dot1", "unknown")


FIELDS = fields()


class Caller:
    """Sends one text to one address in every way there is."""

    def __init__(self, app: Flask, client: FlaskClient, known: dict[str, tuple[str, ...]]) -> None:
        self.app = app
        self.client = client
        self.known = known

    def paths(self, rule: Rule, text: str) -> Iterator[str]:
        """The address with real things in its path, and with the text in the place of each."""
        real = {name: self.known.get(name, ("x",)) for name in rule.arguments}
        for name, values in real.items():
            for value in values if len(values) < 30 else values[:1]:
                plain = {other: ones[0] for other, ones in real.items()}
                if path := self._built(rule, {**plain, name: value}):
                    yield path
        spoilt = dict.fromkeys(rule.arguments, text if "int:" not in rule.rule else 7)
        if path := self._built(rule, spoilt):
            yield path

    def _built(self, rule: Rule, values: dict[str, Any]) -> str | None:
        try:
            built = rule.build(values)
        except (ValueError, UnicodeError):
            return None
        return built[1] if built is not None else None

    def send(self, rule: Rule, text: str) -> Iterator[TestResponse]:
        for path in (rule.rule,) if not rule.arguments else self.paths(rule, text):
            yield self.client.get(path, query_string={name: text for name in FIELDS if _sane(text)})
            if "POST" in (rule.methods or ()):
                yield from self._post(path, rule, text)

    def _post(self, path: str, rule: Rule, text: str) -> Iterator[TestResponse]:
        form = dict.fromkeys(FIELDS, text)
        if _sane(text):
            yield self.client.post(path, data=form)
            for name, values in CHOICES.get(path.rsplit("/", 1)[1], {}).items():
                for value in values:
                    yield self.client.post(path, data={**form, name: value, "task": "t1"})
            if path.endswith("/footage"):
                file = {"file": (io.BytesIO(b"x"), text or "x"), **form}
                yield self.client.post(path, data=file, content_type="multipart/form-data")
        found = operation_of(self.app, rule)
        if found is not None and found.body is not None:
            for body in bodies(found.body.model_json_schema(), text):
                yield self.client.post(path, data=json.dumps(body), content_type=JSON)


def _sane(text: str) -> bool:
    """Whether a form can carry it: half characters only come as JSON."""
    try:
        return bool(text.encode()) or True
    except UnicodeEncodeError:
        return False


def bodies(schema: dict[str, Any], text: str) -> Iterator[Any]:
    """Bodies of about the right shape, the text at every place, and some of no shape at all."""
    names = tuple(schema["properties"])
    yield dict.fromkeys(names, text)
    yield {text: text}
    yield [[{"code": text, "down": True, "at": 1}]]
    yield text
    for name in names:
        yield {**dict.fromkeys(names, "1"), name: text}
    if "keys" in names:
        for at in (0, -1, 1e300, True, text):
            yield {"fresh": True, "keys": [{"code": text, "down": True, "at": at}]}
    if "line" in names:
        yield {"id": text, "line": 10**15}
    yield {name: {text: [text] * 3} for name in names}


def machines_and_pages(app: Flask) -> list[Rule]:
    # Signing out is asked for at the end: it shuts the door to the others.
    last = ("staff_sign_in.leave",)
    rules = [one for one in app.url_map.iter_rules() if not one.websocket]
    return sorted(rules, key=lambda one: (one.endpoint in last, one.rule))


@pytest.fixture(scope="module")
def open_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One kiosk for all texts: what one of them leaves behind, the next ones meet."""
    made = create_app(Settings(data=tmp_path_factory.mktemp("data"), sound="page"))
    made.config["WTF_CSRF_ENABLED"] = False
    parts: Wiring = made.extensions[EXTENSION]
    fill(parts.queue, parts.settings)
    for name, role in (("boss", "manager"), ("root", "admin"), ("sign", "sign_officer")):
        parts.queue.staff.add(name, name, role, PASSWORD, must_change=False)  # type: ignore[arg-type]
    yield made
    parts.close()


@pytest.fixture(scope="module")
def parts(open_app: Flask) -> Wiring:
    found: Wiring = open_app.extensions[EXTENSION]
    return found


@pytest.fixture
def visit(open_app: Flask) -> Visit:
    return Visit(open_app.test_client())


@pytest.fixture
def manager(open_app: Flask, parts: Wiring) -> FlaskClient:
    return signed_in(open_app, "boss")


def signed_in(app: Flask, name: str) -> FlaskClient:
    """A colleague, past the limit on trying passwords."""
    client, parts = app.test_client(), app.extensions[EXTENSION]
    (account,) = (one for one in parts.queue.staff.list() if one.username == name)
    with app.app_context():
        token = sign_ins().start(account.id, None, parts.clock())
    client.get("/staff/sign-in")
    with client.session_transaction("/staff") as cookie:
        cookie["token"] = token
    return client


def known(parts: Wiring) -> dict[str, tuple[str, ...]]:
    tickets = [row.id for row in parts.queue.open_tickets(parts.settings.branch)]
    services = parts.content.catalog.services
    return {
        "ticket_id": tuple(tickets[:1]),
        "step": (*RUNNABLE, next(iter(services["loss_report"].steps)).id),
        "service": ("loss_report",),
        "group": ("urgent",),
        "talk_id": tuple(talk.id for talk in parts.signs.talks.open()) or ("x",),
        "prompt_id": ("screen.menu",),
        "filename": ("icon.svg",),
        "name": ("kiosk-21", "mp4"),
    }


def session_of(visit: Visit, parts: Wiring) -> Session:
    return parts.stations.first.session


def every_page_opens(app: Flask, staff: FlaskClient, visit: Visit, parts: Wiring) -> None:
    visit.open(visit.path)
    assert visit.status == 200
    check_page(app.test_client().get("/"))
    rows = parts.queue.open_tickets(parts.settings.branch)
    tickets = [f"/staff/tickets/{row.id}" for row in rows]
    talks = [f"/staff/talks/{talk.id}" for talk in parts.signs.talks.open()]
    pages = ("", "/reports", "/accounts", "/keypads", "/appearance", "/password")
    for path in (*(f"/staff{page}" for page in pages), *tickets, *talks, "/display"):
        answer = staff.get(path)
        # What may not be seen by this colleague says so; nothing breaks.
        assert answer.status_code in (200, 303, 403), path
        assert "<h1" in answer.text or answer.status_code == 303, path
    for path in ("/live", "/display/live", "/staff/live?lists"):
        assert_streams(staff if path.startswith("/staff") else visit.client, path)


def assert_streams(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    lines = iter(answer.response)
    assert next(lines)
    assert "data:" in str(next(lines))
    done_with(answer)


#: Tried at every address by day, and the others by night.
QUICK = (("half", "placeholder"), ("first day",))
BY_NIGHT = [name for name in EVIL if not any(name in names for names in QUICK)]
GROUPS = [
    *(pytest.param(names, id=names[0]) for names in QUICK),
    *(pytest.param((name,), id=name, marks=pytest.mark.nightly) for name in BY_NIGHT),
]


def done_with(answer: TestResponse) -> None:
    """Close what the client opened for the question as well: a large form is a file."""
    answer.close()
    answer.request.environ["wsgi.input"].close()


@pytest.mark.long
@pytest.mark.parametrize("names", GROUPS)
def test_a_customer_s_text_breaks_nothing(
    open_app: Flask, manager: FlaskClient, visit: Visit, parts: Wiring, names: tuple[str, ...]
) -> None:
    report_loss(visit).choose("change")
    caller = Caller(open_app, visit.client, known(parts))
    for rule in machines_and_pages(open_app):
        if rule.rule.startswith(("/staff", "/studio")):
            continue
        for name in names:
            for answer in caller.send(rule, EVIL[name]):
                assert answer.status_code < 500, (rule.rule, answer.request.method, name)
                done_with(answer)
    every_page_opens(open_app, manager, visit, parts)


@pytest.mark.long
@pytest.mark.parametrize("names", GROUPS)
def test_a_colleague_s_text_breaks_nothing(
    open_app: Flask, manager: FlaskClient, visit: Visit, parts: Wiring, names: tuple[str, ...]
) -> None:
    report_loss(visit)
    session, talks = session_of(visit, parts), parts.signs.talks
    talks.write(talks.of(session.name, session.visit_id, "K1"), "customer", "", "您好")
    callers = {who: Caller(open_app, signed_in(open_app, who), known(parts)) for _, who in WHO}
    for rule in machines_and_pages(open_app):
        who = next((one for prefix, one in WHO if rule.rule.startswith(prefix)), None)
        for name in names if who is not None else ():
            for answer in callers[str(who)].send(rule, EVIL[name]):
                assert answer.status_code < 500, (who, rule.rule, answer.request.method, name)
                done_with(answer)
    every_page_opens(open_app, manager, visit, parts)


class Far:
    """The far end of a socket: what the server says to it."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def send(self, text: str) -> None:
        text.encode()
        self.heard.append(text)

    def finish(self) -> None:
        pass

    def end(self) -> None:
        pass


def said_to(talker: Talker, sends: tuple[str | bytes, ...]) -> list[str]:
    """What a socket answers when this comes through it."""
    far = Far()
    talker.opened(far)
    for one in sends:
        talker.received(one)
    talker.beat()
    talker.closed()
    return far.heard


def letters(text: str) -> tuple[str | bytes, ...]:
    """What may come through a socket: the text everywhere, half as JSON escapes, and no JSON."""
    return (
        json.dumps({"type": "line", "text": text}),
        json.dumps({"type": "draft", "text": text}),
        json.dumps({"type": "signal", "data": {text: [text, 1]}}),
        json.dumps({"type": text, "text": {text: text}}),
        json.dumps([text]),
        json.dumps(text),
        '{"type": "line", "text": ' + "9" * 400 + "}",
        "[" * 50_000,
        "x" * 200_000,
        text if _sane(text) else "",
        b"\xff" * 31,
    )


def test_what_comes_through_a_socket_breaks_nothing(
    open_app: Flask,
    manager: FlaskClient,
    visit: Visit,
    parts: Wiring,
) -> None:
    report_loss(visit)
    session, talks = session_of(visit, parts), parts.signs.talks
    talk = talks.of(session.name, session.visit_id, "K1")
    talks.write(talk, "customer", "", "您好")
    sockets = [one for one in open_app.url_map.iter_rules() if one.websocket]
    assert len(sockets) >= 3
    for name, text in EVIL.items():
        for rule in sockets:
            client, taken = manager if rule.rule.startswith("/staff") else visit.client, taking()
            client.get(
                rule.rule.replace("<talk_id>", talk.id),
                headers=UPGRADE,
                environ_overrides={SCOPE: {TAKER: taken}},
            )
            assert taken.talker is not None, rule.rule
            heard = said_to(taken.talker, letters(text))
            refused = {json.loads(one).get("reason") for one in heard}
            # A line that is too long is cut, as it always was; all else is refused.
            if name in REFUSED and name != "long" and not rule.rule.startswith("/voice"):
                assert REFUSED[name] in refused, (rule.rule, name)
    every_page_opens(open_app, manager, visit, parts)


def test_what_is_refused_is_said_so(open_app: Flask, visit: Visit) -> None:
    report_loss(visit).choose("change")
    for text in (EVIL[name] for name in REFUSED):
        body = json.dumps({"step": "x", "entry": text})
        answer = visit.client.post("/do/draft", data=body, content_type=JSON)
        assert answer.status_code == 400
        assert answer.get_json()["error"] in ("unclean", "too_much")
        assert answer.get_json()["words"]
        if _sane(text):
            page = visit.client.post("/do/choose", data={"step": "x", "entry": text})
            assert page.status_code == 400
            check_page(page)


@pytest.mark.parametrize("name", BODIES)
def test_no_machine_s_route_takes_what_is_no_message(
    open_app: Flask, manager: FlaskClient, visit: Visit, parts: Wiring, name: str
) -> None:
    report_loss(visit).choose("change")
    before = session_of(visit, parts).state
    rules = [(rule, operation_of(open_app, rule)) for rule in open_app.url_map.iter_rules()]
    takes = [rule for rule, one in rules if one is not None and one.body is not None]
    assert {"/do/braille", "/do/key", "/voice/at"} <= {rule.rule for rule in takes}
    for rule in takes:
        client = manager if rule.rule.startswith("/staff") else visit.client
        path = re.sub("<[^>]+>", "x", rule.rule)
        answer = client.post(path, data=BODIES[name], content_type=JSON)
        assert answer.status_code in (400, 404, 413), (rule.rule, name)
        assert answer.get_json()["words"]
        done_with(answer)
    assert session_of(visit, parts).state == before


@pytest.mark.parametrize("place", ["customer", "staff"])
def test_a_megabyte_without_a_space_is_said_to_be_too_long(
    open_app: Flask, manager: FlaskClient, visit: Visit, parts: Wiring, place: str
) -> None:
    report_loss(visit).choose("change")
    client = visit.client if place == "customer" else manager
    for rule in machines_and_pages(open_app):
        theirs = rule.rule.startswith(("/staff", "/studio"))
        last = rule.endpoint in ("staff_sign_in.leave", "studio_prompt.footage")
        if "POST" not in (rule.methods or ()) or theirs is (place == "customer") or last:
            continue
        path = re.sub("<[^>]+>", "x", rule.rule)
        answer = client.post(path, data={"entry": "长" * 350_000})
        assert answer.status_code < 500, (rule.rule, answer.status_code)
        assert answer.status_code != 200, rule.rule
        done_with(answer)
    every_page_opens(open_app, manager, visit, parts)


def test_an_appointment_that_nobody_can_keep_is_said_so(
    open_app: Flask, manager: FlaskClient, parts: Wiring
) -> None:
    # Given a task that is being served
    sample = sample_request(parts.settings, *SAMPLES[0])
    row = parts.queue.hand_over(Request.model_validate(sample))
    view = parts.queue.ticket(row.id)
    assert view is not None
    task = view.tasks[0].id
    for step in ("claim", "start"):
        manager.post(f"/staff/tickets/{row.id}/{step}", data={"task": task})
    before = parts.queue.ticket(row.id)
    assert before is not None
    assert before.state == "serving"
    # When a colleague closes it with such a day, at any hour
    for day in (*DAYS, (parts.clock() - timedelta(days=2)).date().isoformat()):
        for hour in ("00:00", "09:00", "23:59"):
            for outcome in ("rescheduled", "home_visit"):
                form = {"task": task, "outcome": outcome, "day": day, "hour": hour, "note": "带证"}
                answer = manager.post(f"/staff/tickets/{row.id}/close", data=form)
                # Then it is said in words, and what was written is still there
                assert answer.status_code == 422, (day, hour, outcome)
                assert 'id="trouble"' in answer.text
                assert "带证" in answer.text
    assert parts.queue.ticket(row.id) == before


def test_no_page_fails_for_what_was_stored_once(
    open_app: Flask, manager: FlaskClient, visit: Visit, parts: Wiring
) -> None:
    # Given half a character in a conversation, a name and a half-typed answer, past the door
    report_loss(visit).choose("change")
    session = session_of(visit, parts)
    talks = parts.signs.talks
    talk = talks.of(session.name, session.visit_id, "K1")
    talks.write(talk, "customer", "", "half \ud800 a character")
    talks.draft(talk, "customer", "\udfff")
    talks.ring(talk)
    talks.answer(talk.id, Colleague("x", "\ud800", "manager"))
    # Then all pages open
    every_page_opens(open_app, manager, visit, parts)
    visit.choose("telephone" if "telephone" in visit.choices else visit.choices[0])
    session.dispatch(Draft(visit.hidden("step"), "\ud800"))
    every_page_opens(open_app, manager, visit, parts)


#: What gives text as it came: only the door reads it.
RAW = frozenset(
    {
        *("headers", "data", "get_data", "stream", "environ", "query_string", "cookies"),
        *("json", "get_json", "full_path", "url", "referrer", "user_agent", "view_args"),
        *("authorization", "receive"),
    }
)
#: Bytes of a film, a cookie that we signed ourselves, and what the server put there.
MAY_BE_RAW = {("studio/prompt.py", "stream"), ("security.py", "cookies"), ("handing.py", "environ")}


def test_only_the_door_reads_what_came() -> None:
    found = set()
    for path in WEB.rglob("*.py"):
        if path.name == "door.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Attribute) or node.attr not in RAW:
                continue
            if getattr(node.value, "id", "") in ("request", "asked", "socket"):
                found.add((str(path.relative_to(WEB)), node.attr))
    assert found == MAY_BE_RAW


def test_what_is_refused_is_not_written_down(
    visit: Visit, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = "13800138000"
    assert visit.client.get(f"/menu/{secret}%00").status_code == 400
    logged = capsys.readouterr().out
    assert "door.refused" in logged
    assert "customer.show_group" in logged
    assert secret not in logged
