"""Whisper as a closed-set recogniser: our decoder held against the library's own, and its use."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import ctranslate2
import numpy as np
import pytest

from kiosk.flow.understand.numbers import FORMS
from tests.support.customer import content
from tests.support.models import MODELS, needs_people, needs_whisper
from tests.support.sounds import dictated, digit_sounds, everybody, heard, noisy, people, words
from voices.codec import decode, stretch
from voices.hearing.patterns import Subject, graph
from voices.hearing.ports import Expected, Heard, Places, RecognizerError, any_digits
from voices.hearing.whisper import WhisperRecognizer, recognizer
from voices.hearing.whisper.judge import THRESHOLD
from voices.hearing.whisper.mel import log_mel
from voices.hearing.whisper.recognizer import AFTER, is_all, surer
from voices.hearing.whisper.sentences import Compiled, sentences
from voices.hearing.whisper.tokens import Tokens, load_tokenizer
from voices.hearing.whisper.trie import trie
from voices.hearing.whisper.weights import read
from voices.sound import HEAR_RATE, SPEAK_RATE, Samples, Sound

pytestmark = [pytest.mark.device, needs_whisper]
FOLDER = MODELS / "whisper-base"
SAID = Path(__file__).parent.parent / "support" / "said"
PHRASES = ("银行", "返回", "帮助", "取消", "确认", "存款", "汇款", "丢失", "电话", "人工")


@pytest.fixture(scope="module")
def whisper() -> Iterator[WhisperRecognizer]:
    (MODELS / "priors").mkdir(exist_ok=True)
    made = WhisperRecognizer(FOLDER, cache=MODELS / "priors")
    yield made
    made.close()


def decide(
    whisper: WhisperRecognizer, samples: Samples, *phrases: str, digits: tuple[Places, ...] = ()
) -> Heard:
    expected = Expected("zh-CN", phrases, digits)
    whisper.prepare(expected)
    recognition = whisper.open(expected)
    recognition.feed(samples)
    return recognition.result()


def recording(word: str) -> Samples:
    return decode(people("zh-CN")[word], HEAR_RATE).samples


@needs_people
def test_scores_agree_with_the_librarys_own(whisper: WhisperRecognizer) -> None:
    """CTranslate2 computes in 8 bits and over its whole vocabulary; the order must be the same."""
    samples = recording("银行")
    tongue = whisper._tongues["zh-CN"]
    scorer = tongue.scorer(samples)
    tokens = [tongue._tokens.encode(one) for one in PHRASES]
    ours = scorer.phrases(trie(tokens), width=1000, behind=float("inf"))
    model = ctranslate2.models.Whisper(str(FOLDER), device="cpu", compute_type="float32")
    mel = np.ascontiguousarray(log_mel(samples, AFTER)[np.newaxis])
    encoded = model.encode(ctranslate2.StorageView.from_array(mel))
    frames = encoded.shape[1]
    for index, phrase in enumerate(PHRASES):
        theirs = model.align(
            encoded, [int(i) for i in tongue._tokens.prompt], [list(tokens[index])], frames
        )[0]
        log_p = float(np.log(np.maximum(theirs.text_token_probs, 1e-30)).sum())
        tail = ours[index].log_p
        # Ours adds the end, and is over the language's own tokens: a little more likely each.
        if phrase == "银行":
            assert tail == pytest.approx(log_p, abs=1.5)
        assert tail <= log_p + 6
    assert max(ours, key=lambda i: ours[i].log_p) == 0


def test_phrases_score_the_same_alone_and_along_the_trie(whisper: WhisperRecognizer) -> None:
    tongue = whisper._tongues["zh-CN"]
    sound = np.sin(np.arange(HEAR_RATE) / 30).astype(np.float32) * 0.1
    tokens = [tongue._tokens.encode(one) for one in (*PHRASES, "银行卡", "银行卡丢了")]
    together = tongue.scorer(sound).phrases(trie(tokens), width=1000, behind=float("inf"))
    for index, one in enumerate(tokens):
        alone = tongue.scorer(sound).phrases(trie([one]), width=1000, behind=float("inf"))[0]
        assert together[index].log_p == pytest.approx(alone.log_p, abs=1e-2)
        assert together[index].tokens == len(one)


@needs_people
def test_people_are_heard(whisper: WhisperRecognizer) -> None:
    """Banking words of one speaker, each among ten: at least nine of ten at once."""
    found = [decide(whisper, recording(word), *PHRASES).phrase == word for word in PHRASES]
    assert sum(found) >= 9


@needs_people
def test_what_is_not_expected_is_not_taken(whisper: WhisperRecognizer) -> None:
    outside = ("钱", "重复", "修改", "地址", "排队", "等待", "开始", "退出", "预约", "卡")
    taken = [decide(whisper, recording(word), *PHRASES).phrase for word in outside]
    assert sum(one is not None for one in taken) <= 1, taken


def test_silence_and_noise_are_nothing(whisper: WhisperRecognizer) -> None:
    silence = np.zeros(HEAR_RATE, np.float32)
    assert decide(whisper, silence, *PHRASES).phrase is None
    hum = noisy(np.full(HEAR_RATE, 0.05, np.float32), 0, seed=1)
    assert decide(whisper, hum, *PHRASES).phrase is None
    assert decide(whisper, np.zeros(0, np.float32), *PHRASES).phrase is None


@needs_people
def test_digits_come_in_the_length_asked_for(whisper: WhisperRecognizer) -> None:
    chance = random.Random(5)
    ten = digit_sounds("zh-CN")["people"]
    right = 0
    for text in ("138001", "905527", "461830", "772019"):
        found = decide(whisper, heard(dictated(text, ten, chance)), digits=(any_digits(6),))
        right += (found.phrase or found.others[0]) == text
        assert all(len(one) == 6 for one in (found.phrase, *found.others) if one)
    assert right >= 3


@needs_people
def test_a_word_is_no_telephone_number(whisper: WhisperRecognizer) -> None:
    """Eleven digits aren't said in the time of three syllables."""
    for said in words("zh-CN")["people"][:20]:
        assert decide(whisper, said.samples, "不留电话", digits=FORMS["phone"]).phrase is None, (
            said.text
        )


def test_a_language_it_is_not_set_up_for_is_named(whisper: WhisperRecognizer) -> None:
    with pytest.raises(RecognizerError, match="fr"):
        whisper.open(Expected("fr", ("oui",)))


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecognizerError, match="install"):
        WhisperRecognizer(tmp_path)


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "model.bin"
    file.write_bytes(b"\x06\x00\x00\x00\x05\x00Other")
    with pytest.raises(RecognizerError, match=r"model\.bin"):
        read(file)


def test_phrases_of_other_scripts_have_no_tokens() -> None:
    tokens = Tokens(load_tokenizer(FOLDER), "zh-CN")
    assert tokens.encode("确认")
    assert not tokens.encode("Здравствуйте")


def test_sentences_score_along_their_graph_as_they_do_alone(whisper: WhisperRecognizer) -> None:
    """What a string of tokens scores doesn't depend on the ways that say it."""
    tokens = whisper._tongues["zh-CN"]._tokens
    slots = {"what": {"card": ["银行 卡"], "book": ["存折"]}, "why": {"lost": ["丢了"]}}
    patterns = ("我 要 换 {what}", "(我 的) {what} {why}")
    made = graph([Subject("new", patterns, slots), Subject("lost", patterns[1:], slots)], {})
    scorer = whisper._tongues["zh-CN"].scorer(recorded())
    found = sentences(scorer, Compiled(made, tokens), width=1000, behind=1000.0)
    assert {one.about for one in found} == {"new", "lost"}
    for one in found:
        text = tokens.joined(one.words)
        whole = scorer.phrases(trie([tokens.encode(text)]), behind=float("inf"))[0]
        ways = [f.score for f in found if f.words == one.words]
        same = [score.log_p for score in ways if score.tokens == whole.tokens]
        assert same, f"{text} isn't written as the model writes it"
        # A comma doesn't end a sentence, so its end is a little less likely than a phrase's.
        assert max(same) <= whole.log_p + 1e-3


def test_a_sentence_tells_what_was_said_in_it(whisper: WhisperRecognizer) -> None:
    told = said_whole(whisper, recorded())
    assert told.about == "replacement"
    assert told.confidence > 0.85
    assert {(t.mark.name, t.mark.value) for t in told.told if t.confidence >= 0.85} == {
        ("replace_what", "card"),
        ("replace_why", "broken"),
        ("for_whom", "self"),
    }


@needs_people
def test_sentences_that_ask_for_nothing_are_not_taken_for_any(whisper: WhisperRecognizer) -> None:
    for one in everybody("zh-CN"):
        if one.speaker == "zh-sentences":
            assert said_whole(whisper, one.samples).about is None, one.text


def said_whole(whisper: WhisperRecognizer, samples: Samples) -> Heard:
    """What is made of a sound where every sentence of ours may be said."""
    made = content()
    graph = made.words("zh-CN").requests.graph(made.covers["zh-CN"])
    expected = Expected("zh-CN", PHRASES, sentences=graph)
    whisper.prepare(expected)
    recognition = whisper.open(expected)
    recognition.feed(samples)
    return recognition.result()


def recorded() -> Samples:
    """Somebody says 我的卡坏了，想换一张新的，我自己办."""
    return decode(SAID / "new_card.opus", HEAR_RATE).samples


def test_of_two_decisions_the_surer_counts_and_two_phrases_leave_both_in_doubt() -> None:
    weak, sure = Heard("返回", 0.5, ("帮助",)), Heard("返回", 0.8)
    assert surer(weak, sure) == sure
    assert surer(weak, Heard(None, 0.1)) == weak
    assert surer(Heard(None, 0.0), sure) == sure
    assert surer(weak, Heard("帮助", 0.8)) == Heard("帮助", THRESHOLD)


@needs_people
@pytest.mark.parametrize("said", [("139",), ("139", "08"), ("139", "0817"), ("139", "0817", "26")])
def test_a_number_that_was_begun_is_no_whole_one(
    whisper: WhisperRecognizer, said: tuple[str, ...]
) -> None:
    """The model goes on by itself: three slow digits are eleven to it."""
    ten = digit_sounds("zh-CN")["people"]
    pieces: list[Samples] = []
    for group in said:
        for digit in group:
            pieces += [stretch(ten[digit], 0.75).samples, np.zeros(SPEAK_RATE // 10, np.float32)]
        pieces.append(np.zeros(SPEAK_RATE // 2, np.float32))
    sound = heard(Sound(np.concatenate(pieces)))
    found = decide(whisper, sound, "不留电话", digits=FORMS["phone"])
    assert found.phrase is None


@pytest.mark.parametrize("number", ["13346421670", "13438544651", "13662247276"])
def test_a_whole_number_in_english_is_no_beginning(whisper: WhisperRecognizer, number: str) -> None:
    ten = digit_sounds("en")["af_heart"]
    pieces: list[Samples] = []
    for digit in number:
        pieces += [stretch(ten[digit], 0.9).samples, np.zeros(SPEAK_RATE // 10, np.float32)]
    expected = Expected("en", ("no phone", "go back", "help"), FORMS["phone"])
    recognition = whisper.open(expected)
    recognition.feed(heard(Sound(np.concatenate(pieces))))
    assert recognition.result().phrase == number


@needs_people
@pytest.mark.parametrize(("speaker", "word"), [("s1", "饭店"), ("s2", "语音")])
def test_slow_speakers_are_heard_the_second_time(
    whisper: WhisperRecognizer, monkeypatch: pytest.MonkeyPatch, speaker: str, word: str
) -> None:
    """Never less surely than at once, and never so surely that it acts at once."""
    said = next(o.samples for o in everybody("zh-CN") if (o.speaker, o.text) == (speaker, word))
    twice = decide(whisper, said, *PHRASES, word)
    monkeypatch.setattr(recognizer, "UNSURE", 0.0)
    once = decide(whisper, said, *PHRASES, word)
    assert twice.phrase == word
    assert once.confidence <= twice.confidence < 0.85


@pytest.mark.parametrize(("seconds", "whole"), [(1.2, True), (2.2, False)])
def test_a_phrase_that_leaves_room_for_a_clause_is_held_against_the_sentences(
    seconds: float, whole: bool
) -> None:
    said = Expected("zh-CN", ("补一张新卡",), sentences=graph([Subject("card", ("补卡",), {})], {}))
    assert is_all(Heard("补一张新卡", 0.9), said, seconds) is whole
    assert is_all(Heard("补一张新卡", 0.9), Expected("zh-CN", ("补一张新卡",)), 9.0)
    assert not is_all(Heard(None, 0.9), said, 0.5)
