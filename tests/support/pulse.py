"""A sound system of the tests' own: PulseAudio with a loudspeaker and a microphone of nothing.

`spk` is a sink whose monitor hears what is played; what is played into `micfeed` is what the
microphone `mic` picks up.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from voices import devices
from voices.codec import wav
from voices.sound import Samples, Sound

SCRIPT = """
load-module module-native-protocol-unix auth-anonymous=1 socket={socket}
load-module module-null-sink sink_name=spk rate=48000
load-module module-null-sink sink_name=micfeed rate=48000
load-module module-remap-source master=micfeed.monitor source_name=mic
set-default-sink spk
set-default-source mic
"""
AVAILABLE = shutil.which("pulseaudio") is not None and shutil.which("pactl") is not None


@dataclass
class Pulse:
    """A running server."""

    folder: Path
    process: subprocess.Popen[bytes]

    def crash(self) -> None:
        """The sound system is gone, with whatever is played and heard through it."""
        self.process.kill()
        self.process.wait()

    def restart(self) -> None:
        self.process = _started(self.folder)

    def pactl(self, *words: str) -> str:
        done = subprocess.run(["pactl", *words], capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def play(self, sound: Sound, sink: str = "micfeed") -> None:
        """Say something into the microphone; returns when it is over."""
        path = self.folder / "said.wav"
        path.write_bytes(wav(sound))
        subprocess.run(["paplay", f"--device={sink}", str(path)], check=True)

    @contextmanager
    def recording(self, sink: str = "spk") -> Iterator[Recording]:
        """What a sink plays while the block runs."""
        path = self.folder / f"{sink}.raw"
        with path.open("wb") as file:
            recorder = subprocess.Popen(
                [
                    *("parec", f"--device={sink}.monitor", "--raw", "--format=s16le"),
                    *("--rate=24000", "--channels=1", "--latency-msec=10"),
                ],
                stdout=file,
            )
            recording = Recording(path)
            recording.wait_until_running()
            try:
                yield recording
            finally:
                recorder.terminate()
                recorder.wait()


@dataclass
class Recording:
    """A growing file of what was played."""

    path: Path

    def wait_until_running(self) -> None:
        until = time.monotonic() + 5
        while not self.path.stat().st_size and time.monotonic() < until:
            time.sleep(0.01)

    def samples(self) -> Samples:
        raw = self.path.read_bytes()
        return np.frombuffer(raw[: len(raw) // 2 * 2], "<i2").astype(np.float32) / np.float32(32768)

    @property
    def seconds(self) -> float:
        return self.path.stat().st_size / 2 / 24_000


@contextmanager
def pulse() -> Iterator[Pulse]:
    """Start a server for this process and what it starts; end it afterwards."""
    before = {name: os.environ.get(name) for name in ("PULSE_SERVER", "XDG_RUNTIME_DIR")}
    with tempfile.TemporaryDirectory(prefix="pulse") as name:
        folder = Path(name)
        os.environ["XDG_RUNTIME_DIR"] = name
        os.environ["PULSE_SERVER"] = f"unix:{folder / 'socket'}"
        running = Pulse(folder, _started(folder))
        try:
            devices.refresh()
            yield running
        finally:
            running.crash()
            for key, value in before.items():
                if value is None:
                    os.environ.pop(key, None)
                else:
                    os.environ[key] = value
            devices.refresh()


def _started(folder: Path) -> subprocess.Popen[bytes]:
    script = folder / "pulse.pa"
    script.write_text(SCRIPT.format(socket=folder / "socket"))
    for left in ("socket", "pulse/pid", "pulse/native"):
        (folder / left).unlink(missing_ok=True)
    process = subprocess.Popen(
        [
            *("pulseaudio", "-n", "-F", str(script), "--daemonize=no", "--exit-idle-time=-1"),
            *("--disallow-exit", "--realtime=no", "--high-priority=no", "--use-pid-file=no"),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _wait_for(folder)
    return process


def _wait_for(folder: Path) -> None:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        done = subprocess.run(["pactl", "info"], capture_output=True, check=False)
        if done.returncode == 0:
            return
        time.sleep(0.05)
    raise RuntimeError("PulseAudio didn't start")


def rms(samples: Samples) -> float:
    return float(np.sqrt(np.mean(samples.astype(np.float64) ** 2))) if len(samples) else 0.0
