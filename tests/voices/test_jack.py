"""The headphone socket, by the kernel's own events over a pipe."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from voices import jack
from voices.jack import EV_SW, EVENT, SW_HEADPHONE_INSERT, Jack, find, is_plugged

LISTING = """\
I: Bus=0003 Vendor=04d9 Product=1702 Version=0101
N: Name="USB Keyboard"
H: Handlers=sysrq kbd event3 leds
B: EV=120013

I: Bus=0000 Vendor=0000 Product=0000 Version=0000
N: Name="HDA Intel PCH Mic"
H: Handlers=event7
B: EV=21
B: SW=10

I: Bus=0000 Vendor=0000 Product=0000 Version=0000
N: Name="HDA Intel PCH Front Headphone"
H: Handlers=event8
B: EV=21
B: SW=4
"""


def until(come: Callable[[], bool], seconds: float = 5.0) -> None:
    end = time.monotonic() + seconds
    while not come():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.005)


def test_the_socket_is_found_among_the_input_devices(tmp_path: Path) -> None:
    listing = tmp_path / "devices"
    listing.write_text(LISTING)
    assert find(listing) == Path("/dev/input/event8")
    listing.write_text(LISTING.replace("SW=4", "SW=1"))
    assert find(listing) is None
    assert find(tmp_path / "nowhere") is None


def test_plug_and_unplug_are_told_once_each_and_a_lost_socket_is_unplugged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Given a socket
    monkeypatch.setattr(jack, "RETRY", 0.05)
    pipe = tmp_path / "event8"
    os.mkfifo(pipe)
    told: list[bool] = []
    watching = Jack(told.append, lambda: pipe if pipe.exists() else None)
    writer = os.open(pipe, os.O_RDWR)
    watching.start()

    def switch(value: int, code: int = SW_HEADPHONE_INSERT) -> None:
        os.write(writer, EVENT.pack(0, 0, EV_SW, code, value) + EVENT.pack(0, 0, 0, 0, 0))

    # When the plug goes in, trembles, and out
    switch(1)
    switch(1)
    until(lambda: told == [True])
    switch(1, code=4)
    switch(0)
    until(lambda: told == [True, False])
    switch(1)
    until(lambda: told == [True, False, True])
    # When the card itself goes
    pipe.unlink()
    os.close(writer)
    # Then the plug is out, so that nothing private is said aloud
    until(lambda: told == [True, False, True, False])
    watching.close()


def test_whoever_is_told_may_fail_and_the_socket_is_followed_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jack, "RETRY", 0.05)
    pipe = tmp_path / "event8"
    os.mkfifo(pipe)
    told: list[bool] = []

    def fails(plugged: bool) -> None:
        told.append(plugged)
        raise ZeroDivisionError

    watching = Jack(fails, lambda: pipe)
    writer = os.open(pipe, os.O_RDWR)
    watching.start()
    for value in (1, 0, 1):
        os.write(writer, EVENT.pack(0, 0, EV_SW, SW_HEADPHONE_INSERT, value))
    until(lambda: told == [True, False, True])
    watching.close()
    os.close(writer)


def test_a_device_that_cannot_say_is_taken_as_unplugged(tmp_path: Path) -> None:
    file = tmp_path / "none"
    file.touch()
    device = os.open(file, os.O_RDONLY)
    assert not is_plugged(device)
    os.close(device)
