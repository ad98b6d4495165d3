"""A mailbox: posting never waits, what fails is skipped, and a thread that is stuck is noticed."""

from __future__ import annotations

import threading
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.mailbox import STUCK, Mailbox, Turns


class Trouble(Exception):
    """Something that whoever wrote the work didn't think of."""


@given(st.lists(st.booleans(), max_size=30), st.booleans())
def test_whatever_fails_everything_else_is_done_in_order(fails: list[bool], inline: bool) -> None:
    done: list[int] = []
    box = Mailbox("test", inline=inline)

    def work(number: int) -> None:
        if fails[number]:
            raise Trouble
        done.append(number)

    for number in range(len(fails)):
        box.post(partial(work, number))
    assert box.settle(10)
    assert done == [number for number, fail in enumerate(fails) if not fail]
    box.close()


def test_what_is_posted_by_a_work_comes_after_it() -> None:
    for inline in (True, False):
        done: list[str] = []
        box = Mailbox("test", inline=inline)

        def outer(box: Mailbox = box, done: list[str] = done) -> None:
            box.post(lambda: done.append("inner"))
            done.append("outer")

        box.post(outer)
        assert box.settle(10)
        assert done == ["outer", "inner"]
        box.close()


def test_a_stuck_thread_is_told_once_and_that_it_goes_on() -> None:
    now, told = [0.0], list[bool]()
    box = Mailbox("test", told.append, clock=lambda: now[0])
    begun, free = threading.Event(), threading.Event()

    def hangs() -> None:
        begun.set()
        assert free.wait(30)

    box.post(hangs)
    assert begun.wait(30)
    box.check()
    assert told == []
    now[0] += STUCK + 1
    for _ in range(3):
        box.check()
    assert told == [True]
    # Posting goes on meanwhile, and is done once it can be
    later: list[int] = []
    box.post(lambda: later.append(1))
    assert not box.settle(0.01)
    free.set()
    assert box.settle(10)
    assert (told, later) == ([True, False], [1])
    box.close()


def test_after_it_is_closed_nothing_is_done() -> None:
    done: list[int] = []
    box = Mailbox("test")
    box.close()
    box.post(lambda: done.append(1))
    assert box.settle(1)
    assert done == []


@pytest.mark.parametrize("threads", [1, 4])
def test_turns_are_in_order_and_complete_whoever_gives(threads: int) -> None:
    given_out: list[int] = []
    turns: Turns[int] = Turns(given_out.append)
    order = threading.Lock()
    count = iter(range(10_000))

    def put() -> None:
        for _ in range(200):
            with order:
                turns.put(next(count))
            turns.give()

    workers = [threading.Thread(target=put) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    turns.give()
    assert given_out == list(range(200 * threads))


def test_whoever_comes_while_another_gives_does_not_wait() -> None:
    begun, free = threading.Event(), threading.Event()
    out: list[int] = []

    def give(one: int) -> None:
        out.append(one)
        if one == 1:
            begun.set()
            assert free.wait(30)

    turns: Turns[int] = Turns(give)
    turns.put(1)
    giver = threading.Thread(target=turns.give)
    giver.start()
    assert begun.wait(30)
    turns.put(2)
    turns.give()
    assert out == [1]
    free.set()
    giver.join()
    assert out == [1, 2]
