from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from kiosk.settings import Settings
from tests.support.browser import Kiosk, chromium, running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[Kiosk]:
    with running(Settings(data=tmp_path / "data")) as one:
        yield one
