"""Whose an address is."""

from __future__ import annotations

STAFF_PREFIXES = ("/staff", "/studio")


def is_staff_path(path: str) -> bool:
    return any(path == prefix or path.startswith(f"{prefix}/") for prefix in STAFF_PREFIXES)
