"""How the kiosk's log is written: one line an event, and tracebacks without values."""

from __future__ import annotations

import sys

import structlog


def write_plainly() -> None:
    """Set structlog up for this process.

    Left to itself it shows the values of all variables in a traceback wherever the package `rich`
    is installed: what a customer said would be in the log, and writing it takes minutes.
    """
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.StackInfoRenderer(),
            structlog.dev.set_exc_info,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.dev.ConsoleRenderer(
                colors=sys.stdout.isatty(), exception_formatter=structlog.dev.plain_traceback
            ),
        ]
    )
