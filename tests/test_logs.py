"""What a log may hold: what happened, never what anybody said."""

from __future__ import annotations

import pytest
import structlog

from kiosk.logs import write_plainly

SAID = "我的卡号是六二二二"


def test_a_traceback_shows_no_values(capsys: pytest.CaptureFixture[str]) -> None:
    # `rich` is installed here, for other packages: with it structlog would show them.
    pytest.importorskip("rich")
    write_plainly()
    _fail(SAID)
    written = capsys.readouterr().out
    assert "went_wrong" in written
    assert "ZeroDivisionError" in written
    assert SAID not in written


def _fail(said: str) -> None:
    try:
        len(said) / 0
    except ZeroDivisionError:
        structlog.get_logger().exception("went_wrong")
