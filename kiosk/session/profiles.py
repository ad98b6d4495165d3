"""Screens: how many CSS pixels a millimetre is, so that sizes are real sizes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.session.switches import CAP_HEIGHTS_MM

#: Cap height of Noto Sans CJK as a share of the font size (OS/2 sCapHeight 733 of 1000).
CAP_SHARE = 0.733


@dataclass(frozen=True, slots=True)
class ScreenProfile:
    id: str
    px_per_mm: float
    note: str

    def font_px(self, size: int) -> float:
        """Font size in CSS px whose capitals have the cap height of that text size."""
        return round(CAP_HEIGHTS_MM[size] / CAP_SHARE * self.px_per_mm, 2)


PROFILES: Mapping[str, ScreenProfile] = {
    profile.id: profile
    for profile in (
        ScreenProfile("kiosk-21", 1 / 0.248, "21.5-inch 1080p, either way up: 0.248 mm a pixel"),
        ScreenProfile("kiosk-27", 1 / 0.311, "27-inch 1080p: 0.311 mm a pixel"),
        ScreenProfile("kiosk-32", 1 / 0.369, "32-inch 1080p: 0.369 mm a pixel"),
        ScreenProfile("tablet-10", 149 / 25.4, "10.1-inch tablet, 1280 by 800 CSS pixels"),
    )
}
