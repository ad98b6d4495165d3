"""Captions: the prompt's own words as WebVTT, sentence by sentence over the clip's length."""

from __future__ import annotations

import re
from collections.abc import Callable

#: After the mark that ends a sentence; a full stop only before a space or the end.
_ENDS = re.compile(r"(?<=[。！？；!?;])\s*|(?<=\.)\s+|\n+")


def webvtt(text: str, duration_ms: int) -> str:
    """WebVTT whose cues fill the whole clip, each as long as its share of the characters."""
    cues = [part.strip() for part in _ENDS.split(text) if part.strip()]
    total = sum(map(len, cues))
    lines, passed = ["WEBVTT", ""], 0
    for cue in cues:
        begin = duration_ms * passed // total
        passed += len(cue)
        end = duration_ms * passed // total
        lines += [f"{_stamp(begin)} --> {_stamp(end)}", _escaped(cue), ""]
    return "\n".join(lines)


def filled(vtt: str, fill: Callable[[str], str]) -> str:
    """Captions with what the customer sees put in for each ``{placeholder}``."""
    return re.sub(r"\{([a-z_]+)\}", lambda found: _escaped(fill(found[1])), vtt)


def _stamp(ms: int) -> str:
    seconds, rest = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}.{rest:03d}"


def _escaped(text: str) -> str:
    """WebVTT knows tags and entities; ours is plain text (WebVTT 3.5)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
