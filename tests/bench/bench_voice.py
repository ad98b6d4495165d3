"""How soon the kiosk speaks, falls silent and answers: at the monitor of a null sink, in real time.

Also what it costs to sit and listen, and the memory of each recogniser.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from kiosk.app import create_app
from kiosk.session.events import Headset, Press, Put, Start
from kiosk.settings import Settings
from kiosk.web.wiring import EXTENSION, Wiring
from tests.bench.figures import Figure, quantile, report
from tests.support.models import MODELS
from tests.support.pulse import Pulse, Recording, pulse
from tests.support.sounds import PACE
from voices.codec import stretch
from voices.models import installed
from voices.speaking.line import Line, Phrase

RATE = 24_000
#: Louder than this at the monitor is speech.
LOUD = 0.003
IDLE_SECONDS = 10


def onset(recording: Recording, since: int, *, within: float = 3.0) -> float | None:
    """Milliseconds from sample `since` to the first loud one."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        loud = np.nonzero(np.abs(recording.samples()[since:]) > LOUD)[0]
        if len(loud):
            return float(loud[0]) / RATE * 1000
        time.sleep(0.01)
    return None


def silence(recording: Recording, since: int) -> float:
    """Milliseconds from sample `since` to the last loud one."""
    time.sleep(0.5)
    loud = np.nonzero(np.abs(recording.samples()[since:]) > LOUD)[0]
    return float(loud[-1]) / RATE * 1000 if len(loud) else 0.0


def first_sounds(parts: Wiring, sound: Pulse, rounds: int) -> tuple[list[float], list[float]]:
    """Event to first sound, and any input to silence."""
    session = parts.stations.first.session
    starts, ends = [], []
    with sound.recording() as recording:
        for count in range(rounds):
            for event in (Start("voice"), Press("digit1"), Press("digit1"), Press("digit1")):
                since = len(recording.samples())
                session.dispatch(event)
                found = onset(recording, since)
                if found is not None:
                    starts.append(found)
                time.sleep(0.3)
                since = len(recording.samples())
                session.dispatch(Press("talk"))
                ends.append(silence(recording, since))
            session.dispatch(Press("cancel"))
            session.dispatch(Press("digit2"))
            print(f"       round {count + 1} of {rounds}", file=sys.stderr)
    return starts, ends


def answers(parts: Wiring, sound: Pulse, rounds: int) -> list[float]:
    """End of the customer's speech to the first sound of what follows."""
    session, companion = parts.stations.first.session, parts.stations.first.companion
    voice = parts.voices.voice("zh-CN")
    said = stretch(voice.sound(Line((Phrase("卡或存折丢了"),), "")), PACE)
    found = []
    with sound.recording("micfeed") as spoken, sound.recording() as heard:
        for _ in range(rounds):
            session.dispatch(Put("voice", "on"))
            session.dispatch(Press("talk"))
            wait(lambda: companion.view.listening)
            time.sleep(0.6)
            spoken_at, heard_at = len(spoken.samples()), len(heard.samples())
            sound.play(said)
            first = onset(heard, heard_at)
            loud = np.nonzero(np.abs(spoken.samples()[spoken_at:]) > LOUD)[0]
            if first is not None and len(loud):
                found.append(first - float(loud[-1]) / RATE * 1000)
            session.dispatch(Press("cancel"))
            session.dispatch(Press("digit2"))
            session.dispatch(Start("voice"))
    return found


def wait(come: Callable[[], bool], seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not come() and time.monotonic() < until:
        time.sleep(0.01)


def idle(parts: Wiring) -> float:
    """Percent of a core while it listens and nobody speaks."""
    session, companion = parts.stations.first.session, parts.stations.first.companion
    session.dispatch(Start("voice"))
    session.dispatch(Press("talk"))
    wait(lambda: companion.view.listening)
    time.sleep(2)
    before = resource.getrusage(resource.RUSAGE_SELF)
    time.sleep(IDLE_SECONDS)
    after = resource.getrusage(resource.RUSAGE_SELF)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return 100 * used / IDLE_SECONDS


MEMORY = """
from pathlib import Path
from voices.hearing.registry import LOADERS
from voices.models import listed
def rss():
    lines = Path('/proc/self/status').read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith('VmRSS')) / 1024
before = rss()
model = listed()[{name!r}]
made = LOADERS[model.kind](Path({folder!r}), model, list(model.languages))
print(rss() - before)
"""


def memory() -> list[Figure]:
    figures = []
    for model in installed(MODELS):
        program = MEMORY.format(name=model.name, folder=str(MODELS))
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True
        )
        held = float(done.stdout.splitlines()[-1])
        figures.append(Figure(f"memory of {model.name}", held, None, "MB"))
    return figures


def main() -> int:
    rounds = 3 if "--quick" in sys.argv else 10
    with pulse() as sound, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "models").symlink_to(MODELS)
        app = create_app(Settings(data=folder, sound="card", hearing="card"))
        parts: Wiring = app.extensions[EXTENSION]
        parts.stations.start()
        parts.voices.recognizers.wait("zh-CN", 60)
        time.sleep(10)
        starts, ends = first_sounds(parts, sound, rounds)
        turns = answers(parts, sound, rounds)
        sitting = idle(parts)
        parts.stations.first.session.dispatch(Headset(plugged=False))
        parts.close()
    figures = [
        Figure("event to first sound, p95", quantile(starts, 0.95), 150, "ms"),
        Figure("any input to silence, p95", quantile(ends, 0.95), 100, "ms"),
        Figure("CPU while listening to nobody", sitting, 3, "%"),
        *memory(),
    ]
    if turns:
        name = "end of the customer's speech to the first sound of what follows, p95"
        figures.append(Figure(name, quantile(turns, 0.95), 600, "ms"))
    return report(figures)


if __name__ == "__main__":
    sys.exit(main())
