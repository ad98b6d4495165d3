"""Errands: each name once at a time, and none is dead for ever."""

from __future__ import annotations

import threading

import pytest

from kiosk.session.errands import ThreadErrands


def test_an_errand_that_no_thread_could_be_had_for_is_begun_by_whoever_asks_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    errands, done = ThreadErrands(), threading.Event()

    def none_left(thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as machine:
        machine.setattr(threading.Thread, "start", none_left)
        assert not errands.run("tick:K1", done.set, 1.0)
        assert errands.settle(1.0)
    assert not done.is_set()
    assert errands.run("tick:K1", done.set, 20.0)
    assert done.is_set()
