"""Which colours."""

from __future__ import annotations

from kiosk.session.screens.one_switch import one_switch
from kiosk.session.switches import THEMES

SCREEN = one_switch(
    "settings_theme",
    "/settings/colours",
    switch="theme",
    options=dict.fromkeys(THEMES, "contrast"),
)
