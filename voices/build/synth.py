"""Kokoro: phonemes to sound, by onnxruntime; the front ends that make the phonemes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from voices.build.reading import READINGS
from voices.build.takes import Take, take
from voices.lexicon import lexicon
from voices.sound import SPEAK_RATE, Sound

#: Shape of one voice: a style for every length of input, in phonemes.
STYLES = (510, 1, 256)

Phonemes = Callable[[str], str]


class ExtraMissing(RuntimeError):
    """The packages that build voices aren't installed."""

    code = "voices_extra"


class Synth:
    """One voice, loaded: about 330 MB and 2 s. `speak` takes a third of the time it makes."""

    def __init__(self, model: Path, voice: Path, language: str, *, threads: int = 1) -> None:
        try:
            import onnxruntime
            from kokoro_onnx import Kokoro
        except ImportError as error:
            raise ExtraMissing(
                "building voices needs: .venv/bin/pip install -c constraints.txt -e '.[voices]'"
            ) from error
        styles = model.with_name(f"{voice.stem}.npz")
        raw = np.fromfile(voice, dtype=np.float32).reshape(STYLES)
        arrays: Any = {voice.stem: raw}
        np.savez(styles, **arrays)
        options: Any = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        session = onnxruntime.InferenceSession(str(model), options)
        self._kokoro: Any = Kokoro.from_session(session, str(styles))
        self._voice = voice.stem
        self._language = language
        self._phonemes = FRONT_ENDS[language](self._kokoro)
        self._reading = READINGS[language]

    def phonemes(self, text: str) -> str:
        return self._phonemes(self._reading(text))

    def speak(self, text: str) -> Sound:
        return self.speak_as(take(text, self._language, self._voice))

    def speak_as(self, asked: Take) -> Sound:
        samples, rate = self._kokoro.create(
            self.phonemes(asked.spoken),
            voice=self._voice,
            speed=asked.speed,
            is_phonemes=True,
            trim=False,
        )
        if rate != SPEAK_RATE:
            raise ValueError(f"Kokoro gave {rate} Hz, not {SPEAK_RATE}")
        return Sound(np.asarray(samples, dtype=np.float32))


def mandarin(kokoro: Any) -> Phonemes:
    """misaki over jieba and pypinyin, with the lexicon's words taught to both."""
    import jieba
    from misaki import zh
    from pypinyin import load_phrases_dict

    front_end = zh.ZHG2P()
    words = lexicon("zh-CN")
    load_phrases_dict({word: [[marked(one)] for one in read] for word, read in words.items()})
    for word in words:
        jieba.add_word(word, freq=1_000_000)

    def phonemes(text: str) -> str:
        found = front_end(text)
        return str(found[0] if isinstance(found, tuple) else found)

    return phonemes


def english(kokoro: Any) -> Phonemes:
    """espeak-ng's phonemes, as Kokoro's own tokenizer takes them."""

    def phonemes(text: str) -> str:
        return str(kokoro.tokenizer.phonemize(text, "en-us"))

    return phonemes


_MARKS = {"a": "āáǎàa", "e": "ēéěèe", "i": "īíǐìi", "o": "ōóǒòo", "u": "ūúǔùu", "v": "ǖǘǚǜü"}


def marked(syllable: str) -> str:
    """chong2 → chóng, as pypinyin's dictionaries have it; the mark is on a, e, ou or the last."""
    sound, tone = syllable[:-1], int(syllable[-1]) - 1
    vowels = [i for i, letter in enumerate(sound) if letter in _MARKS]
    main = next((i for one in "ae" for i in vowels if sound[i] == one), None)
    if main is None:
        main = next((i for i in vowels if sound[i : i + 2] == "ou"), vowels[-1])
    return sound[:main] + _MARKS[sound[main]][tone] + sound[main + 1 :]


FRONT_ENDS: dict[str, Callable[[Any], Phonemes]] = {"zh-CN": mandarin, "en": english}
