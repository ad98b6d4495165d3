"""Guessing others' numbers is slowed down, by kiosk and by branch."""

from __future__ import annotations

import threading

from kiosk.web.guesses import AT_BRANCH, AT_KIOSK, WINDOW, Guesses


class Seconds:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_kiosk_has_so_many_wrong_ones_an_hour() -> None:
    seconds = Seconds()
    guesses = Guesses(seconds)
    assert all(guesses.begin("K1") for _ in range(AT_KIOSK))
    assert guesses.begin("K1") is None
    # Another kiosk goes on, and this one an hour later
    assert guesses.begin("K2") is not None
    seconds.now += WINDOW - 1
    assert guesses.begin("K1") is None
    seconds.now += 1
    assert guesses.begin("K1") is not None


def test_right_ones_count_for_nothing() -> None:
    guesses = Guesses(Seconds())
    for _ in range(10 * AT_BRANCH):
        made = guesses.begin("K1")
        assert made is not None
        guesses.forgive(made)


def test_eight_kiosks_that_guess_at_once_have_no_more_than_their_branch() -> None:
    guesses, let = Guesses(Seconds()), threading.Barrier(8)
    tried: list[bool] = []

    def guess(kiosk: str) -> None:
        let.wait(60)
        tried.extend(guesses.begin(kiosk) is not None for _ in range(AT_KIOSK + 3))

    threads = [threading.Thread(target=guess, args=(f"K{n}",)) for n in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert tried.count(True) == AT_BRANCH
