"""No Mandarin is spelled in English by the synthesiser, whoever is called what."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence

import pypinyin.constants
import pytest

from voices.speaking.espeak_zh import sayable

MISSING = "[xqj]i[oōóǒò]ng"
#: espeak-ng's own phonemes of each text; in a process of its own, for the library has one state.
PHONEMES = """
import ctypes, json, sys
import espeakng_loader
lib = ctypes.CDLL(espeakng_loader.get_library_path())
lib.espeak_Initialize(2, 0, espeakng_loader.get_data_path().encode(), 0)
lib.espeak_SetVoiceByName(b"sit/cmn")
lib.espeak_TextToPhonemes.restype = ctypes.c_char_p
lib.espeak_TextToPhonemes.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_int]
def phonemes(text):
    left, said = ctypes.c_void_p(ctypes.cast(ctypes.c_char_p(text), ctypes.c_void_p).value), []
    while left.value:
        said.append(lib.espeak_TextToPhonemes(ctypes.byref(left), 1, 0).decode())
    return " ".join(said)
print(json.dumps([phonemes(one.encode()) for one in json.load(sys.stdin)]))
"""


def phonemes(texts: Sequence[str]) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", PHONEMES],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[str] = json.loads(done.stdout)
    return found


def spelled(texts: Sequence[str]) -> list[str]:
    """Which of these are said in English in part."""
    said = phonemes([sayable(one) for one in texts])
    return [text for text, one in zip(texts, said, strict=True) if "(en" in one]


def test_the_synthesiser_has_these_gaps() -> None:
    """Where it hasn't any more, this module can go."""
    assert all("(en" in one for one in phonemes(["熊", "穷", "窘", "一会儿"]))


def test_every_character_is_read() -> None:
    """Of the national standard GB 2312: its two levels, rows 16 to 87."""
    rows = ((row, place) for row in range(0xB0, 0xF8) for place in range(0xA1, 0xFF))
    signs = [bytes(one).decode("gb2312", "ignore") for one in rows]
    assert len([one for one in signs if one]) == 6763
    assert spelled([one for one in signs if one]) == []


def test_every_word_with_such_a_syllable_is_read() -> None:
    words = [
        word
        for word, said in pypinyin.constants.PHRASES_DICT.items()
        if "儿" in word or any(re.fullmatch(MISSING, one[0]) for one in said)
    ]
    assert len(words) > 100
    assert spelled(words) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [("熊先生，请等一会儿。", "习庸先生，请等一会而。"), ("A023 to 3", "A023 to 3")],
)
def test_all_else_stays(text: str, said: str) -> None:
    assert sayable(text) == said
