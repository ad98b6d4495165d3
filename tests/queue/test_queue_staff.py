"""Who may sign in, and as what."""

from __future__ import annotations

from time import perf_counter

import pytest
from argon2 import PasswordHasher

from kiosk.queue import Database, FernetSealer, Queue
from kiosk.queue.errors import (
    BadCredentials,
    Incomplete,
    NotFound,
    NotPermitted,
    Slowed,
    UsernameTaken,
    WeakPassword,
)
from kiosk.queue.people.accounts import Staff
from kiosk.queue.people.passwords import Passwords, check_password, new_password
from kiosk.queue.people.permissions import PERMISSIONS, may
from kiosk.queue.people.staff import StaffBook
from kiosk.queue.people.throttle import Source
from kiosk.queue.storage.context import Context
from tests.queue.stories import FANG, ROOT, Clock

WORD = "lotus pond by moonlight"
#: Leaked ones, walks over the keyboard, repeats, dates, and words of this kiosk.
COMMON = (
    *("password123", "Passw0rd!!", "1111111111", "qwertyuiop[]", "1qaz2wsx3edc", "0987654321"),
    *("abcabcabcabc", "woaini1314520", "KioskBank1", "1990-01-01", "zxcvbnm,./", "administrator"),
)
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


def test_an_unknown_name_behaves_like_a_known_one(
    book: StaffBook, queue: Queue, fang: Staff
) -> None:
    def tried(name: str, address: str) -> list[type[BaseException]]:
        found: list[type[BaseException]] = []
        for _ in range(7):
            with pytest.raises((BadCredentials, Slowed)) as caught:
                book.authenticate(name, "wangfang", Source(address))
            found.append(caught.type)
        return found

    assert tried("my secret password", "10.0.0.1") == tried("wangfang", "10.0.0.2")
    # What was typed as a name is nowhere in clear, and a wait is noted once.
    rows = [(row.who, row.what) for row in queue.audit.rows()[1:]]
    assert rows == [
        *[("unknown", "staff.failed")] * 5,
        ("unknown", "staff.slowed"),
        *[(fang.id, "staff.failed")] * 5,
        (fang.id, "staff.slowed"),
    ]
    assert "secret" not in str(queue.audit.rows())


def test_why_somebody_was_not_let_in_is_kept(book: StaffBook, queue: Queue, fang: Staff) -> None:
    with pytest.raises(BadCredentials):
        book.authenticate("wangfang", "wrong")
    book.deactivate(fang.id, by=ROOT)
    for name in ("wangfang", "nobody"):
        with pytest.raises(BadCredentials):
            book.authenticate(name, WORD)
    failed = [row.details for row in queue.audit.rows() if row.what == "staff.failed"]
    assert failed == ['{"why":"password"}', '{"why":"inactive"}', '{"why":"unknown"}']


def test_a_password_that_is_reset_meanwhile_lets_nobody_in(
    queue: Queue, book: StaffBook, fang: Staff
) -> None:
    class Slow(Passwords):
        def matches(self, stored: str | None, password: str) -> bool:
            right = super().matches(stored, password)
            book.set_password(fang.id, "a quiet morning tea", by=ROOT)
            return right

    with pytest.raises(BadCredentials):
        StaffBook(book._context, Slow(CHEAP)).authenticate("wangfang", WORD)


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
    ("password", "reason"),
    [
        ("short", "length"),
        ("x" * 129, "length"),
        ("my-WANGFANG-2026", "name"),
        *((one, "common") for one in COMMON),
    ],
)
def test_weak_passwords_are_refused(book: StaffBook, password: str, reason: str) -> None:
    with pytest.raises(WeakPassword) as caught:
        book.add("wangfang", "王芳", "counter", password)
    assert caught.value.reason == reason


@pytest.mark.parametrize("password", [WORD, "quiet-lobby-2026", "今天的茶真好喝啊对不对"])
def test_passwords_that_nobody_guesses_are_taken(book: StaffBook, password: str) -> None:
    assert book.add("wangfang", "王芳", "counter", password)


def test_every_first_password_would_be_taken() -> None:
    for _ in range(50):
        check_password(new_password(), "wangfang", "王芳")


def test_own_password_and_another_one(book: StaffBook, fang: Staff) -> None:
    assert not book.set_password(fang.id, "a quiet morning tea", by=fang.ref).must_change
    with pytest.raises(BadCredentials):
        book.authenticate("wangfang", WORD)
    assert book.set_password(fang.id, WORD, by=ROOT).must_change
    with pytest.raises(NotPermitted):
        book.set_password(fang.id, WORD, by=FANG)


def test_a_reset_ends_all_waits(book: StaffBook, fang: Staff) -> None:
    for _ in range(6):
        with pytest.raises((BadCredentials, Slowed)):
            book.authenticate("wangfang", "wrong")
    book.set_password(fang.id, "a quiet morning tea", by=ROOT)
    assert book.authenticate("wangfang", "a quiet morning tea").id == fang.id


def test_who_is_gone_can_not_sign_in(book: StaffBook, fang: Staff) -> None:
    assert not book.deactivate(fang.id, by=ROOT).active
    with pytest.raises(BadCredentials):
        book.authenticate("wangfang", WORD)
    assert [one.active for one in book.list()] == [False]
    book.activate(fang.id, by=ROOT)
    assert book.authenticate("wangfang", WORD).active


def test_a_role_is_given(book: StaffBook, fang: Staff) -> None:
    assert book.set_role(fang.id, "manager", by=ROOT).role == "manager"
    with pytest.raises(Incomplete, match="boss"):
        book.set_role(fang.id, "boss")  # type: ignore[arg-type]
    for refused in (
        lambda: book.set_role(fang.id, "admin", by=FANG),
        lambda: book.activate(fang.id, by=FANG),
        lambda: book.end_waits(by=FANG),
    ):
        with pytest.raises(NotPermitted):
            refused()


def test_who_is_meant_is_found_by_name(book: StaffBook, fang: Staff) -> None:
    assert book.named(" WangFang ") == fang
    with pytest.raises(NotFound, match="lihua"):
        book.named("lihua")


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

    before = stored()
    assert stronger.renewed(before, WORD)
    renewed.authenticate("wangfang", WORD)
    assert stored() != before
    assert stronger.renewed(stored(), WORD) is None


def test_every_action_has_somebody_who_may() -> None:
    assert all(PERMISSIONS.values())
    assert may("manager", "answer_escalation")
    assert not may("counter", "answer_escalation")
