"""People, requests and a clock for the stories of the queue."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import uuid_utils

from kiosk.queue import Request, StaffRef

MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # nine o'clock in Shanghai

FANG = StaffRef("staff-fang", "王芳", "counter")
LI = StaffRef("staff-li", "李强", "counter")
MEI = StaffRef("staff-mei", "陈梅", "manager")
SU = StaffRef("staff-su", "苏静", "sign_officer")
ROOT = StaffRef("staff-root", "系统管理员", "admin")


@dataclass
class Clock:
    """A clock that moves when told to."""

    now: datetime = field(default=MORNING)

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **duration: float) -> None:
        self.now += timedelta(**duration)


def task(ident: str = "t1", **other: Any) -> dict[str, Any]:
    return {
        "id": ident,
        "service": "report_loss",
        "official": "正式挂失",
        "confirmed_at": MORNING.isoformat(),
        "read_back": ["voice"],
        **other,
    }


def request(
    *,
    tasks: int = 1,
    presets: tuple[str, ...] = (),
    lane: str = "A",
    parts: list[dict[str, Any]] | None = None,
    **other: Any,
) -> Request:
    return Request.model_validate(
        {
            "id": str(uuid_utils.uuid7()),
            "branch": "nanjing-road",
            "kiosk": "kiosk-1",
            "created_at": MORNING.isoformat(),
            "language": "zh-Hans",
            "communication": {"presets": list(presets)},
            "tasks": parts or [task(f"t{n + 1}", lane=lane) for n in range(tasks)],
            **other,
        }
    )
