"""Footage made fit to show, by ffmpeg: constant 30 frames a second, no sound, a poster, captions.

One pass decodes once and writes H.264 and VP9 (a browser plays at least one of them) and the
poster. Only plain video containers are opened, from a file, so that footage can't make ffmpeg read
anything else.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from kiosk.sign.errors import Refused

FPS = 30
HEIGHT = 720
#: A prompt is a sentence or two; two minutes is far more than any needs (seconds).
SHORTEST, LONGEST = 0.5, 120.0
#: Footage as it comes: two minutes of a good camera's 4K are less (bytes).
LARGEST = 1_000_000_000
#: Free space that must remain beside the footage (bytes).
SPARE = 200_000_000
_SAFE = (
    *("-protocol_whitelist", "file"),
    *("-format_whitelist", "mov,mp4,matroska,webm,avi,mpegts,mpeg,ogg,mjpeg"),
)
_BASE = ("-hide_banner", "-nostdin", "-loglevel", "error")
_FULL = "No space left on device"


@dataclass(frozen=True, slots=True)
class Trim:
    """What is kept of the footage, in seconds; `end` None is to its end."""

    start: float = 0.0
    end: float | None = None


@dataclass(frozen=True, slots=True)
class Normalised:
    """The files made, and what they are."""

    mp4: Path
    webm: Path
    poster: Path
    duration_ms: int
    fps: float
    width: int
    height: int


def normalise(
    source: Path,
    folder: Path,
    trim: Trim = Trim(),
    *,
    on_progress: Callable[[float], None] = lambda share: None,
    stop: threading.Event | None = None,
) -> Normalised:
    """Make the files of a clip in `folder`. `on_progress` gets the share done, 0 to 1.

    Raises `Refused`: empty, not_video, too_long, too_short, bad_trim, disk_full, no_ffmpeg.
    """
    size = source.stat().st_size
    if size == 0:
        raise Refused("empty", f"{source.name} holds nothing")
    if size > LARGEST:
        raise Refused("too_large", f"{source.name} has {size} bytes, at most {LARGEST}")
    if shutil.disk_usage(folder).free < size + SPARE:
        raise Refused("disk_full", f"{folder} has too little room")
    length = _length(probe(source))
    if trim.start < 0 or (trim.end is not None and trim.end <= trim.start):
        raise Refused("bad_trim", f"from {trim.start} to {trim.end} s is nothing")
    kept = _kept(length, trim)
    if kept is not None and kept > LONGEST:
        raise Refused("too_long", f"{kept:.0f} s, at most {LONGEST:.0f} s")
    made = {name: folder / f"clip.{name}" for name in ("mp4", "webm", "jpg")}
    _run(_command(source, trim, made), kept or LONGEST, on_progress, stop)
    return _described(made)


def probe(path: Path) -> dict[str, Any]:
    """What ffprobe says of a file's first video stream and its container. Raises `Refused`."""
    command = [_tool("ffprobe"), *_SAFE, "-v", "error", "-select_streams", "v:0", "-of", "json"]
    command += ["-show_entries", "stream=codec_name,width,height,avg_frame_rate:format=duration"]
    # The tool was found on the path; footage is only ever a file name of ours.
    done = subprocess.run(  # noqa: S603
        [*command, str(path)], capture_output=True, text=True, check=False, timeout=60
    )
    try:
        found: dict[str, Any] = json.loads(done.stdout or "{}")
    except ValueError:
        found = {}
    if done.returncode or not found.get("streams"):
        raise Refused("not_video", f"{path.name}: {done.stderr.strip()[:200] or 'no picture'}")
    return found


def _length(found: dict[str, Any]) -> float | None:
    """Seconds, or None where the container doesn't say, as a browser's VP9 recording."""
    try:
        return float(found["format"]["duration"])
    except (KeyError, ValueError):
        return None


def _kept(length: float | None, trim: Trim) -> float | None:
    ends = [end for end in (length, trim.end) if end is not None]
    return max(0.0, min(ends) - trim.start) if ends else None


def _command(source: Path, trim: Trim, made: dict[str, Path]) -> list[str]:
    cut = ["-ss", f"{trim.start:.3f}"] if trim.start else []
    # One second over the longest, so that too long is seen without doing all of it.
    most = LONGEST + 1 if trim.end is None else min(trim.end - trim.start, LONGEST + 1)
    shape = f"scale=-2:'min({HEIGHT},ih)',setsar=1,fps={FPS},format=yuv420p"
    return [
        *(_tool("ffmpeg"), *_BASE, *_SAFE, "-y", *cut, "-t", f"{most:.3f}", "-i", str(source)),
        *("-filter_complex", f"[0:v:0]{shape},split=3[a][b][c];[c]thumbnail=15[p]"),
        *("-map", "[a]", "-c:v", "libx264", "-preset", "veryfast", "-crf", "23"),
        *("-g", str(FPS), "-movflags", "+faststart", "-map_metadata", "-1", str(made["mp4"])),
        *("-map", "[b]", "-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8"),
        *("-row-mt", "1", "-crf", "33", "-b:v", "0", "-g", str(FPS), "-map_metadata", "-1"),
        str(made["webm"]),
        *("-map", "[p]", "-frames:v", "1", "-q:v", "4", "-map_metadata", "-1", str(made["jpg"])),
        *("-progress", "pipe:1", "-stats_period", "0.2"),
    ]


def _run(
    command: list[str],
    seconds: float,
    on_progress: Callable[[float], None],
    stop: threading.Event | None,
) -> None:
    process = subprocess.Popen(  # noqa: S603 (as in probe)
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    out, err = cast(IO[str], process.stdout), cast(IO[str], process.stderr)
    errors: list[str] = []
    reader = threading.Thread(target=lambda: errors.append(err.read()))
    reader.start()
    try:
        for line in out:
            name, _, value = line.strip().partition("=")
            if name == "out_time_us" and value.lstrip("-").isdigit():
                on_progress(min(0.99, max(0.0, int(value) / 1e6 / seconds)))
            if stop is not None and stop.is_set():
                process.terminate()
    finally:
        out.close()
        code = process.wait()
        reader.join()
        err.close()
    if code:
        said = "".join(errors).strip()
        if _FULL in said:
            raise Refused("disk_full", said[-200:])
        raise Refused("not_video", said[-200:] or f"ffmpeg ended with {code}")


def _described(made: dict[str, Path]) -> Normalised:
    if any(not path.exists() or path.stat().st_size == 0 for path in made.values()):
        raise Refused("too_short", "there is no picture in what was kept")
    found = probe(made["mp4"])
    seconds, stream = _length(found) or 0.0, found["streams"][0]
    if seconds < SHORTEST:
        raise Refused("too_short", f"{seconds:.1f} s, at least {SHORTEST} s")
    if seconds > LONGEST:
        raise Refused("too_long", f"over {LONGEST:.0f} s")
    above, _, below = str(stream["avg_frame_rate"]).partition("/")
    return Normalised(
        mp4=made["mp4"],
        webm=made["webm"],
        poster=made["jpg"],
        duration_ms=round(seconds * 1000),
        fps=round(int(above) / int(below or 1), 3),
        width=int(stream["width"]),
        height=int(stream["height"]),
    )


def _tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise Refused("no_ffmpeg", f"{name} isn't here: apt-get install ffmpeg")
    return found
