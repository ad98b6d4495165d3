"""This machine's sound devices, by PortAudio. Without it or without devices, lists are empty."""

from __future__ import annotations

import importlib
import threading
from dataclasses import dataclass
from typing import Any

import structlog

log = structlog.get_logger()

#: Opening, closing and listing devices isn't safe from several threads at once.
LOCK = threading.RLock()
_open_streams = 0


class DeviceLost(RuntimeError):
    """A device that is not there, or no longer."""

    code = "device_lost"


@dataclass(frozen=True, slots=True)
class Device:
    """One device: PortAudio's index and name, and its channels each way."""

    index: int
    name: str
    inputs: int
    outputs: int


def portaudio() -> Any:
    """The sounddevice module. Raises `DeviceLost` where its library is missing."""
    try:
        return importlib.import_module("sounddevice")
    except (ImportError, OSError) as error:
        raise DeviceLost(f"no sound library: apt-get install libportaudio2 ({error})") from error


def devices() -> tuple[Device, ...]:
    """All devices, as of the last `refresh`."""
    try:
        with LOCK:
            found = portaudio().query_devices()
    except (DeviceLost, ValueError) as error:
        log.debug("devices.none", error=str(error))
        return ()
    except Exception as error:
        # PortAudioError: a host that has gone away while asked.
        log.warning("devices.unreadable", error=str(error))
        return ()
    return tuple(
        Device(i, one["name"], one["max_input_channels"], one["max_output_channels"])
        for i, one in enumerate(found)
    )


def outputs() -> tuple[Device, ...]:
    return tuple(device for device in devices() if device.outputs)


def inputs() -> tuple[Device, ...]:
    return tuple(device for device in devices() if device.inputs)


def pick(found: tuple[Device, ...], name: str) -> Device:
    """The first whose name holds `name`; for "" the system's own choice. Raises `DeviceLost`."""
    preferred = ("pulse", "pipewire", "default") if not name else (name,)
    for one in preferred:
        for device in found:
            if one.lower() in device.name.lower():
                return device
    if found and not name:
        return found[0]
    listed = ", ".join(device.name for device in found) or "none"
    raise DeviceLost(f"no sound device {name!r}; there are: {listed}")


def opened(count: int) -> None:
    """Note that a stream was opened (1) or closed (−1)."""
    global _open_streams
    with LOCK:
        _open_streams += count


def refresh() -> None:
    """Look for devices anew. PortAudio only does so when nothing of ours is open."""
    with LOCK:
        if _open_streams:
            return
        try:
            library = portaudio()
            library._terminate()  # noqa: SLF001 - the only way to list anew
            library._initialize()  # noqa: SLF001
        except Exception as error:
            # DeviceLost or PortAudioError: there is still nothing.
            log.debug("devices.not_refreshed", error=str(error))
