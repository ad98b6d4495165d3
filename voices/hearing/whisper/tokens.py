"""Whisper's tokens: phrases as tokens, and the part of the vocabulary a language is written in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from languages import tongue
from voices.hearing.ports import ANY_DIGIT, RecognizerError
from voices.hearing.whisper.decoder import Ids

#: Our languages as Whisper names them.
NAMES: Mapping[str, str] = {"zh-CN": "zh", "en": "en", "ko": "ko"}
#: What may follow a phrase: the end, or the mark of a sentence.
ENDS = ("。", "，", "！", "？", ".", ",", "!", "?", "...")
#: What may follow a whole sentence.
STOPS = tuple(mark for mark in ENDS if mark not in ("，", ",", "..."))
#: Tokens are ranked by how common they are; rarer Latin ones than this are other languages.
COMMON = 16_000

_SCRIPTS: Mapping[str, re.Pattern[str]] = {
    "zh-CN": re.compile(r"[\u3001-\u3002\u4e00-\u9fff\uff00-\uff1f\ufffd]"),
    "ko": re.compile(r"[\u1100-\u11ff\uac00-\ud7a3\ufffd]"),
    "en": re.compile(r"[A-Za-z]"),
}
#: The tokens of each digit, in the ways it may be said.
Digits = Mapping[str, tuple[tuple[int, ...], ...]]
_DIGITS = re.compile(r"\d{1,3}")
_DIGIT = re.compile(r"\d")


class Tokens:
    """One language's tokens. The model's scores are taken among these only.

    `vocabulary` are the token numbers (n,), `column` where each of them is in it.
    """

    def __init__(self, tokenizer: Tokenizer, language: str) -> None:
        self._tokenizer = tokenizer
        self.language = language
        self.prompt = np.array([self._special(name) for name in self._prompt()], dtype=np.int64)
        self.end = self._special("<|endoftext|>")
        written = {i for i in range(self.end) if self._is_written(i)}
        marks = {i for mark in ENDS for i in self._ids(mark)}
        self.vocabulary: Ids = np.array(sorted(written | marks | {self.end}), dtype=np.int64)
        self.column = {int(token): at for at, token in enumerate(self.vocabulary)}
        self.ends = np.array(
            [self.column[self.end]]
            + [self.column[ids[0]] for mark in ENDS if len(ids := self._ids(mark)) == 1]
        )
        #: How a sentence ends: a comma doesn't end one.
        self.full_ends = np.array(
            [self.column[self.end]]
            + [self.column[ids[0]] for mark in STOPS if len(ids := self._ids(mark)) == 1]
        )
        #: The ways a digit is written, each with the tokens of every digit: by its sign (signs of
        #: several digits would win by being fewer tokens), and by its word.
        self.digits: tuple[Digits, ...] = (self._signs(written), *self._digit_words())

    def encode(self, phrase: str) -> tuple[int, ...]:
        """The tokens of a phrase as the model writes it. Empty where it can't be written."""
        text = phrase if self.language == "zh-CN" else f" {phrase}"
        ids = self._ids(text)
        return ids if all(i in self.column for i in ids) else ()

    def joined(self, words: Iterable[str]) -> str:
        """Words after one another, as they are written."""
        return ("" if self.language == "zh-CN" else " ").join(words)

    def encode_rest(self, mark: str) -> tuple[int, ...]:
        """The tokens of a mark within a sentence: it stands without a space before it."""
        return self._ids(mark)

    def _signs(self, written: set[int]) -> Digits:
        signs = {i: self._tokenizer.decode([i]) for i in written}
        return {text: ((i,),) for i, text in signs.items() if _DIGIT.fullmatch(text)}

    def _digit_words(self) -> tuple[Digits, ...]:
        """Nothing where a digit has no word that can be written."""
        found: dict[str, tuple[tuple[int, ...], ...]] = {}
        for word, digit in tongue(self.language).heard.digit_words.items():
            if tokens := self.encode(word):
                found[digit] = (*found.get(digit, ()), tokens)
        return (found,) if len(found) == len(ANY_DIGIT) else ()

    def _prompt(self) -> tuple[str, ...]:
        language = f"<|{NAMES[self.language]}|>"
        return "<|startoftranscript|>", language, "<|transcribe|>", "<|notimestamps|>"

    def _ids(self, text: str) -> tuple[int, ...]:
        return tuple(self._tokenizer.encode(text, add_special_tokens=False).ids)

    def _is_written(self, token: int) -> bool:
        text = self._tokenizer.decode([token])
        if _SCRIPTS[self.language].search(text):
            return self.language != "en" or token < COMMON
        return text.isascii() and (token < 1000 or bool(_DIGITS.fullmatch(text)))

    def _special(self, name: str) -> int:
        found = self._tokenizer.token_to_id(name)
        if found is None:
            raise RecognizerError(f"the tokenizer has no {name}; install the model again")
        return int(found)


def load_tokenizer(folder: Path) -> Tokenizer:
    """Raises `RecognizerError`."""
    try:
        return Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:
        # The library raises plain exceptions for a missing or damaged file.
        raise RecognizerError(f"{folder}/tokenizer.json: {error}; install it again") from error
