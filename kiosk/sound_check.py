"""Checks of what this machine says and hears."""

from __future__ import annotations

import shutil

from kiosk.content.loader import load
from kiosk.content.spoken import texts
from kiosk.finding import Finding
from kiosk.settings import Settings
from kiosk.sign.errors import ManifestError
from kiosk.sign.store import PackStore
from voices import devices, jack
from voices.devices import Device, DeviceLost
from voices.hearing.registry import choose
from voices.models import installed, listed
from voices.speaking.kokoro import installed as rendered
from voices.speaking.live import EngineError, EspeakEngine
from voices.speaking.pack import PACKS, packs


def speech(settings: Settings) -> Finding:
    """Whether every sentence has its clip, and the rest its live voice."""
    spoken = load(settings.content)
    found = packs(PACKS, settings.voices)
    every = [pack for those in found.values() for pack in those]
    missing = sum(len(pack.missing(texts(spoken.locales[pack.language]))) for pack in every)
    live = ", ".join(one for one in spoken.locales if one not in found)
    said = ", ".join(f"{pack.language} {pack.voice}" for pack in every)
    said += f"; live speech for {live}" if live else ""
    natural = ", ".join(sorted(rendered(found)))
    said += f"; free text beforehand by Kokoro in {natural}" if natural else "; free text live"
    engine = EspeakEngine()
    try:
        engine.speak("1", "en")
    except EngineError as error:
        remedy = "pip install espeakng-loader pyttsx3; recorded sentences are said all the same"
        return Finding("speech", "missing", f"{said}; no live speech: {error}", remedy)
    finally:
        engine.close()
    if missing:
        return Finding("speech", "ok", f"{said}; {missing} sentences are said live")
    return Finding("speech", "ok", said)


def loudspeaker(settings: Settings) -> Finding:
    found = devices.outputs()
    if settings.sound in ("page", "off"):
        return Finding("loudspeaker", "ok", f"sound is {settings.sound!r} by the settings")
    if not found:
        remedy = (
            "the customer's page speaks; for a card: apt-get install libportaudio2, and plug it in"
        )
        return Finding("loudspeaker", "missing", "no sound card", remedy)
    return _device("loudspeaker", found, settings.loudspeaker)


def microphone(settings: Settings) -> Finding:
    found = devices.inputs()
    if settings.hearing in ("page", "off"):
        return Finding("microphone", "ok", f"hearing is {settings.hearing!r} by the settings")
    if not found:
        remedy = "a page on a tablet uses its own; keys and touch answer everything"
        return Finding("microphone", "missing", "none on this machine", remedy)
    return _device("microphone", found, settings.microphone)


def _device(name: str, found: tuple[Device, ...], wanted: str) -> Finding:
    listed = ", ".join(one.name for one in found)
    try:
        device = devices.pick(found, wanted)
    except DeviceLost as error:
        return Finding(name, "missing", str(error), f"set {name} to a part of one of these names")
    return Finding(name, "ok", f"{device.name} (of {listed})")


def headphones(settings: Settings) -> Finding:
    if settings.jack != "auto":
        return Finding("headphones", "ok", settings.jack or "not watched, by the settings")
    found = jack.find()
    if found is None:
        remedy = "a keypad with a socket of its own sends F15 and F16; docs/voice.md, Devices"
        return Finding("headphones", "missing", "no socket that can be watched", remedy)
    return Finding("headphones", "ok", f"socket at {found}")


def hearing(settings: Settings) -> Finding:
    """Which languages can be heard, and how to add the others."""
    languages = tuple(load(settings.content).locales)
    heard = choose(installed(settings.models), languages)
    said = ", ".join(f"{language} by {model.name}" for language, model in heard.items())
    deaf = [one for one in languages if one not in heard]
    if not deaf:
        return Finding("hearing", "ok", said)
    names = [model.name for model in listed().values() if set(deaf) & set(model.languages)]
    remedy = f"for {', '.join(deaf)}: kiosk models install, one of {', '.join(names)}"
    return Finding("hearing", "missing", said or "nothing is heard; keys and touch work", remedy)


def collecting(settings: Settings) -> Finding:
    """Whether customers are asked if what they say may be kept, and how much of it is here."""
    kept = len(tuple(settings.speech.glob("*.sealed")))
    if not settings.collect_speech:
        rest = f"; {kept} utterances are still here: kiosk hearing collected" if kept else ""
        return Finding("collecting", "ok", f"off: no speech is kept{rest}")
    bounds = f"for {settings.collect_days} days, {settings.collect_most} at most"
    told = f"on: customers are asked; {kept} utterances are here, {bounds}"
    return Finding("collecting", "ok", told)


def clips(settings: Settings) -> Finding:
    """Whether clips can be recorded, and how many there are."""
    try:
        count = len(PackStore(settings.sign / "packs").load(settings.sign_language).clips)
    except ManifestError as error:
        return Finding("clips", "missing", str(error), "restore it, or install a pack again")
    found = f"{count} in {settings.sign_language}"
    if shutil.which("ffmpeg") is None or shutil.which("ffprobe") is None:
        return Finding("clips", "missing", f"{found}; no ffmpeg", "apt-get install ffmpeg")
    return Finding("clips", "ok", found)
