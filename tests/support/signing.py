"""Watching the signer in a real browser: which clip, which colour, which words under it."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.support.clips import COLOURS

#: The video in front, and the colour in its middle, read through a canvas.
VIDEO = ".signer-video:not(.signer-next), .greeting"
SAMPLE = """selector => {
  const video = document.querySelector(selector);
  const canvas = Object.assign(document.createElement('canvas'), {width: 8, height: 8});
  const context = canvas.getContext('2d');
  context.drawImage(video, 0, 0, 8, 8);
  const [red, green, blue, seen] = context.getImageData(4, 4, 1, 1).data;
  return seen ? [red, green, blue] : null;
}"""
FRONT = """() => {
  const root = document.querySelector('#signer');
  const video = document.querySelector('.signer-video:not(.signer-next)');
  return {
    clip: video?.dataset.clip ?? null,
    time: video?.currentTime, ended: video?.ended, paused: video?.paused,
    rate: video?.playbackRate, duration: video?.duration,
    frames: video?.getVideoPlaybackQuality().totalVideoFrames,
    cues: [...(video?.textTracks[0]?.activeCues ?? [])].map((cue) => cue.text),
    state: root?.dataset.state, gaps: root?.dataset.gaps ?? '',
  };
}"""


#: In one look, so that the next clip can't come between: the clip in front, and its colour.
SEEN = (
    f"() => {{ const colour = ({SAMPLE})({VIDEO!r}), one = document.querySelector({VIDEO!r});"
    " return colour && one.readyState >= 2 ? [one.dataset.clip, colour] : null; }"
)


def clip_seen(page: Page) -> tuple[str, str]:
    """The clip that is seen now, and which of our colours its picture has."""
    clip, colour = page.wait_for_function(SEEN).json_value()
    return clip, _named(colour)


def playlist(page: Page) -> list[str]:
    """The clips of this page in their order."""
    found: list[str] = page.evaluate(
        "() => JSON.parse(document.querySelector('#signer').dataset.playlist).map((i) => i.clip)"
    )
    return found


def front(page: Page) -> dict[str, Any]:
    """The video that is seen now."""
    found: dict[str, Any] = page.evaluate(FRONT)
    return found


def colour_seen(page: Page, selector: str = VIDEO) -> str:
    """Which of our colours the picture has."""
    if selector != VIDEO:
        page.evaluate("s => document.querySelector(s).play()", selector)
    page.wait_for_function("s => document.querySelector(s)?.readyState >= 2", arg=selector)
    return _named(page.wait_for_function(SAMPLE, arg=selector).json_value())


def _named(colour: list[int]) -> str:
    return min(
        COLOURS,
        key=lambda name: sum(abs(a - b) for a, b in zip(colour, COLOURS[name], strict=True)),
    )


def wait_for_end(page: Page) -> None:
    expect(page.locator("#signer")).to_have_attribute("data-state", re.compile("ended"))
