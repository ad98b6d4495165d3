"""A whole kiosk on a folder of its own, with a clock that the test moves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from hypothesis import HealthCheck
from hypothesis import settings as profiles

from kiosk.app import create_app
from kiosk.content import source
from kiosk.content.loader import Content, load
from kiosk.logs import write_plainly
from kiosk.queue.people import passwords
from kiosk.settings import Settings
from kiosk.web.wiring import EXTENSION, Wiring
from tests.support.client import SettledClient
from tests.support.visits import Visit

# `tests.support.examples` scales a test's own number by these. A busy machine is no mistake.
profiles.register_profile("daily", deadline=None, suppress_health_check=[HealthCheck.too_slow])
profiles.register_profile("nightly", profiles.get_profile("daily"), max_examples=2_000)
profiles.load_profile("daily")

# As the kiosk does, for tests that make its parts without its command.
write_plainly()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is long by design runs only when it is asked for: `make nightly`."""
    if "nightly" in config.option.markexpr:
        return
    by_night = [item for item in items if item.get_closest_marker("nightly")]
    if by_night:
        config.hook.pytest_deselected(items=by_night)
        items[:] = [item for item in items if item not in by_night]


CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(autouse=True, scope="session")
def quick_passwords() -> Iterator[None]:
    """Passwords that cost next to nothing; what they cost customers is tested in the queue."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "PasswordHasher", lambda: CHEAP)
        yield


@pytest.fixture(autouse=True, scope="session")
def parsed_once() -> Iterator[None]:
    """The same text gives the same data: hundreds of tests read our whole content."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source, "parsed", lru_cache(maxsize=500)(source.parsed))
        yield


@pytest.fixture(scope="session")
def shipped() -> Content:
    """Our own content, read once."""
    return load()


class FakeClock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture(autouse=True)
def _looks_once_all_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Flask, "test_client_class", SettledClient)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    # No test waits out another program's lock.
    return Settings(data=tmp_path / "data", busy_timeout_ms=200)


@pytest.fixture
def app(settings: Settings, clock: FakeClock, shipped: Content) -> Iterator[Flask]:
    made = create_app(settings, clock=clock, content=None if settings.content else shipped)
    yield made
    made.extensions[EXTENSION].close()


@pytest.fixture
def parts(app: Flask) -> Wiring:
    found: Wiring = app.extensions[EXTENSION]
    return found


@pytest.fixture
def visit(app: Flask) -> Visit:
    return Visit(app.test_client())
