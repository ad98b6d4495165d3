"""What is personal is sealed, and is gone when its time is over."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import Connection, text

from kiosk.queue import Database, Done, Explained, FernetSealer, Queue, Request, load_or_create_key
from kiosk.queue.errors import KeyFileError, Wiped, WrongKey
from kiosk.queue.records import retention
from tests.queue.stories import FANG, MEI, Clock, request, task

PHONE = "13812345678"
NAME = "欧阳建国"
SECRETS = (PHONE, NAME, "风湿", "谢谢小王", "膝盖", "再核实")


def personal_request() -> Request:
    answer = {"step": "holder", "question": "姓名?", "value": NAME, "label": NAME, "private": True}
    return request(
        contact={"phone": PHONE, "may_call": True},
        parts=[task("t1", answers=[answer]), task("t2")],
    )


def whole_visit(queue: Queue) -> str:
    ticket = queue.hand_over(personal_request()).id
    queue.claim(ticket, FANG)
    queue.hold(ticket, FANG, "客户有风湿")
    queue.resume(ticket, FANG)
    queue.start_task(ticket, "t1", FANG)
    queue.close_task(ticket, "t1", FANG, Done("膝盖不便,已办妥"))
    queue.start_task(ticket, "t2", FANG)
    queue.close_task(ticket, "t2", FANG, Explained("再核实", "voice", True))
    queue.escalations.answer(queue.escalations.list()[0].id, MEI, f"请{NAME}本人来")
    queue.surveys.store(ticket, 5, comment="谢谢小王")
    return ticket


def on_disk(database: Database) -> bytes:
    return b"".join(path.read_bytes() for path in database.path.parent.glob("queue.db*"))


def found(database: Database) -> list[str]:
    raw = on_disk(database)
    # Text is stored as UTF-8, in JSON perhaps as escapes.
    forms = {s: (s.encode(), s.encode("unicode_escape")) for s in SECRETS}
    return [secret for secret, ways in forms.items() if any(way in raw for way in ways)]


def test_many_are_erased_a_few_at_a_time(
    queue: Queue, database: Database, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever writes meanwhile waits for a few of them, not for all."""
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    for _ in range(5):
        whole_visit(queue)
    commits: list[int] = []
    erase = retention._erase

    def counted(connection: Connection, tickets: list[str]) -> int:
        commits.append(len(tickets))
        return erase(connection, tickets)

    monkeypatch.setattr(retention, "_erase", counted)
    clock.pass_(hours=1)
    wiped = queue.retention.wipe(clock.now)
    assert wiped.tickets == 5
    assert commits == [2, 2, 1]
    assert queue.retention.wipe(clock.now).tickets == 0
    assert queue.audit.verify() is None


def test_neither_the_file_nor_its_log_tells_who_came(queue: Queue, database: Database) -> None:
    whole_visit(queue)
    assert b"nanjing-road" in on_disk(database)
    assert found(database) == []


def test_after_retention_the_figures_remain_and_the_words_are_gone(
    queue: Queue, database: Database, clock: Clock
) -> None:
    ticket = whole_visit(queue)
    waiting = queue.hand_over(personal_request()).id
    clock.pass_(days=31)
    wiped = queue.retention.wipe(clock.now - timedelta(days=30))
    assert (wiped.tickets, wiped.personal) == (1, 6)
    with pytest.raises(Wiped, match="retention"):
        queue.document(ticket, FANG)
    assert queue.notes(ticket, FANG) == []
    assert [one.result_note for one in queue.status(ticket).tasks] == [None, None]
    start = clock.now - timedelta(days=60)
    assert queue.reports.report(start, clock.now).outcomes["done"] == 1
    assert queue.surveys.figures(start, clock.now).all.answers == 1
    assert queue.document(waiting, FANG).contact.phone == PHONE
    assert queue.audit.verify() is None
    assert [row.what for row in queue.audit.rows(subject="all")] == ["retention.wiped"]
    assert queue.retention.wipe(clock.now - timedelta(days=30)).personal == 0


def test_erased_bytes_are_in_neither_file(queue: Queue, database: Database, clock: Clock) -> None:
    whole_visit(queue)
    sealed = database.read(lambda c: c.execute(text("SELECT sealed FROM personal")).scalars().all())
    assert all(one in on_disk(database) for one in sealed[:1])
    clock.pass_(days=31)
    queue.retention.wipe(clock.now)
    raw = on_disk(database)
    assert not any(one[:60] in raw for one in sealed)


def test_erasing_keeps_the_numbering_of_events(queue: Queue, clock: Clock) -> None:
    whole_visit(queue)
    last = queue.last_seq("nanjing-road")
    clock.pass_(days=31)
    assert queue.retention.wipe(clock.now).events == last
    assert queue.last_seq("nanjing-road") == last
    queue.hand_over(request())
    assert queue.last_seq("nanjing-road") == last + 1


def test_a_key_is_made_once_for_its_user_alone(tmp_path: Path) -> None:
    path = tmp_path / "key"
    keys = load_or_create_key(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert load_or_create_key(path) == keys


def test_a_key_that_others_can_read_is_refused_with_the_remedy(tmp_path: Path) -> None:
    path = tmp_path / "key"
    load_or_create_key(path)
    path.chmod(0o640)
    with pytest.raises(KeyFileError, match="chmod 600"):
        load_or_create_key(path)


@pytest.mark.parametrize("content", [b"", b"not a key\n"])
def test_a_file_without_a_key_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "key"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(KeyFileError, match="no valid key"):
        load_or_create_key(path)
    with pytest.raises(KeyFileError, match="can't be made"):
        load_or_create_key(tmp_path / "nowhere" / "key")


def test_a_new_key_above_the_old_one_opens_both(database: Database, clock: Clock) -> None:
    old, new = Fernet.generate_key(), Fernet.generate_key()
    asked = request()
    ticket = Queue(database, FernetSealer([old]), clock).hand_over(asked)
    rotated = Queue(database, FernetSealer([new, old]), clock)
    assert rotated.document(ticket.id, FANG) == asked


def test_a_wrong_key_is_known_at_the_start(queue: Queue, database: Database) -> None:
    with pytest.raises(WrongKey, match="restore the key file"):
        Queue(database, FernetSealer.ephemeral())


def test_what_was_sealed_for_one_ticket_does_not_open_for_another(sealer: FernetSealer) -> None:
    sealed = sealer.seal("ticket-1", b"words")
    assert sealer.open("ticket-1", sealed) == b"words"
    with pytest.raises(WrongKey):
        sealer.open("ticket-2", sealed)
