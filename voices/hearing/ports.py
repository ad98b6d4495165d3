"""What a recogniser takes and gives. Adapters: `vosk`, `whisper`, and `NullRecognizer` here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from voices.sound import Samples


@dataclass(frozen=True, slots=True)
class Expected:
    """What may be said now: a closed set, in one language.

    `phrases` are distinct and stripped. `digits` are the lengths of digit strings that may be
    said one digit after another besides the phrases, such as ``(11,)`` for a mobile number.
    """

    language: str
    phrases: tuple[str, ...]
    digits: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Heard:
    """What one utterance was. `phrase` is None where it was none of them (or noise).

    `phrase` is one of `Expected.phrases`, or a string of ASCII digits. `confidence` is the
    calibrated probability that it is right, 0 to 1; where `phrase` is None, that the first of
    `others` is. `others` are the next best, best first.
    """

    phrase: str | None
    confidence: float = 0.0
    others: tuple[str, ...] = ()


NOTHING = Heard(None)


class Recognition(Protocol):
    """One utterance, while it is being said. Not shared between threads."""

    def feed(self, samples: Samples) -> None:
        """More sound: 16 kHz mono float32, any length."""
        ...

    def result(self) -> Heard:
        """The answer for all that was fed; may be called again after more was fed."""
        ...


class Recognizer(Protocol):
    """Loaded models of some languages. Safe to use from any thread."""

    @property
    def name(self) -> str: ...

    @property
    def languages(self) -> frozenset[str]: ...

    def prepare(self, expected: Expected) -> None:
        """Do beforehand what this closed set needs, so that `open` and `result` are quick."""
        ...

    def open(self, expected: Expected) -> Recognition: ...

    def close(self) -> None: ...


class RecognizerError(RuntimeError):
    """A recogniser that can't be loaded or has failed: the value and the remedy."""

    code = "recognizer"


class NullRecognizer:
    """Hears nothing, in no language."""

    name = "none"
    languages: frozenset[str] = frozenset()

    def prepare(self, expected: Expected) -> None:
        return None

    def open(self, expected: Expected) -> Recognition:
        raise RecognizerError(f"nothing here hears {expected.language}; see `kiosk doctor`")

    def close(self) -> None:
        return None
