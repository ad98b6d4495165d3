"""The disk or the database refuses: plain words, nothing lost, and the visit goes on."""

from __future__ import annotations

import shutil
import sqlite3

import pytest

from kiosk.app import create_app
from kiosk.content.loader import Content
from kiosk.queue.errors import StorageError
from kiosk.settings import Settings
from kiosk.sign.presence import Colleague
from kiosk.sign.signs import Signs
from kiosk.ticker import abandoned, tick
from kiosk.web.wiring import EXTENSION, Wiring
from tests.conftest import FakeClock
from tests.support.visits import Visit, report_loss, take_ticket


def test_a_locked_database_keeps_the_request_until_it_is_free(
    visit: Visit, parts: Wiring, settings: Settings
) -> None:
    # Given another program that holds the database
    report_loss(visit)
    other = sqlite3.connect(settings.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    # When the customer confirms
    take_ticket(visit)
    # Then they are told the truth
    assert visit.path == "/saved"
    assert visit.ask == "已经记下来了，还没送到柜台。"
    # When the database is free again
    other.execute("ROLLBACK")
    other.close()
    tick(parts)
    # Then they have their number, once
    assert visit.open("/").path == "/ticket"
    assert len(parts.queue.open_tickets(settings.branch)) == 1


def test_what_cannot_be_written_down_is_never_called_confirmed(
    visit: Visit, parts: Wiring, settings: Settings
) -> None:
    # Given a disk that takes nothing
    report_loss(visit)
    outbox = settings.data / "outbox"
    shutil.rmtree(outbox)
    outbox.write_text("no folder any more")
    # When the customer confirms
    take_ticket(visit)
    # Then they are told, and everything is still there
    assert visit.path == "/visit/loss_report/done"
    assert "刚才没记下来" in visit.words
    assert parts.queue.open_tickets(settings.branch) == []
    # When there is room again
    outbox.unlink()
    outbox.mkdir()
    visit.choose("no")
    visit.choose("age_80")
    assert visit.path == "/ticket"


def test_a_visit_goes_on_when_it_cannot_be_kept(visit: Visit, settings: Settings) -> None:
    visits = settings.data / "visits"
    shutil.rmtree(visits)
    visits.write_text("no folder any more")
    report_loss(visit)
    assert visit.path.endswith("/review")


@pytest.mark.parametrize("returns", [True, False])
def test_twelve_hours_after_it_was_switched_off_the_first_page_is_nobody_s(
    returns: bool, visit: Visit, parts: Wiring, settings: Settings, clock: FakeClock
) -> None:
    # Given a visit with private answers in whose middle the kiosk is switched off
    report_loss(visit)
    parts.close()
    clock.pass_(12 * 3600)
    # When it starts in the morning, and the same browser opens its page, or never does
    morning = create_app(settings, clock=clock)
    if returns:
        client = morning.test_client()
        client._cookies = visit.client._cookies
        assert client.get("/", follow_redirects=True).request.path == "/"
    else:
        abandoned(morning.extensions[EXTENSION])
    # Then nothing of yesterday is left
    assert list((settings.data / "visits").iterdir()) == []
    morning.extensions[EXTENSION].close()


def test_an_officer_is_called_though_the_audit_trail_takes_nothing(
    visit: Visit, parts: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*what: object) -> None:
        raise StorageError("full", "the disk is full")

    monkeypatch.setattr(parts.queue.audit, "note", refuses)
    su = Colleague("su", "苏静", "sign_officer")
    visit.start("sign")
    with parts.signs.presence.of(su):
        visit.bar("officer")
        assert visit.path == "/call"
        (talk,) = parts.signs.talks.open()
        assert talk.call is not None
        assert talk.call.state == "ringing"
        # Then the call is answered, and ends
        assert parts.signs.talks.answer(talk.id, su) is not None
        visit.choose("hang_up")
    assert parts.signs.talks.open() == ()


def test_a_take_that_waits_at_a_start_finds_everybody_it_tells(
    settings: Settings, clock: FakeClock, shipped: Content, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given takes whose work tells of a change at the very start
    monkeypatch.setattr(Signs, "start", lambda signs: signs.recordings.jobs._on_change())
    # Then whoever is told is there
    create_app(settings, clock=clock, content=shipped).extensions[EXTENSION].close()
