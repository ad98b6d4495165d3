"""A microphone: its sound as it comes, and back again when it was unplugged and is there anew."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import structlog

from voices import devices
from voices.devices import DeviceLost
from voices.hearing.pace import Pace
from voices.sound import HEAR_RATE, Samples

log = structlog.get_logger()

#: Samples asked for at a time (20 ms), and the buffering of the device (seconds). Lower and the
#: stream stalls behind PulseAudio.
BLOCK, LATENCY = 320, 0.1
#: A microphone that has given no block for so long is gone (seconds).
SILENT = 2.0
#: A lost microphone is looked for this often (seconds).
RETRY = 2.0


class Microphone:
    """Calls `on_samples` with 16 kHz mono float32, from the device's own thread.

    `on_lost` is called with True when the device goes and with False when it is back, `on_gap`
    when some of the sound was lost on its way.
    """

    def __init__(
        self,
        on_samples: Callable[[Samples], None],
        name: str = "",
        *,
        on_lost: Callable[[bool], None] = lambda lost: None,
        on_gap: Callable[[], None] = lambda: None,
    ) -> None:
        self._on_samples = on_samples
        self._name = name
        self._on_lost = on_lost
        self._on_gap = on_gap
        self._pace = Pace(HEAR_RATE)
        self._stream: Any = None
        self._last = 0.0
        self._lost = False
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="microphone", daemon=True)

    def start(self) -> None:
        """Listen, now or as soon as there is a microphone."""
        self._thread.start()

    @property
    def lost(self) -> bool:
        return self._lost

    def close(self) -> None:
        self._closed.set()
        if self._thread.is_alive():
            self._thread.join(timeout=5)
        self._shut()

    def _watch(self) -> None:
        """Open the device, and again whenever it has gone."""
        while not self._closed.is_set():
            if self._stream is None:
                self._try()
            elif time.monotonic() - self._last > SILENT:
                log.warning("microphone.silent", seconds=SILENT)
                self._shut()
                self._note(lost=True)
            self._closed.wait(0.2 if self._stream is not None else RETRY)

    def _try(self) -> None:
        try:
            self._open()
        except DeviceLost as error:
            if not self._lost:
                log.warning("microphone.lost", error=str(error))
            self._note(lost=True)
            devices.refresh()
        else:
            self._note(lost=False)

    def _open(self) -> None:
        with devices.LOCK:
            library = devices.portaudio()
            device = devices.pick(devices.inputs(), self._name)
            try:
                stream = library.InputStream(
                    samplerate=HEAR_RATE,
                    blocksize=BLOCK,
                    device=device.index,
                    channels=1,
                    dtype="float32",
                    latency=LATENCY,
                    callback=self._take,
                )
                self._last = time.monotonic()
                self._pace = Pace(HEAR_RATE)
                stream.start()
            except Exception as error:
                # PortAudioError: busy, gone between listing and opening, or of another rate.
                raise DeviceLost(f"{device.name} can't be opened: {error}") from error
            self._stream = stream
            devices.opened(1)

    def _take(self, block: Any, frames: int, _times: Any, status: Any) -> None:
        self._last = time.monotonic()
        # PortAudio knows of what it had no room for, the pace of what never reached it.
        late = self._pace.take(self._last, frames)
        if late or status.input_overflow:
            self._on_gap()
        self._on_samples(np.array(block[:, 0], dtype=np.float32))

    def _shut(self) -> None:
        with devices.LOCK:
            stream, self._stream = self._stream, None
            if stream is None:
                return
            devices.opened(-1)
            try:
                stream.abort()
                stream.close()
            except Exception as error:
                # Nothing more can be done for a device that is gone.
                log.debug("microphone.not_closed", error=str(error))

    def _note(self, *, lost: bool) -> None:
        if lost != self._lost:
            self._lost = lost
            self._on_lost(lost)
