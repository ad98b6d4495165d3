"""Sample requests for a demonstration, each marked so that no figure counts it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import uuid_utils

from kiosk.queue.queue import Queue
from kiosk.queue.tickets.request import Request
from kiosk.settings import Settings

#: Only ever in the demonstration's own folder, which is gone afterwards.
DEMO_LOGIN = ("demo", "quiet-lobby-2026")

#: Service, official term, lane, urgent, how they are served, who is served first.
SAMPLES: tuple[tuple[str, str, str, bool, str, str | None], ...] = (
    ("withdraw", "现金取款", "A", False, "large_text", "age_80"),
    ("loss_report", "正式挂失", "E", True, "voice", None),
    ("pension", "养老金、补贴领取", "A", False, "large_text", "age_60"),
    ("complaint", "投诉与建议", "D", False, "sign", None),
)


def fill(queue: Queue, settings: Settings) -> None:
    """A staff login and a few customers who wait."""
    name, password = DEMO_LOGIN
    queue.staff.add(name, "演示员工", "lobby", password, must_change=False)
    for sample in SAMPLES:
        queue.hand_over(Request.model_validate(sample_request(settings, *sample)))


def sample_request(
    settings: Settings,
    service: str,
    official: str,
    lane: str,
    urgent: bool,
    preset: str,
    group: str | None,
) -> dict[str, Any]:
    """One of `SAMPLES` as a request document, handed over now."""
    now = datetime.now(UTC).isoformat()
    task = {
        "id": "t1",
        "service": service,
        "official": official,
        "urgent": urgent,
        "lane": lane,
        "confirmed_at": now,
        "read_back": ["screen"],
    }
    return {
        "version": 1,
        "id": str(uuid_utils.uuid7()),
        "branch": settings.branch,
        "kiosk": settings.kiosks[0],
        "created_at": now,
        "language": settings.language,
        "communication": {"presets": [preset], "text_size": 4, "writing": preset == "sign"},
        "tasks": [task],
        "priority_group": group,
        "flags": ["demo", "urgent"] if urgent else ["demo"],
    }
