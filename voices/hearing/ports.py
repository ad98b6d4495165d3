"""What a recogniser takes and gives. Adapters: `vosk`, `whisper`, and `NullRecognizer` here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from voices.hearing.sentences import NO_SENTENCES, Sentences, Told
from voices.sound import Samples

#: A form of a string of digits: the digits that may stand at each of its places.
Places = tuple[str, ...]
ANY_DIGIT = "0123456789"


@dataclass(frozen=True, slots=True)
class Expected:
    """What may be said now: a closed set, in one language.

    `phrases` are distinct and stripped. `digits` are the forms of digit strings that may be said
    one digit after another besides the phrases, such as eleven places for a mobile number.
    `sentences` tell several things at once; a recogniser that can't walk them leaves them out.
    """

    language: str
    phrases: tuple[str, ...]
    digits: tuple[Places, ...] = ()
    sentences: Sentences = NO_SENTENCES
    #: Somebody pauses while reading out digits: `digits` are forms of beginnings, and only what is
    #: clear is wanted.
    unfinished: bool = False


def any_digits(length: int) -> Places:
    """The form of any string of so many digits."""
    return (ANY_DIGIT,) * length


def is_digits(text: str, forms: Sequence[Places]) -> bool:
    """Whether a string of digits has one of these forms."""
    return any(len(text) == len(form) and _begins(text, form) for form in forms)


def may_go_on(text: str, forms: Sequence[Places]) -> bool:
    """Whether a string of digits may be the beginning of a longer one."""
    return any(len(text) < len(form) and _begins(text, form) for form in forms)


def _begins(text: str, form: Places) -> bool:
    return all(digit in place for digit, place in zip(text, form, strict=False))


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
    #: Of a whole sentence, of which `phrase` are the words: what it is about (`confidence` is of
    #: that), and what else it told.
    about: str | None = None
    told: tuple[Told, ...] = ()


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
