"""Wrong passwords slow down where they come from, and never shut the right person out."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st

from kiosk.queue import Database, FernetSealer, Queue, open_database
from kiosk.queue.errors import BadCredentials, Slowed
from kiosk.queue.people import throttle
from kiosk.queue.people.accounts import Staff
from kiosk.queue.people.passwords import Passwords
from kiosk.queue.people.staff import StaffBook
from kiosk.queue.people.throttle import ADDRESS, CROWD, KNOWN, Pace, Source, network_of
from tests.queue.stories import Clock

WORD = "lotus pond by moonlight"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
DESK = "10.0.0.7"


@pytest.fixture
def book(queue: Queue) -> StaffBook:
    return StaffBook(queue.staff._context, Passwords(CHEAP))


@pytest.fixture
def fang(book: StaffBook) -> Staff:
    return book.add("wangfang", "王芳", "counter", WORD)


def outcome(book: StaffBook, password: str, source: Source, name: str = "wangfang") -> str:
    try:
        book.authenticate(name, password, source)
    except Slowed:
        return "slowed"
    except BadCredentials:
        return "wrong"
    return "in"


def waits(book: StaffBook, source: Source, name: str = "wangfang") -> int:
    with pytest.raises(Slowed) as caught:
        book.authenticate(name, "wrong", source)
    return caught.value.seconds


def addresses(count: int) -> Iterable[Source]:
    return (Source(f"172.16.{one // 250}.{one % 250}") for one in range(count))


def at_own_browser(staff: Staff, address: str = DESK) -> Source:
    return Source(address, "browser", frozenset({staff.id}))


def count_of(queue: Queue) -> int:
    database = queue.staff._context.database
    return database.read(
        lambda c: int(c.exec_driver_sql("SELECT count(*) FROM sign_in").scalar_one())
    )


def test_the_right_person_signs_in_while_a_thousand_are_guessing(
    book: StaffBook, fang: Staff, clock: Clock
) -> None:
    # Given a thousand guesses at one name, from as many addresses
    for number, source in enumerate(addresses(1000)):
        assert outcome(book, f"guess {number}", source) != "in"
        if number % 100 == 0:
            # Then a browser that was used before never waits
            assert outcome(book, WORD, at_own_browser(fang)) == "in"
    # And from another one the right person waits once, a minute at most
    seconds = waits(book, Source(DESK))
    assert seconds <= CROWD.longest.total_seconds()
    clock.pass_(seconds=seconds)
    assert outcome(book, WORD, Source(DESK)) == "in"


def test_of_a_thousand_guesses_few_are_looked_at(book: StaffBook, fang: Staff) -> None:
    outcomes = [outcome(book, "wrong", source) for source in addresses(1000)]
    assert outcomes.count("wrong") == CROWD.free
    again = [outcome(book, "wrong", source) for source in addresses(1000)]
    assert set(again) == {"slowed"}


def test_the_waits_of_an_address_grow(book: StaffBook, fang: Staff, clock: Clock) -> None:
    found = []
    for _ in range(ADDRESS.free):
        assert outcome(book, "wrong", Source(DESK)) == "wrong"
    for _ in range(9):
        found.append(waits(book, Source(DESK)))
        clock.pass_(seconds=found[-1])
        assert outcome(book, "wrong", Source(DESK)) == "wrong"
    longest = int(ADDRESS.longest.total_seconds())
    assert found == [10, 20, 40, 80, 160, 320, 640, longest, longest]


def test_an_address_is_slowed_for_every_name(book: StaffBook, fang: Staff) -> None:
    for number in range(ADDRESS.free):
        assert outcome(book, "wrong", Source(DESK), f"name {number}") == "wrong"
    assert outcome(book, WORD, Source(DESK)) == "slowed"
    assert outcome(book, WORD, Source("10.0.0.8")) == "in"


def test_a_known_browser_is_slowed_by_itself_alone(
    book: StaffBook, fang: Staff, clock: Clock
) -> None:
    mine = at_own_browser(fang)
    for _ in range(ADDRESS.free):
        outcome(book, "wrong", Source(DESK))
    # Others at the same address don't count
    assert outcome(book, WORD, mine) == "in"
    for _ in range(KNOWN.free):
        assert outcome(book, "wrong", mine) == "wrong"
    assert outcome(book, WORD, mine) == "slowed"
    clock.pass_(seconds=waits(book, mine))
    assert outcome(book, WORD, mine) == "in"
    # And the right password forgives what was wrong before
    for _ in range(KNOWN.free):
        assert outcome(book, "wrong", mine) == "wrong"


def test_a_browser_is_known_for_its_own_accounts_only(book: StaffBook, fang: Staff) -> None:
    other = book.add("lihua", "李华", "counter", WORD)
    for _ in range(ADDRESS.free):
        outcome(book, "wrong", at_own_browser(other))
    assert outcome(book, WORD, at_own_browser(other)) == "slowed"
    assert outcome(book, WORD, at_own_browser(other), "lihua") == "in"


def test_a_right_password_is_not_counted_and_forgives_no_wrong_one(
    book: StaffBook, fang: Staff
) -> None:
    for _ in range(20):
        assert outcome(book, WORD, Source(DESK)) == "in"
    # A guesser with an account of their own gains nothing by signing in between
    for _ in range(ADDRESS.free - 1):
        assert outcome(book, "wrong", Source(DESK), "lihua") == "wrong"
        assert outcome(book, WORD, Source(DESK)) == "in"
    assert outcome(book, "wrong", Source(DESK), "lihua") == "wrong"
    assert outcome(book, "wrong", Source(DESK), "lihua") == "slowed"


def test_tries_at_the_same_moment_do_not_pass_together(book: StaffBook, fang: Staff) -> None:
    together, outcomes = threading.Barrier(12), []

    def attempt() -> None:
        together.wait()
        outcomes.append(outcome(book, "wrong", Source(DESK)))

    threads = [threading.Thread(target=attempt) for _ in range(12)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert outcomes.count("wrong") == ADDRESS.free


def test_waits_outlive_a_restart(tmp_path: Path, sealer: FernetSealer, clock: Clock) -> None:
    def opened() -> tuple[Database, StaffBook]:
        database = open_database(tmp_path / "again.db")
        context = Queue(database, sealer, clock).staff._context
        return database, StaffBook(context, Passwords(CHEAP))

    database, book = opened()
    book.add("wangfang", "王芳", "counter", WORD)
    for _ in range(ADDRESS.free):
        assert outcome(book, "wrong", Source(DESK)) == "wrong"
    database.close()
    database, book = opened()
    assert outcome(book, WORD, Source(DESK)) == "slowed"
    database.close()


def test_all_is_forgotten_after_an_hour_of_quiet(
    book: StaffBook, fang: Staff, clock: Clock
) -> None:
    for source in addresses(CROWD.free):
        outcome(book, "wrong", source)
    for _ in range(ADDRESS.free):
        outcome(book, "wrong", Source(DESK), "lihua")
    clock.pass_(hours=1)
    assert outcome(book, WORD, Source(DESK)) == "in"


def test_a_clock_that_is_set_back_keeps_nobody_waiting(
    book: StaffBook, fang: Staff, clock: Clock
) -> None:
    for _ in range(ADDRESS.free):
        outcome(book, "wrong", Source(DESK))
    clock.pass_(days=-3)
    # Whatever was before the start, they wait as long as anybody
    seconds = waits(book, Source(DESK))
    assert seconds == ADDRESS.first.total_seconds()
    clock.pass_(seconds=seconds)
    assert outcome(book, WORD, Source(DESK)) == "in"


@pytest.mark.parametrize("days", [-3, 3])
def test_a_clock_that_is_set_changes_no_wait(
    queue: Queue, fang: Staff, clock: Clock, days: int
) -> None:
    start, set_by = clock.now, timedelta()
    book = StaffBook(
        queue.staff._context,
        Passwords(CHEAP),
        ticks=lambda: (clock.now - start - set_by).total_seconds(),
    )
    for _ in range(ADDRESS.free):
        outcome(book, "wrong", Source(DESK))
    clock.pass_(seconds=4)
    set_by = timedelta(days=days)
    clock.now += set_by
    # Then it is neither over nor longer
    assert waits(book, Source(DESK)) == ADDRESS.first.total_seconds() - 4
    clock.pass_(seconds=6)
    # And what was wrong before is still held against them
    assert outcome(book, "wrong", Source(DESK)) == "wrong"
    assert waits(book, Source(DESK)) == 2 * ADDRESS.first.total_seconds()


def test_what_is_remembered_is_bounded(
    book: StaffBook, queue: Queue, fang: Staff, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "MOST", 50)
    for source in addresses(300):
        outcome(book, "wrong", source)
        clock.pass_(seconds=20)
    assert count_of(queue) <= 50 + 2
    # What is remembered longest is what happened last: the name is under pressure still
    assert outcome(book, WORD, Source("10.9.9.9")) == "slowed"


def test_nobody_waits_once_an_administrator_says_so(book: StaffBook, fang: Staff) -> None:
    for _ in range(ADDRESS.free):
        outcome(book, "wrong", Source(DESK))
    book.end_waits()
    assert outcome(book, WORD, Source(DESK)) == "in"


@given(st.integers(0, 10**6))
def test_waits_never_shrink_and_never_pass_the_longest(failures: int) -> None:
    for pace in (ADDRESS, KNOWN, CROWD):
        assert _seconds(pace, failures) <= _seconds(pace, failures + 1)
        assert _seconds(pace, failures) <= pace.longest.total_seconds()


def _seconds(pace: Pace, failures: int) -> float:
    return pace.after(failures).total_seconds()


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("10.1.2.3", "10.1.2.3"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("::ffff:10.1.2.3", "10.1.2.3"),
        ("", ""),
    ],
)
def test_an_ipv6_address_is_its_network(address: str, network: str) -> None:
    assert network_of(address) == network
