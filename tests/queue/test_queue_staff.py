"""Who may sign in, and who is locked out."""

from __future__ import annotations

from datetime import timedelta
from time import perf_counter

import pytest
from argon2 import PasswordHasher

from kiosk.queue import Database, FernetSealer, Queue
from kiosk.queue.errors import (
    BadCredentials,
    Incomplete,
    Locked,
    NotFound,
    NotPermitted,
    UsernameTaken,
    WeakPassword,
)
from kiosk.queue.people.passwords import Passwords
from kiosk.queue.people.permissions import PERMISSIONS, may
from kiosk.queue.people.staff import LONGEST_LOCK, Staff, StaffBook, lock_for
from kiosk.queue.storage.context import Context
from tests.queue.stories import FANG, ROOT, Clock

WORD = "lotus pond by moonlight"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture
def book(queue: Queue, database: Database, sealer: FernetSealer, clock: Clock) -> StaffBook:
    inside: Context = queue.staff._context
    return StaffBook(inside, Passwords(CHEAP))


@pytest.fixture
def fang(book: StaffBook) -> Staff:
    return book.add("wangfang", "王芳", "counter", WORD, by=ROOT)


def test_signing_in_and_out_is_kept(book: StaffBook, queue: Queue, fang: Staff) -> None:
    assert fang.must_change
    assert book.authenticate(" WangFang ", WORD) == fang
    book.sign_out(fang.ref)
    trail = [(row.who, row.what) for row in queue.audit.rows()]
    assert trail == [
        (ROOT.id, "staff.added"),
        (fang.id, "staff.signed_in"),
        (fang.id, "staff.signed_out"),
    ]


def test_five_wrong_passwords_lock_and_the_locks_grow(
    book: StaffBook, fang: Staff, clock: Clock
) -> None:
    for minutes in (5, 10, 20):
        for _ in range(4):
            with pytest.raises(BadCredentials):
                book.authenticate("wangfang", "wrong")
        with pytest.raises(Locked) as caught:
            book.authenticate("wangfang", "wrong")
        assert caught.value.until == clock.now + timedelta(minutes=minutes)
        with pytest.raises(Locked):
            book.authenticate("wangfang", WORD)
        clock.pass_(minutes=minutes)
    assert book.authenticate("wangfang", WORD).id == fang.id
    with pytest.raises(BadCredentials):
        book.authenticate("wangfang", "wrong")


def test_a_right_password_forgives_the_wrong_ones(book: StaffBook, fang: Staff) -> None:
    for _ in range(3):
        for _ in range(4):
            with pytest.raises(BadCredentials):
                book.authenticate("wangfang", "wrong")
        assert book.authenticate("wangfang", WORD) == fang


def test_no_lock_is_longer_than_the_longest() -> None:
    assert lock_for(4) is None
    assert lock_for(5 * 10_000) == LONGEST_LOCK


def test_an_unknown_name_behaves_like_a_known_one(book: StaffBook, queue: Queue) -> None:
    for _ in range(4):
        with pytest.raises(BadCredentials):
            book.authenticate("my secret password", "wangfang")
    with pytest.raises(Locked):
        book.authenticate("my secret password", "wangfang")
    # What was typed as a name is nowhere in clear.
    assert {row.who for row in queue.audit.rows()} == {"unknown"}


def test_an_unknown_name_takes_its_time(queue: Queue) -> None:
    passwords = Passwords(PasswordHasher())
    stored = passwords.hash(WORD)
    passwords.matches(None, WORD)

    def cost(known: str | None) -> float:
        start = perf_counter()
        passwords.matches(known, "wrong")
        return perf_counter() - start

    known, unknown = (min(cost(one) for _ in range(3)) for one in (stored, None))
    assert unknown > known / 3


def test_the_decoy_password_opens_nothing(book: StaffBook) -> None:
    with pytest.raises(BadCredentials):
        book.authenticate("ghost", "nobody has this password")


@pytest.mark.parametrize(
    "password", ["short", "x" * 129, "my-WANGFANG-2026", "password123", "1111111111"]
)
def test_weak_passwords_are_refused(book: StaffBook, password: str) -> None:
    with pytest.raises(WeakPassword):
        book.add("wangfang", "王芳", "counter", password)


def test_own_password_and_another_one(book: StaffBook, fang: Staff) -> None:
    assert not book.set_password(fang.id, "a quiet morning tea", by=fang.ref).must_change
    with pytest.raises(BadCredentials):
        book.authenticate("wangfang", WORD)
    assert book.set_password(fang.id, WORD, by=ROOT).must_change
    with pytest.raises(NotPermitted):
        book.set_password(fang.id, WORD, by=FANG)


def test_a_new_password_ends_a_lock(book: StaffBook, fang: Staff) -> None:
    for _ in range(5):
        with pytest.raises((BadCredentials, Locked)):
            book.authenticate("wangfang", "wrong")
    book.set_password(fang.id, "a quiet morning tea", by=ROOT)
    assert book.authenticate("wangfang", "a quiet morning tea").id == fang.id


def test_who_is_gone_can_not_sign_in(book: StaffBook, fang: Staff) -> None:
    assert not book.deactivate(fang.id, by=ROOT).active
    with pytest.raises(BadCredentials):
        book.authenticate("wangfang", WORD)
    assert [one.active for one in book.list()] == [False]


def test_accounts_are_checked(book: StaffBook, fang: Staff) -> None:
    with pytest.raises(UsernameTaken, match="wangfang"):
        book.add("WANGFANG", "王芳", "counter", WORD)
    with pytest.raises(Incomplete, match="boss"):
        book.add("new", "新", "boss", WORD)  # type: ignore[arg-type]
    with pytest.raises(Incomplete, match="name"):
        book.add("new", " ", "lobby", WORD)
    with pytest.raises(NotPermitted):
        book.add("new", "新", "lobby", WORD, by=FANG)
    with pytest.raises(NotFound):
        book.get("nobody")


def test_older_hashes_are_renewed_at_sign_in(queue: Queue, book: StaffBook, fang: Staff) -> None:
    stronger = Passwords(PasswordHasher(time_cost=2, memory_cost=8, parallelism=1))
    renewed = StaffBook(book._context, stronger)

    def stored() -> str:
        inside = queue.staff._context.database
        return inside.read(
            lambda c: str(c.exec_driver_sql("SELECT password FROM staff").scalar_one())
        )

    assert stronger.outdated(stored())
    renewed.authenticate("wangfang", WORD)
    assert not stronger.outdated(stored())


def test_every_action_has_somebody_who_may() -> None:
    assert all(PERMISSIONS.values())
    assert may("manager", "answer_escalation")
    assert not may("counter", "answer_escalation")
