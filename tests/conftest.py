"""A whole kiosk on a folder of its own, with a clock that the test moves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from apiflask import APIFlask

from kiosk.app import create_app
from kiosk.settings import Settings
from kiosk.web.wiring import EXTENSION, Wiring
from tests.support.visits import Visit


class FakeClock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data")


@pytest.fixture
def app(settings: Settings, clock: FakeClock) -> Iterator[APIFlask]:
    made = create_app(settings, clock=clock)
    yield made
    made.extensions[EXTENSION].close()


@pytest.fixture
def parts(app: APIFlask) -> Wiring:
    found: Wiring = app.extensions[EXTENSION]
    return found


@pytest.fixture
def visit(app: APIFlask) -> Visit:
    return Visit(app.test_client())
