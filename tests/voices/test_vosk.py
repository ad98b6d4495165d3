"""Vosk as a closed-set recogniser, with its real Korean model."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from tests.support.models import MODELS, needs_people, needs_vosk_ko
from tests.support.sounds import heard, people
from voices.codec import decode
from voices.hearing.ports import NOTHING, Expected, Heard, RecognizerError, any_digits
from voices.hearing.vosk import Grammar, VoskRecognizer, judged
from voices.sound import HEAR_RATE, Samples
from voices.speaking.live import EspeakEngine

pytestmark = pytest.mark.device

COMMANDS = ("아니요", "취소", "네", "다시", "비밀번호 재설정", "계좌 개설", "도움말")


class FewWords:
    """A model that knows these words."""

    def __init__(self, *words: str) -> None:
        self.words = words

    def vosk_model_find_word(self, word: str) -> int:
        return self.words.index(word) if word in self.words else -1


def test_a_grammar_holds_what_the_model_can_write() -> None:
    model = FewWords("银行", "卡", "丢", "了", "是", "一", "二", "嗯")
    grammar = Grammar.of(Expected("zh-CN", ("银行卡丢了", "是", "鼷鼠"), (any_digits(4),)), model)
    assert grammar.phrases == {"银行 卡 丢 了": "银行卡丢了", "是": "是"}
    assert {"一", "二", "嗯"} <= set(grammar.words)
    assert "[unk]" not in grammar.words


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("银行 卡", "银行卡"),
        ("银行 卡 银行 卡", None),
        ("卡", None),
        ("一 二 三 四", "1234"),
        ("幺 二 三 四", "1234"),
        ("一 二 三", None),
        ("", None),
    ],
)
def test_only_a_whole_phrase_counts(text: str, phrase: str | None) -> None:
    """Phrases recombine in a grammar: parts and sums of them are nothing."""
    model = FewWords("银行", "卡", *"零一二三四五六七八九幺")
    grammar = Grammar.of(Expected("zh-CN", ("银行卡",), (any_digits(4),)), model)
    found = {"text": text, "result": [{"conf": 0.9} for _ in text.split()]}
    assert judged(found, grammar).phrase == phrase


def test_confidence_is_that_of_the_weakest_word() -> None:
    grammar = Grammar.of(Expected("zh-CN", ("银行卡",)), FewWords("银行", "卡"))
    found = {"text": "银行 卡", "result": [{"conf": 1.0}, {"conf": 0.4}]}
    assert judged(found, grammar) == Heard("银行卡", 0.4)
    assert judged({}, grammar) == NOTHING


@pytest.fixture(scope="module")
def korean() -> Iterator[VoskRecognizer]:
    made = VoskRecognizer({"ko": MODELS / "vosk-ko"})
    yield made
    made.close()


def decide(vosk: VoskRecognizer, samples: Samples, *phrases: str, digits: bool = False) -> Heard:
    recognition = vosk.open(Expected("ko", phrases, (any_digits(1),) if digits else ()))
    recognition.feed(samples)
    return recognition.result()


@needs_vosk_ko
def test_korean_commands_are_heard(korean: VoskRecognizer) -> None:
    engine = EspeakEngine()
    said = [decide(korean, heard(engine.speak(one, "ko")), *COMMANDS).phrase for one in COMMANDS]
    engine.close()
    right = sum(one == other for one, other in zip(said, COMMANDS, strict=True))
    assert right >= len(COMMANDS) - 2, said


@needs_vosk_ko
@needs_people
def test_korean_digits_of_a_person_are_heard(korean: VoskRecognizer) -> None:
    said = {
        word: decide(korean, decode(path, HEAR_RATE).samples, digits=True).phrase
        for word, path in people("ko").items()
    }
    wanted = {word: str(n) for n, word in enumerate("영일이삼사오육칠팔구")}
    right = [word for word in said if said[word] == wanted[word]]
    wrong = [word for word in said if said[word] not in (wanted[word], None)]
    # Single syllables are hard: 오 is heard as 공, the short 일, 이 and 육 not at all.
    assert len(right) >= 6, said
    assert len(wrong) <= 1, said


@needs_vosk_ko
def test_loudness_does_not_matter(korean: VoskRecognizer) -> None:
    engine = EspeakEngine()
    sound = heard(engine.speak("취소", "ko"))
    engine.close()
    assert decide(korean, sound * np.float32(0.1), *COMMANDS) == decide(korean, sound, *COMMANDS)


@needs_vosk_ko
def test_the_same_sound_is_decided_the_same_every_time(korean: VoskRecognizer) -> None:
    engine = EspeakEngine()
    sound = heard(engine.speak("다시", "ko"))
    engine.close()
    assert len({decide(korean, sound, *COMMANDS) for _ in range(5)}) == 1


@needs_vosk_ko
def test_silence_is_nothing(korean: VoskRecognizer) -> None:
    assert decide(korean, np.zeros(HEAR_RATE, np.float32), *COMMANDS) == NOTHING


def test_a_folder_without_a_model_is_named(tmp_path: object) -> None:
    with pytest.raises(RecognizerError, match="is no Vosk model"):
        VoskRecognizer({"ko": tmp_path})  # type: ignore[dict-item]


@needs_vosk_ko
def test_a_language_without_a_model_is_named(korean: VoskRecognizer) -> None:
    with pytest.raises(RecognizerError, match="no Vosk model for en"):
        korean.open(Expected("en", ("yes",)))
