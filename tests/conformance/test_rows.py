"""Rows of the measurable accessibility requirements that need no browser, by their numbers.

Rows that are measured on rendered pages are in `tests/journeys/test_every_page.py`.
"""

from __future__ import annotations

import re

import pytest

from kiosk.content.loader import load
from kiosk.resources import STATIC
from kiosk.senses.speech.render import SENTENCE
from kiosk.session.events import Press
from kiosk.session.idle import IdlePolicy
from kiosk.session.keys import BINDINGS, DIGITS, KEYS, page_bindings
from kiosk.session.press import KEY_ACTIONS
from kiosk.session.profiles import PROFILES
from kiosk.session.reduce import reduce, simple_events
from kiosk.session.screens import SCREENS, World, current_prompt
from kiosk.session.state import State
from kiosk.session.switches import (
    CAP_HEIGHTS_MM,
    CUSTOMER_SIZES,
    PRESETS,
    RATES,
    THEMES,
    VOLUMES_DB,
    Switches,
    start_with,
)
from voices.speaking.pack import PACKS, packs
from voices.speaking.voice import PACES

#: Height of a hanzi's ink box as a share of the font size, Noto Sans CJK (字面率).
HANZI_SHARE = 0.92
CONTENT = load()
WORLD = World(CONTENT.catalog, "2026-11-24", ("zh-CN", "en"))
CSS = (STATIC / "tokens.css").read_text("utf-8")
STYLES = CSS + "".join((STATIC / f"{n}.css").read_text("utf-8") for n in ("customer", "display"))


def colours(theme: str) -> dict[str, str]:
    block = re.search(rf'\[data-theme="{theme}"\] \{{(.*?)\}}', CSS, re.S)
    assert block is not None
    return dict(re.findall(r"--([\w-]+): (#\w{6})", block[1]))


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours (WCAG 2.2, 1.4.3)."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def after(*keys: str) -> State:
    state = State()
    for key in keys:
        state, events = simple_events(state, Press(key), WORLD, current_prompt(state, WORLD))
        for event in events:
            state = reduce(state, event, WORLD)
    return state


def test_r01_hanzi_of_the_largest_two_steps() -> None:
    screen = PROFILES["kiosk-21"]
    for size in sorted(CUSTOMER_SIZES)[-2:]:
        assert screen.font_px(size) * HANZI_SHARE / screen.px_per_mm >= 7.3


def test_r03_four_text_sizes() -> None:
    ranges = {1: (3.5, 4.2), 2: (4.8, 5.6), 3: (6.4, 7.1), 4: (8.5, 9.0)}
    for size, (low, high) in ranges.items():
        assert low <= CAP_HEIGHTS_MM[size] <= high
    assert 1 not in CUSTOMER_SIZES, "the smallest is for staff pages only"


@pytest.mark.parametrize("theme", THEMES)
def test_r06_r08_every_pair_of_colours(theme: str) -> None:
    tokens = colours(theme)
    texts = [("ink", "paper"), ("ink", "card"), ("soft", "paper"), ("soft", "card")]
    texts += [("accent", "card"), ("accent", "accent-tint"), ("accent-ink", "accent")]
    texts += [("urgent-ink", "urgent"), ("ink", "urgent-tint"), ("urgent", "urgent-tint")]
    for front, back in texts:
        assert contrast(tokens[front], tokens[back]) >= 7, f"{front} on {back}"
    for edge in ("edge", "focus"):
        assert contrast(tokens[edge], tokens["paper"]) >= 3
        assert contrast(tokens[edge], tokens["card"]) >= 3


def test_r07_four_themes() -> None:
    def main(theme: str) -> float:
        return contrast(colours(theme)["ink"], colours(theme)["paper"])

    assert main("calm") >= 10
    assert main("white_on_black") >= 20
    assert main("black_on_white") >= 20
    assert 4.5 <= main("low_glare") <= 8


def test_r14_one_key_for_each_control_of_speech() -> None:
    assert {"repeat", "pause", "louder", "softer", "faster", "slower"} <= set(KEYS)
    assert {"louder", "softer", "faster", "slower"} <= set(KEY_ACTIONS)


def test_r21_volume_steps() -> None:
    assert max(VOLUMES_DB) - min(VOLUMES_DB) >= 18
    assert 12 in VOLUMES_DB


def test_r23_every_session_starts_from_defaults() -> None:
    assert after("digit1", "digit1", "digit1", "louder").switches != State().switches
    assert State() == State()


def test_r24_seven_rates() -> None:
    assert RATES == (0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0)


@pytest.mark.parametrize(
    ("language", "unit", "least", "most"),
    [("zh-CN", r"[\u4e00-\u9fff]", 180, 200), ("en", r"[\w'’-]+", 120, 125)],
)
def test_r24_default_pace(language: str, unit: str, least: int, most: int) -> None:
    """Characters or words a minute over every recorded sentence, with the silence after it."""
    pack = packs(PACKS)[language][0]
    said = [clip for clip in pack.clips.values() if clip.text.endswith(tuple("。！？.!?"))]
    count = sum(len(re.findall(unit, clip.text)) for clip in said)
    pace = PACES.get(language, 1.0)
    seconds = sum(clip.seconds / pace + SENTENCE for clip in said)
    assert least <= count / seconds * 60 <= most


def test_r24_the_large_text_is_read_out_slower() -> None:
    assert RATES[start_with("large_text", Switches()).rate] < 1.0


def test_r26_r27_inactivity() -> None:
    policy = IdlePolicy()
    assert 120 <= policy.warn_after <= 300
    assert policy.phase(policy.warn_after - 1) == "active"
    assert policy.phase(policy.warn_after + 44) == "warning"
    assert policy.phase(policy.warn_after + 45) == "over"


def test_r31_twelve_keys_are_enough() -> None:
    twelve = {key for code, key in BINDINGS["keypad"].items() if code.startswith("Numpad")}
    assert {*DIGITS, "back", "select"} <= twelve


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_r32_key_symbols_in_the_tutor(language: str) -> None:
    words = CONTENT.words(language)
    for key, symbol in (("select", "○"), ("back", "←"), ("cancel", "✕"), ("louder", "+")):
        assert symbol in words.text(f"screen.keys.key.{key}.why")
    assert all(words.has(f"{key}.ask") for key in SCREENS["keys"].keys)


def test_r34_repeats_of_a_held_key_are_ignored() -> None:
    script = (STATIC / "js" / "keys.js").read_text("utf-8")
    assert "event.repeat" in script
    assert set(page_bindings().values()) <= set(KEYS)


@pytest.mark.parametrize("key", ["digit5", "next", "repeat", "louder", "back", "pause"])
def test_r37_any_key_starts_voice_on_the_attract_screen(key: str) -> None:
    assert after(key).presets == ("voice",)


@pytest.mark.parametrize("preset", PRESETS)
def test_r37_each_way_has_its_key(preset: str) -> None:
    assert after(f"digit{list(PRESETS).index(preset) + 1}").presets == (preset,)


def test_r52_nothing_flashes_faster_than_once_a_second() -> None:
    seconds = [float(found) for found in re.findall(r"animation: \w+ ([\d.]+)s", STYLES)]
    assert seconds
    assert min(seconds) >= 1
    assert "prefers-reduced-motion" in CSS
