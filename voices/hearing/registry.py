"""Which recogniser hears which language: a Vosk model for its language, else Whisper."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import structlog

from voices.hearing.ports import Recognizer, RecognizerError
from voices.models import Model, installed

log = structlog.get_logger()

#: Earlier kinds are preferred where several hear a language.
PREFERRED = ("vosk", "whisper")
#: Where Whisper keeps what it has found out about phrases.
CACHE = "priors"


class Recognizers(Protocol):
    """The recognisers of this machine."""

    def of(self, language: str) -> Recognizer | None:
        """The one that hears a language, if it is loaded by now."""
        ...

    def wait(self, language: str, seconds: float) -> bool:
        """Wait until a language can be heard; whether it can."""
        ...

    def chosen(self) -> Mapping[str, Model]:
        """The model of each language that can be heard."""
        ...

    def close(self) -> None: ...


class NoRecognizers:
    """Nothing is heard."""

    def of(self, language: str) -> Recognizer | None:
        return None

    def wait(self, language: str, seconds: float) -> bool:
        return False

    def chosen(self) -> Mapping[str, Model]:
        return {}

    def close(self) -> None:
        return None


class InstalledRecognizers:
    """The installed models, loaded in the background: the kiosk opens its doors meanwhile."""

    def __init__(
        self,
        folder: Path,
        languages: Sequence[str],
        *,
        on_ready: Callable[[Recognizer, Sequence[str]], None] = lambda recognizer, languages: None,
    ) -> None:
        self._folder = folder
        self._chosen = choose(installed(folder), languages)
        self._on_ready = on_ready
        self._loaded: dict[str, Recognizer] = {}
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._load, name="recognisers", daemon=True)
        self._thread.start()

    def of(self, language: str) -> Recognizer | None:
        return self._loaded.get(language)

    def chosen(self) -> Mapping[str, Model]:
        return self._chosen

    def wait(self, language: str, seconds: float) -> bool:
        """Wait until a language can be heard; whether it can."""
        until = time.monotonic() + seconds
        while language not in self._loaded and time.monotonic() < until:
            time.sleep(0.02)
        return language in self._loaded

    def close(self) -> None:
        self._closed.set()
        for recognizer in {id(one): one for one in self._loaded.values()}.values():
            recognizer.close()
        self._loaded.clear()

    def _load(self) -> None:
        for model in dict.fromkeys(self._chosen.values()):
            languages = [one for one, found in self._chosen.items() if found is model]
            if self._closed.is_set():
                return
            try:
                recognizer = LOADERS[model.kind](self._folder, model, languages)
            except (RecognizerError, ImportError, OSError) as error:
                log.error("hearing.not_loaded", model=model.name, error=str(error))
                continue
            self._loaded.update(dict.fromkeys(languages, recognizer))
            log.info("hearing.ready", model=model.name, languages=languages)
            self._get_ready(recognizer, languages)

    def _get_ready(self, recognizer: Recognizer, languages: Sequence[str]) -> None:
        try:
            self._on_ready(recognizer, languages)
        except RecognizerError as error:
            # Closed while it was getting ready; else its first screens are slower, and no more.
            if not self._closed.is_set():
                log.warning("hearing.not_ready", error=str(error))


def choose(models: Sequence[Model], languages: Sequence[str]) -> Mapping[str, Model]:
    """The model that hears each language, where there is one."""
    ranked = sorted(models, key=lambda model: PREFERRED.index(model.kind))
    found: dict[str, Model] = {}
    for language in languages:
        for model in ranked:
            if language in model.languages:
                found.setdefault(language, model)
    return found


def _vosk(folder: Path, model: Model, languages: Sequence[str]) -> Recognizer:
    from voices.hearing.vosk import VoskRecognizer

    return VoskRecognizer(dict.fromkeys(languages, folder / model.name))


def _whisper(folder: Path, model: Model, languages: Sequence[str]) -> Recognizer:
    from voices.hearing.whisper import WhisperRecognizer

    cache = folder / CACHE
    cache.mkdir(exist_ok=True)
    return WhisperRecognizer(folder / model.name, cache=cache)


LOADERS: Mapping[str, Callable[[Path, Model, Sequence[str]], Recognizer]] = {
    "vosk": _vosk,
    "whisper": _whisper,
}
