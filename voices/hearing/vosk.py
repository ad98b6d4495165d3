"""Vosk as a closed-set recogniser: a small grammar, fillers beside it, whole phrases only."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import structlog

from languages import tongue
from voices.hearing.fillers import fillers
from voices.hearing.level import is_speech, levelled
from voices.hearing.ports import NOTHING, Expected, Heard, RecognizerError, is_digits
from voices.sound import HEAR_RATE, Samples

log = structlog.get_logger()

UNKNOWN = "[unk]"
#: Low noise around an utterance: the front end is unstable on digital silence (dBFS and seconds).
PAD_LEVEL, PAD_SECONDS = 10 ** (-66 / 20), 0.3
_PAD = (
    np.random.default_rng(7).standard_normal(round(PAD_SECONDS * HEAR_RATE)) * PAD_LEVEL
).astype(np.float32)


class VoskRecognizer:
    """One model a language. Each takes about half a gigabyte; decoding is shared safely."""

    name = "vosk"

    def __init__(self, models: Mapping[str, Path]) -> None:
        import vosk

        vosk.SetLogLevel(-1)
        self._vosk: Any = vosk
        self._models: dict[str, Any] = {}
        for language, folder in models.items():
            try:
                self._models[language] = vosk.Model(str(folder))
            except Exception as error:
                # The library raises a plain Exception for a folder that holds no model.
                raise RecognizerError(f"{folder} is no Vosk model; install it again") from error
        self.languages = frozenset(self._models)
        self._grammars: dict[Expected, Grammar] = {}
        self._lock = threading.Lock()

    def prepare(self, expected: Expected) -> None:
        self._grammar(expected)

    def open(self, expected: Expected) -> VoskRecognition:
        if expected.language not in self._models:
            raise RecognizerError(f"no Vosk model for {expected.language}; see `kiosk models list`")
        return VoskRecognition(self, self._grammar(expected))

    def close(self) -> None:
        self._models.clear()

    def decode(self, grammar: Grammar, samples: Samples) -> Mapping[str, Any]:
        """What Vosk says of a whole utterance, with its words."""
        recognizer = self._vosk.KaldiRecognizer(
            self._models[grammar.expected.language],
            HEAR_RATE,
            json.dumps(grammar.words, ensure_ascii=False),
        )
        recognizer.SetWords(True)
        recognizer.AcceptWaveform((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
        found: Mapping[str, Any] = json.loads(recognizer.FinalResult())
        return found

    def _grammar(self, expected: Expected) -> Grammar:
        with self._lock:
            if expected not in self._grammars:
                if len(self._grammars) > 64:
                    self._grammars.clear()
                self._grammars[expected] = Grammar.of(expected, self._models[expected.language])
            return self._grammars[expected]


class Grammar:
    """What Vosk is given: phrases of words it knows, digits, and fillers to lose to."""

    def __init__(self, expected: Expected, phrases: Mapping[str, str], words: list[str]) -> None:
        self.expected = expected
        #: Phrases as Vosk writes them, and as they were expected.
        self.phrases = phrases
        self.words = words

    @classmethod
    def of(cls, expected: Expected, model: Any) -> Grammar:
        def knows(word: str) -> bool:
            return bool(model.vosk_model_find_word(word) >= 0)

        phrases = {
            cut: phrase for phrase in expected.phrases if (cut := _cut(phrase.casefold(), knows))
        }
        left_out = len(expected.phrases) - len(set(phrases.values()))
        if left_out:
            log.info("vosk.phrases_left_out", count=left_out, language=expected.language)
        if expected.sentences.size:
            # A grammar of Vosk's is a list of phrases: their product would be one of thousands.
            log.info("vosk.sentences_left_out", language=expected.language)
        digits = [word for word in tongue(expected.language).heard.digit_words if knows(word)]
        out = [cut for one in fillers().get(expected.language, ()) if (cut := _cut(one, knows))]
        words = [*phrases, *(digits if expected.digits else ()), *out]
        if knows(UNKNOWN):
            words.append(UNKNOWN)
        return cls(expected, phrases, list(dict.fromkeys(words)))


def _cut(phrase: str, knows: Callable[[str], bool]) -> str:
    """The phrase in words that the model knows, longest first; empty where it can't be written."""
    parts = [_words(part, knows) for part in phrase.split()]
    return " ".join(word for part in parts for word in part) if all(parts) else ""


def _words(text: str, knows: Callable[[str], bool]) -> tuple[str, ...]:
    if not text:
        return ()
    for size in range(len(text), 0, -1):
        if knows(text[:size]):
            rest = _words(text[size:], knows)
            if rest or size == len(text):
                return (text[:size], *rest)
    return ()


class VoskRecognition:
    """One utterance. Each result decodes all of it: a fiftieth of the time it took to say."""

    def __init__(self, recognizer: VoskRecognizer, grammar: Grammar) -> None:
        self._recognizer = recognizer
        self._grammar = grammar
        self._samples: list[Samples] = []

    def feed(self, samples: Samples) -> None:
        self._samples.append(samples)

    def result(self) -> Heard:
        samples = np.concatenate([*self._samples, np.zeros(0, np.float32)])
        if not is_speech(samples):
            return NOTHING
        padded = np.concatenate([_PAD, levelled(samples), _PAD])
        return judged(self._recognizer.decode(self._grammar, padded), self._grammar)


def judged(found: Mapping[str, Any], grammar: Grammar) -> Heard:
    """A whole phrase exactly, or a whole string of digits; nothing else counts."""
    text = str(found.get("text", ""))
    sure = [float(word["conf"]) for word in found.get("result", ())]
    confidence = min(sure, default=0.0)
    if text in grammar.phrases:
        return Heard(grammar.phrases[text], confidence)
    digits = "".join(_digits(text, grammar.expected.language))
    if is_digits(digits, grammar.expected.digits):
        return Heard(digits, confidence)
    return NOTHING


def _digits(text: str, language: str) -> Iterator[str]:
    for word in text.split():
        yield tongue(language).heard.digit_words.get(word, "x" * 99)
