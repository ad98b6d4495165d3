"""The process dies at any moment around a hand-over: confirmed means stored, and once."""

from __future__ import annotations

import contextlib
import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from kiosk.cli.opened import opened
from kiosk.settings import Settings

pytestmark = pytest.mark.long

VALUES = ("large_text", "account", "balance")


class Customer:
    """A browser without scripts that survives the kiosk's restarts."""

    def __init__(self, port: int) -> None:
        self.where = f"http://127.0.0.1:{port}"
        jar = urllib.request.HTTPCookieProcessor(CookieJar())
        self.opener = urllib.request.build_opener(jar)
        self.html = ""
        self.url = ""

    def get(self) -> None:
        self._met(self.opener.open(f"{self.where}/", timeout=10))

    def choose(self, value: str) -> None:
        fields = dict(re.findall(r'name="(csrf_token|step)" value="([^"]*)"', self.html))
        form = urllib.parse.urlencode({**fields, "value": value}).encode()
        self._met(self.opener.open(f"{self.where}/do/choose", form, timeout=10))

    def _met(self, answer: object) -> None:
        self.html = answer.read().decode()  # type: ignore[attr-defined]
        self.url = answer.url  # type: ignore[attr-defined]


def start(port: int, data: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "kiosk", "serve", "--port", str(port), "--data", str(data)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    # A busy machine takes its time to start one.
    for _ in range(1200):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=1).close()
            return server
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise AssertionError("the kiosk never started")


def kill(server: subprocess.Popen[bytes]) -> None:

    os.killpg(server.pid, signal.SIGKILL)
    server.wait()
    # Its workers hold the database until they are gone as well.
    patience = time.monotonic() + 5
    while time.monotonic() < patience:
        try:
            os.killpg(server.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.02)


def to_the_last_press(customer: Customer) -> None:
    """Up to the page whose answer hands the request over."""
    customer.get()
    for value in VALUES:
        customer.choose(value)
    while "/closing/" not in customer.url:
        if customer.url.endswith("/review"):
            customer.choose("confirm")
        elif customer.url.endswith("/done"):
            customer.choose("no")
        else:
            offered = re.findall(r'name="value" value="([^"]+)"', customer.html)
            customer.choose("unknown" if "unknown" in offered else offered[0])


@pytest.mark.parametrize("rounds", [1, pytest.param(10, marks=pytest.mark.nightly)])
def test_a_request_is_there_exactly_once(tmp_path: Path, rounds: int) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    dice = random.Random(7)
    for _ in range(rounds):
        # Given a customer about to press for their number
        server = start(port, tmp_path)
        customer = Customer(port)
        to_the_last_press(customer)
        # When the power goes at some moment around the press
        timer = subprocess.Popen(
            ["sh", "-c", f"sleep {dice.uniform(0, 0.03):.4f}; kill -9 -{server.pid}"]
        )
        with contextlib.suppress(OSError):
            customer.choose("none")
        timer.wait()
        server.wait()
        # Then after the start the visit goes on, and the number is there
        server = start(port, tmp_path)
        customer.get()
        if "/closing/" in customer.url:
            customer.choose("none")
        for _ in range(20):
            if customer.url.endswith("/ticket"):
                break
            time.sleep(0.25)
            customer.get()
        assert customer.url.endswith("/ticket")
        customer.choose("end")
        kill(server)
    with opened(Settings(data=tmp_path)) as queue:
        rows = queue.open_tickets("branch-1")
    numbers = [row.number for row in rows]
    assert len(numbers) == len(set(numbers)) == rounds


def test_a_normal_stop_leaves_nothing_half_written(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = start(port, tmp_path)
    customer = Customer(port)
    to_the_last_press(customer)
    customer.choose("none")
    # When it is stopped while a page follows it
    with customer.opener.open(f"{customer.where}/live?tab=ab", timeout=10) as following:
        following.readline()
        os.kill(server.pid, signal.SIGTERM)
        assert server.wait(timeout=60) == 0
    # Then what was written is in the database itself, not in a log beside it
    database = Settings(data=tmp_path).database
    assert database.exists()
    assert not database.with_name(f"{database.name}-wal").exists()
