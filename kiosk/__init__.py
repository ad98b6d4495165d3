"""Wuai (无碍): the accessibility-first bank kiosk."""

__version__ = "0.1.0"
