"""The disk or the database refuses: plain words, nothing lost, and the visit goes on."""

from __future__ import annotations

import shutil
import sqlite3

from kiosk.settings import Settings
from kiosk.ticker import tick
from kiosk.web.wiring import Wiring
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
