"""The lobby display's voice over HTTP: what is called now can be heard, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kiosk.app import create_app
from kiosk.demo import SAMPLES, sample_request
from kiosk.queue.tickets.request import Request
from kiosk.queue.tickets.views import StaffRef, Ticket
from kiosk.settings import Settings
from kiosk.web.displays import Displays
from kiosk.web.wiring import EXTENSION, Wiring
from tests.web.test_staff_pages import signed_in
from voices.codec import decode


def tree(client: FlaskClient, path: str) -> Any:
    html = client.get(path).get_data(as_text=True)
    return html5lib.parse(html, namespaceHTMLElements=False)


OFFICER = StaffRef("li", "李敏", "counter")


def ticket(parts: Wiring, language: str = "zh-CN") -> Ticket:
    request = sample_request(parts.settings, *SAMPLES[0]) | {"language": language}
    return parts.queue.hand_over(Request.model_validate(request))


def called(parts: Wiring, language: str = "zh-CN", counter: str | None = "3") -> str:
    one = ticket(parts, language)
    parts.queue.claim(one.id, OFFICER, counter)
    parts.queue.call(one.id, OFFICER)
    return one.id


def sounds(client: FlaskClient) -> list[str]:
    page = tree(client, "/display")
    return [str(one.get("data-sound")) for one in page.iter("li") if one.get("data-sound")]


def test_a_call_has_a_sound_that_may_be_kept(app: Flask, parts: Wiring) -> None:
    called(parts)
    (address,) = sounds(app.test_client())
    answer = app.test_client().get(address)
    assert answer.mimetype == "audio/ogg"
    assert "immutable" in answer.headers["Cache-Control"]
    assert decode(answer.data).seconds > 6


def test_a_customer_of_another_language_is_called_in_it_too(app: Flask, parts: Wiring) -> None:
    client = app.test_client()
    called(parts)
    (own,) = sounds(client)
    called(parts, "en")
    both = next(one for one in sounds(client) if one != own)
    assert decode(client.get(both).data).seconds > decode(client.get(own).data).seconds + 4


def test_calling_again_is_another_sound(app: Flask, parts: Wiring) -> None:
    client = app.test_client()
    ticket_id = called(parts)
    (first,) = sounds(client)
    parts.queue.recall(ticket_id, OFFICER)
    (second,) = sounds(client)
    assert first != second
    assert client.get(first).status_code == 404


def test_nothing_but_what_is_called_now_is_said(app: Flask, parts: Wiring) -> None:
    client = app.test_client()
    waiting = ticket(parts)
    ticket_id = called(parts)
    (address,) = sounds(client)
    for mark in (waiting.id, f"{waiting.id}-0", f"{waiting.id}-1", ticket_id, "x", "../../etc"):
        answer = client.get(f"/display/call/{mark}.opus")
        assert answer.status_code == 404
        assert answer.headers["Cache-Control"] == "no-store"
    parts.queue.start_task(ticket_id, "t1", OFFICER)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("counter", ["3", "贵宾室", None])
def test_every_kind_of_place_can_be_called_to(
    app: Flask, parts: Wiring, counter: str | None
) -> None:
    called(parts, counter=counter)
    (address,) = sounds(app.test_client())
    assert app.test_client().get(address).status_code == 200


def test_a_branch_can_have_its_display_silent(tmp_path: Path) -> None:
    app = create_app(Settings(data=tmp_path / "data", call_aloud=False))
    parts: Wiring = app.extensions[EXTENSION]
    ticket_id = called(parts)
    client = app.test_client()
    assert sounds(client) == []
    assert "sound-on" not in client.get("/display").get_data(as_text=True)
    assert client.get(f"/display/call/{ticket_id}-1.opus").status_code == 404
    parts.close()


def silent_display(client: FlaskClient, address: str = "127.0.0.1") -> TestResponse:
    """An open display whose browser waits for a press."""
    stream = client.get(
        "/display/live?sound=off", buffered=False, environ_base={"REMOTE_ADDR": address}
    )
    next(iter(stream.response))
    return stream


def is_told(staff: FlaskClient) -> bool:
    notes = (one for one in tree(staff, "/staff").iter("p") if one.get("id") == "silent")
    return next(notes).get("hidden") is None


def test_staff_are_told_of_a_display_that_cant_be_heard(app: Flask, parts: Wiring) -> None:
    staff = signed_in(app, parts, "counter")
    assert not is_told(staff)
    stream = silent_display(app.test_client())
    assert is_told(staff)
    stream.close()
    assert not is_told(staff)


def test_a_stranger_s_word_for_it_is_no_display_s(app: Flask, parts: Wiring) -> None:
    staff = signed_in(app, parts, "counter")
    stranger = app.test_client()
    stream = silent_display(stranger, "10.0.0.9")
    assert not is_told(staff)
    # And waiting with a code of one's own changes nothing
    stranger.get("/", environ_base={"REMOTE_ADDR": "10.0.0.9"})
    waiting = silent_display(stranger, "10.0.0.9")
    assert not is_told(staff)
    stream.close()
    waiting.close()


def test_silent_displays_are_counted_and_each_change_is_told() -> None:
    changes: list[None] = []
    displays = Displays(lambda: changes.append(None))
    with displays.silent_one(), displays.silent_one():
        assert displays.silent == 2
    assert displays.silent == 0
    assert len(changes) == 4


def test_the_form_of_a_note_says_which_voice_says_it(app: Flask, parts: Wiring) -> None:
    client = signed_in(app, parts, "manager")
    who = next(one for one in parts.queue.staff.list() if one.username == "manager")
    one = ticket(parts)
    me = StaffRef(who.id, who.name, who.role)
    parts.queue.claim(one.id, me, "3")
    parts.queue.call(one.id, me)
    parts.queue.start_task(one.id, "t1", me)
    page = client.get(f"/staff/tickets/{one.id}").get_data(as_text=True)
    assert ("natural voice" if parts.voices.renders("zh-CN") else "synthetic voice") in page
