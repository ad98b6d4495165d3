"""Where sound goes: a sound card, memory, or nowhere."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from voices import devices
from voices.devices import DeviceLost
from voices.sound import SPEAK_RATE, Samples, Sound

#: Default loudness leaves this much room, so that the louder steps stay undistorted (dB).
HEADROOM_DB = 12.0
#: Samples a callback is asked for: 20 ms.
BLOCK = SPEAK_RATE // 50
#: Buffering asked of the device (seconds): less drops out, more is heard late.
LATENCY = 0.05
#: What stands between the last sample taken and the last one heard, beside the stream's own
#: latency (seconds).
DRAIN = 0.06
#: A device that took no block for so long is gone (seconds).
STALLED = 2.0


class Sink(Protocol):
    """Plays one sound at a time. What may wait for the device is called by one thread alone."""

    def start(self, sound: Sound, gain_db: float) -> None:
        """What is to be heard next, in place of anything else; 0 dB is the default loudness.
        Never waits."""
        ...

    def pause(self, paused: bool) -> None:
        """Never waits."""
        ...

    def stop(self) -> None:
        """Nothing more is to be heard. Never waits."""
        ...

    def open(self) -> None:
        """Have the device play what was started. May wait; raises `DeviceLost`."""
        ...

    def playing(self) -> bool:
        """Whether something is left to be heard. Raises `DeviceLost`."""
        ...

    def there(self) -> bool:
        """Whether the device can be used now; tried, not guessed. May wait."""
        ...

    def rest(self) -> None:
        """Nothing more follows for now: let the last be heard, and give the device back.
        May wait."""
        ...

    def cut(self) -> None:
        """Give the device back at once, with what it was given but hasn't played. May wait."""
        ...

    def close(self) -> None:
        """May wait."""
        ...


def gained(samples: Samples, gain_db: float) -> Samples:
    """Samples at a loudness step; what would be too loud is bent under full scale."""
    loud = samples * np.float32(10 ** ((gain_db - HEADROOM_DB) / 20))
    knee = np.float32(0.7)
    size = np.abs(loud)
    bent = knee + (1 - knee) * np.tanh((size - knee) / (1 - knee))
    return np.where(size > knee, np.sign(loud) * bent, loud).astype(np.float32)


class CardSink:
    """A sound card through PortAudio. A stream is opened for each utterance: it is heard sooner."""

    def __init__(self, name: str = "", *, trim_db: float = 0.0) -> None:
        self._name = name
        self._trim_db = trim_db
        self._lock = threading.Lock()
        self._stream: Any = None
        self._left: Samples = np.zeros(0, np.float32)
        self._paused = False
        self._last_call = 0.0

    def start(self, sound: Sound, gain_db: float) -> None:
        samples = gained(sound.samples, gain_db + self._trim_db)
        with self._lock:
            self._left = samples
            self._paused = False

    def open(self) -> None:
        if self._stream is None:
            self._open()

    def playing(self) -> bool:
        with self._lock:
            if not len(self._left):
                return False
            if time.monotonic() - self._last_call > STALLED:
                raise DeviceLost(f"{self._name or 'the sound card'} takes no sound any more")
            return True

    def pause(self, paused: bool) -> None:
        with self._lock:
            self._paused = paused

    def stop(self) -> None:
        with self._lock:
            self._left = np.zeros(0, np.float32)

    def cut(self) -> None:
        self._close_stream(at_once=True)

    def close(self) -> None:
        self.stop()
        self.cut()

    def there(self) -> bool:
        # PulseAudio lists itself as a device even where it has none.
        try:
            self._open()
        except DeviceLost:
            return False
        self._close_stream(at_once=True)
        return True

    def rest(self) -> None:
        stream = self._stream
        if stream is not None:
            # PulseAudio doesn't wait for what it was given last when a stream is stopped.
            time.sleep(stream.latency + DRAIN)
        self._close_stream(at_once=False)

    def _open(self) -> None:
        with devices.LOCK:
            library = devices.portaudio()
            device = devices.pick(devices.outputs(), self._name)
            self._last_call = time.monotonic()
            try:
                self._stream = library.OutputStream(
                    samplerate=SPEAK_RATE,
                    blocksize=BLOCK,
                    device=device.index,
                    channels=1,
                    dtype="float32",
                    latency=LATENCY,
                    callback=self._fill,
                )
                devices.opened(1)
                self._stream.start()
            except Exception as error:
                self._forget()
                raise DeviceLost(f"{device.name} can't be opened: {error}") from error

    def _fill(self, out: Any, frames: int, *_: Any) -> None:
        """The device asks for more: what is left, then silence."""
        with self._lock:
            self._last_call = time.monotonic()
            count = 0 if self._paused else min(frames, len(self._left))
            out[:count, 0] = self._left[:count]
            out[count:, 0] = 0
            self._left = self._left[count:]

    def _close_stream(self, *, at_once: bool) -> None:
        with devices.LOCK:
            if self._stream is None:
                return
            try:
                if at_once:
                    self._stream.abort()
                else:
                    self._stream.stop()
            except Exception:
                # The device is gone already; closing is all that is left.
                self._forget()
                return
            self._forget()

    def _forget(self) -> None:
        stream, self._stream = self._stream, None
        if stream is None:
            return
        devices.opened(-1)
        try:
            stream.close()
        except Exception:
            # Nothing can be done for a device that is gone.
            return


@dataclass
class MemorySink:
    """Keeps what was played. Sounds last as long as they would, times `pace`."""

    pace: float = 0.0
    played: list[Sound] = field(default_factory=list)
    lost: bool = False
    _next: Sound | None = None
    _until: float = 0.0

    def start(self, sound: Sound, gain_db: float) -> None:
        self._next = sound

    def open(self) -> None:
        if self.lost:
            raise DeviceLost("the memory is lost")
        sound, self._next = self._next, None
        if sound is not None:
            self.played.append(sound)
            self._until = time.monotonic() + sound.seconds * self.pace

    def playing(self) -> bool:
        if self.lost:
            raise DeviceLost("the memory is lost")
        return time.monotonic() < self._until

    def pause(self, paused: bool) -> None:
        return None

    def stop(self) -> None:
        self._next, self._until = None, 0.0

    def there(self) -> bool:
        return not self.lost

    def rest(self) -> None:
        return None

    def cut(self) -> None:
        return None

    def close(self) -> None:
        return None
