"""One room knows the engine: what the queue says to its database, PostgreSQL understands too."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Engine
from sqlalchemy.schema import CreateIndex, CreateTable

import kiosk.queue
from kiosk.queue import Done, Explained, Queue
from kiosk.queue.errors import BadCredentials
from kiosk.queue.storage import upsert
from kiosk.queue.storage.tables import METADATA
from tests.queue.stories import FANG, MEI, MORNING, Clock, request

ROOM = Path(kiosk.queue.__file__).parent
#: What is written for one engine, in any form of it.
ENGINES = ("sqlite", "postgresql", "PRAGMA", "exec_driver_sql", "rowid")


@pytest.mark.parametrize(
    "path",
    [one for one in sorted(ROOM.rglob("*.py")) if "storage" not in one.relative_to(ROOM).parts],
    ids=lambda path: str(path.relative_to(ROOM)),
)
def test_only_the_storage_knows_an_engine(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    words = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    words += [
        one.name for node in ast.walk(tree) if isinstance(node, ast.Import) for one in node.names
    ]
    words += [node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    words += [node.id for node in ast.walk(tree) if isinstance(node, ast.Name)]
    # An address of a database in a message is no statement.
    if path.name != "errors.py":
        words += [str(node.value) for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    found = [word for word in words for engine in ENGINES if engine in word]
    assert found == []
    raw = [one for one in ast.walk(tree) if isinstance(one, ast.ImportFrom)]
    assert not [one for one in raw if "text" in {alias.name for alias in one.names}]


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """Every statement that is executed, as it is built for PostgreSQL."""
    heard: list[Any] = []
    built = upsert.statement

    def build(engine: str, made: upsert.Upsert) -> Any:
        heard.append(built("postgresql", made))
        return built(engine, made)

    def hear(_connection: Any, statement: Any, *_: Any) -> None:
        if not isinstance(statement, sqlite.Insert):
            heard.append(statement)

    monkeypatch.setattr(upsert, "statement", build)
    event.listen(Engine, "before_execute", hear)
    yield heard
    event.remove(Engine, "before_execute", hear)


def whole_day(queue: Queue, clock: Clock) -> None:
    """Everything a branch does with its queue."""
    tickets = [queue.hand_over(request(tasks=2)).id for _ in range(8)]
    queue.claim_next(FANG, "1", lanes={"A"}, branch="nanjing-road")
    first, second, third, fourth = tickets[:4]
    queue.document(first, FANG)
    for step in (queue.heartbeat, queue.coming, queue.call, queue.recall):
        step(first, FANG)
    for task, outcome in (("t1", Explained("没有身份证", "voice", True)), ("t2", Done("好了"))):
        queue.start_task(first, task, FANG)
        queue.close_task(first, task, FANG, outcome)
    queue.undo(first, FANG)
    queue.claim(second, FANG)
    queue.hold(second, FANG, "等身份证")
    queue.resume(second, FANG)
    queue.transfer(second, FANG, to_role="manager", note="请经理看")
    queue.claim(third, FANG)
    queue.call(third, FANG)
    queue.no_show(third, FANG)
    queue.claim(fourth, FANG)
    queue.left(fourth, FANG)
    alarm = queue.alarms.raise_("nanjing-road", "kiosk-1", "person")
    clock.pass_(minutes=3)
    queue.alarms.overdue()
    queue.alarms.acknowledge(alarm.id, FANG)
    queue.sweep()
    queue.surveys.store(first, 4, comment="谢谢")
    queue.surveys.figures(MORNING, clock.now, "nanjing-road")
    (escalation,) = queue.escalations.list("nanjing-road")
    queue.escalations.words(escalation.id, MEI)
    queue.escalations.answer(escalation.id, MEI, "可以办")
    queue.staff.add("fang", "王芳", "counter", "quiet-lobby-2026")
    with pytest.raises(BadCredentials):
        queue.staff.authenticate("fang", "wrong")
    queue.staff.authenticate("fang", "quiet-lobby-2026")
    queue.staff.list()
    for one in (queue.waiting, queue.open_tickets, queue.now_calling, queue.last_seq):
        one("nanjing-road")
    queue.next_up("nanjing-road", 3)
    queue.events_after("nanjing-road", 0)
    queue.status(first)
    queue.notes(second, MEI)
    queue.reports.report(MORNING, clock.now, "nanjing-road")
    queue.audit.verify()
    queue.audit.rows(trail="nanjing-road", after=1, subject=first)
    clock.pass_(days=40)
    queue.retention.wipe(clock.now)


def test_every_statement_is_understood_by_postgresql(
    queue: Queue, clock: Clock, said: list[Any]
) -> None:
    whole_day(queue, clock)
    assert len({str(one) for one in said}) > 40
    for statement in said:
        assert not isinstance(statement, str), statement
        statement.compile(dialect=postgresql.dialect())  # type: ignore[no-untyped-call]


def test_the_tables_are_too() -> None:
    for table in METADATA.sorted_tables:
        made = str(CreateTable(table).compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]
        assert table.name in made
        for index in table.indexes:
            said = str(CreateIndex(index).compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]
            partial = index.dialect_options["sqlite"]["where"] is not None
            assert ("WHERE" in said) == partial, said
