"""The adapter: Whisper behind the port of all recognisers."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from voices.codec import stretch
from voices.hearing.fillers import fillers
from voices.hearing.groups import beginnings
from voices.hearing.level import is_speech, levelled, spoken_seconds
from voices.hearing.ports import NOTHING, Expected, Heard, Places, RecognizerError, is_digits
from voices.hearing.sentences import Sentences
from voices.hearing.whisper.decoder import Decoder
from voices.hearing.whisper.judge import Candidate, doubted, judged
from voices.hearing.whisper.mel import log_mel
from voices.hearing.whisper.priors import Priors, noises
from voices.hearing.whisper.search import Score, Scorer
from voices.hearing.whisper.sentences import Compiled, sentences
from voices.hearing.whisper.strings import begun, goes_on, joined
from voices.hearing.whisper.telling import Best, best_of
from voices.hearing.whisper.tokens import NAMES, Tokens, load_tokenizer
from voices.hearing.whisper.trie import Node, trie
from voices.hearing.whisper.weights import read
from voices.sound import HEAR_RATE, Samples, Sound

#: Frames of silence after a clip: without them the model expects more to be said.
AFTER = 50
#: Nobody says a digit in less (seconds): a word is no telephone number.
SHORTEST_DIGIT = 0.14
#: Nor a sentence that tells several things.
SHORTEST_SENTENCE = 1.2
#: A sentence as sure as this needn't be held against the phrases.
CERTAIN = 0.85
#: Nobody takes longer than this for a phrase (seconds): with, and for each of its characters.
LONGEST_START, LONGEST_SYLLABLE = 0.8, 0.4
#: The same of a phrase that leaves no room for another clause.
ALL_START, ALL_SYLLABLE = 0.3, 0.3
#: A string that isn't clear is heard again, so much as fast.
SLOWER = 0.75
#: What is less sure than this is looked for once more, so much faster and higher, as other people
#: would say it. What is only heard like that is never as sure as `CERTAIN`: it can't act at once.
UNSURE, QUICKER, MOST = 0.6, 1.1, 0.84
#: What takes longer is none of them (seconds): a part of it would pass for the whole.
LONGEST = 24.0
#: Whisper base; the file itself doesn't say it in a form that is easily read.
HEADS = 8


class WhisperRecognizer:
    """Loaded once, about 300 MB. One utterance is decided at a time."""

    name = "whisper"

    def __init__(self, folder: Path, *, cache: Path | None = None, threads: int = 2) -> None:
        import ctranslate2

        # BLAS threads wait for each other busily: beside a browser two take five times as long as
        # one, and alone they save a quarter.
        threadpool_limits(1, user_api="blas")
        tokenizer = load_tokenizer(folder)
        self._decoder = Decoder(read(folder / "model.bin"), heads=HEADS)
        try:
            self._encoder: Any = ctranslate2.models.Whisper(
                str(folder), device="cpu", compute_type="int8", intra_threads=threads
            )
        except RuntimeError as error:
            raise RecognizerError(f"{folder} can't be loaded: {error}") from error
        self._view = ctranslate2.StorageView.from_array
        self.languages = frozenset(NAMES)
        self._lock = threading.Lock()
        self._tongues = {
            language: _Tongue(self, Tokens(tokenizer, language), cache) for language in NAMES
        }

    def prepare(self, expected: Expected) -> None:
        tongue = self._tongue(expected)
        tongue.priors.prepare((*expected.phrases, *fillers()[expected.language]))
        tongue.closed_set(expected)
        if expected.sentences.size:
            tongue.priors.prepare(expected.sentences.words())
            tongue.compiled(expected.sentences)

    def open(self, expected: Expected) -> WhisperRecognition:
        return WhisperRecognition(self._tongue(expected), expected)

    def close(self) -> None:
        self._tongues.clear()

    def scorer(self, samples: Samples, tokens: Tokens, outputs: Samples) -> Scorer:
        """The sound encoded, ready to score phrases."""
        mel = np.ascontiguousarray(log_mel(samples, AFTER)[np.newaxis])
        with self._lock:
            encoded = np.array(self._encoder.encode(self._view(mel)))[0]
        return Scorer(self._decoder, tokens, outputs, self._decoder.memory(encoded))

    def outputs(self, tokens: Tokens) -> Samples:
        return self._decoder.outputs(tokens.vocabulary)

    def _tongue(self, expected: Expected) -> _Tongue:
        if expected.language not in self._tongues:
            raise RecognizerError(f"Whisper isn't set up for {expected.language}")
        return self._tongues[expected.language]


class _Tongue:
    """What belongs to one language: its tokens, priors, and closed sets."""

    def __init__(self, recognizer: WhisperRecognizer, tokens: Tokens, cache: Path | None) -> None:
        self._recognizer = recognizer
        self._tokens = tokens
        self._outputs = recognizer.outputs(tokens)
        file = cache / f"priors.{tokens.language}.json" if cache else None
        self.priors = Priors(tokens, lambda: [self.scorer(one) for one in noises()], file)
        self.closed_set = lru_cache(maxsize=32)(self._closed_set)
        self.compiled = lru_cache(maxsize=4)(self._compiled)

    def scorer(self, samples: Samples) -> Scorer:
        return self._recognizer.scorer(samples, self._tokens, self._outputs)

    def heard(self, samples: Samples, expected: Expected, seconds: float) -> Heard:
        """What was said in so many seconds of speech: what is worth most."""
        scorer = self.scorer(samples)
        found = self._candidates(scorer, samples, expected, seconds)
        heard = judged(found)
        phrase = heard.phrase
        if phrase is not None and self._is_begun(scorer, phrase, expected):
            return replace(NOTHING, others=(phrase, *heard.others))
        if heard.confidence >= CERTAIN and is_all(heard, expected, seconds):
            return heard
        whole = self._sentence(scorer, expected, seconds)
        text = "" if whole is None else self._tokens.joined(whole.sentence.words)
        # A phrase that is a clause of the sentence is no other thing to have said.
        others = (one.worth for one in found if one.text not in text)
        if whole is not None and (
            whole.confidence >= CERTAIN or whole.worth > max(others, default=0.0)
        ):
            return whole.heard(text)
        if heard.confidence < UNSURE and not expected.digits:
            heard = surer(heard, self._once_more(samples, expected))
        return heard if fills(heard, expected, seconds) else doubted(heard)

    def _once_more(self, samples: Samples, expected: Expected) -> Heard:
        """The phrase that is heard quicker and higher; strings of digits are heard again by
        themselves."""
        heard = judged(self._phrases(self.scorer(quickened(samples)), expected))
        return replace(heard, confidence=min(heard.confidence, MOST))

    def _sentence(self, scorer: Scorer, expected: Expected, seconds: float) -> Best | None:
        if not expected.sentences.size or seconds < SHORTEST_SENTENCE:
            return None
        found = sentences(scorer, self.compiled(expected.sentences))
        return best_of(found, lambda words: self.priors.of(words, 1))

    def _candidates(
        self, scorer: Scorer, samples: Samples, expected: Expected, seconds: float
    ) -> list[Candidate]:
        """Everything that may have been said, scored: phrases, fillers, and strings of digits."""
        found = self._phrases(scorer, expected)
        sayable = [one for one in expected.digits if seconds >= len(one) * SHORTEST_DIGIT]
        return found + self._strings(samples, scorer, sayable) if sayable else found

    def _phrases(self, scorer: Scorer, expected: Expected) -> list[Candidate]:
        phrases, root = self.closed_set(expected)
        allowed = frozenset(expected.phrases)
        return [
            Candidate(
                phrases[i], score, self.priors.of(phrases[i], score.tokens), phrases[i] in allowed
            )
            for i, score in scorer.phrases(root).items()
        ]

    def beginning(self, samples: Samples, expected: Expected, seconds: float) -> Heard:
        """The digits that were said by a pause, if they are clear."""
        return begun(self.scorer(samples).digits(expected.digits, self._tokens.digits[-1]), seconds)

    def _strings(
        self, samples: Samples, scorer: Scorer, forms: Sequence[Places]
    ) -> list[Candidate]:
        ways = self._ways(scorer, forms)
        found = joined(ways)
        if found and not found[0].is_clear:
            # At another pace the model errs elsewhere; what both have in common counts.
            slower = stretch(Sound(samples, HEAR_RATE), SLOWER).samples
            found = joined([*ways, *self._ways(self.scorer(slower), forms)])
        return [
            Candidate(
                one.text,
                Score(one.log_p, len(one.text)),
                digits_prior(len(one.text)),
                allowed=True,
                digits=one,
            )
            for one in found
        ]

    def _is_begun(self, scorer: Scorer, phrase: str, expected: Expected) -> bool:
        """Whether a string of digits is one that the model went on with by itself, after the
        beginning that was said: three digits and a pause are eleven to it, repeated. Only words
        tell: signs have commas between them, which look like an end, and English has no others."""
        forms = [form for form in expected.digits if is_digits(phrase, (form,))]
        if not forms or len(self._tokens.digits) == 1:
            return False
        names = self._tokens.digits[-1]
        whole = scorer.digits((tuple(phrase),), names)
        return goes_on(phrase, whole, scorer.digits(beginnings(forms), names))

    def _ways(self, scorer: Scorer, forms: Sequence[Places]) -> list[dict[str, float]]:
        return [scorer.digits(forms, names) for names in self._tokens.digits]

    def _compiled(self, graph: Sentences) -> Compiled:
        return Compiled(graph, self._tokens)

    def _closed_set(self, expected: Expected) -> tuple[Sequence[str], Node]:
        phrases = tuple(dict.fromkeys((*expected.phrases, *fillers()[expected.language])))
        return phrases, trie([self._tokens.encode(one) for one in phrases])


def is_all(heard: Heard, expected: Expected, seconds: float) -> bool:
    """Whether a phrase is surely all that was said in so many seconds of speech, so that no whole
    sentence needs to be looked for, which takes three times as long."""
    if heard.phrase is None or not expected.sentences.size:
        return heard.phrase is not None
    syllables = len(heard.phrase.replace(" ", ""))
    return seconds <= ALL_START + syllables * ALL_SYLLABLE


def fills(heard: Heard, expected: Expected, seconds: float) -> bool:
    """Whether a phrase may be all that was said in so many seconds of speech. Where whole sentences
    may be said, one that is far too short is a part of a sentence that wasn't understood."""
    if heard.phrase is None or not expected.sentences.size:
        return True
    syllables = len(heard.phrase.replace(" ", ""))
    return seconds <= LONGEST_START + syllables * LONGEST_SYLLABLE


def surer(heard: Heard, again: Heard) -> Heard:
    """Of two decisions on the same sound; two phrases leave both in doubt."""
    best = max(heard, again, key=lambda one: one.confidence)
    both = heard.phrase is not None and again.phrase is not None
    return doubted(best) if both and heard.phrase != again.phrase else best


def quickened(samples: Samples) -> Samples:
    """As a tape that runs faster: its pitch and its pace together."""
    at = np.arange(0, len(samples) - 1, QUICKER)
    quick: Samples = np.interp(at, np.arange(len(samples)), samples).astype(np.float32)
    return quick


def digits_prior(length: int) -> float:
    """What a string of so many digits scores when nothing is said, about."""
    return -6.0 - 3.0 * length


class WhisperRecognition:
    """One utterance."""

    def __init__(self, tongue: _Tongue, expected: Expected) -> None:
        self._tongue = tongue
        self._expected = expected
        self._samples: list[Samples] = []

    def feed(self, samples: Samples) -> None:
        self._samples.append(samples)

    def result(self) -> Heard:
        samples = np.concatenate([*self._samples, np.zeros(0, np.float32)])
        if len(samples) > LONGEST * HEAR_RATE or not is_speech(samples):
            return NOTHING
        seconds = spoken_seconds(samples)
        if self._expected.unfinished:
            return self._tongue.beginning(levelled(samples), self._expected, seconds)
        return self._tongue.heard(levelled(samples), self._expected, seconds)
