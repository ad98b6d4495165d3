"""Words that tell characters of one sound apart."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from braille.chinese.readings import _usual
from braille.chinese.words import common
from writing.apart import told_apart
from writing.process import RimeProcess
from writing.rows import Row, Sound, offered, readings


@pytest.fixture(scope="module")
def engine() -> Iterator[RimeProcess]:
    found = RimeProcess(answer=10.0)
    yield found
    found.close()


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (("中", "钟"), (["中国的中"], ["分钟的钟"])),
        (("她",), (["她们的她"],)),
        (("实施", "实时"), (["措施的施"], ["同时的时"])),
        (("北京",), ([],)),
        (("北京", "北"), ([], ["北京的北"])),
    ],
)
def test_what_differs_is_told_by_a_word(
    texts: tuple[str, ...], told: tuple[list[str], ...]
) -> None:
    assert tuple([one.text for one in parts] for parts in told_apart(texts)) == told


def test_a_character_of_several_readings_is_told_as_it_was_typed() -> None:
    ((chong,),) = told_apart(("重",), (Sound("chong", 2),))
    ((zhong,),) = told_apart(("重",), (Sound("zhong", 4),))
    assert (chong.text, chong.pinyin) == ("重新的重", "chóng")
    assert zhong.pinyin == "zhòng"
    assert zhong.word != chong.word


def test_a_rare_character_is_told_by_its_number() -> None:
    ((found,),) = told_apart(("囎",))
    assert found.text == "字 56CE"


def test_no_two_offers_of_a_sound_are_told_alike(engine: RimeProcess) -> None:
    """Every syllable of GB 2312, as cells and a voice would tell its characters."""
    from braille.chinese.syllables import parse

    syllables = sorted({parse(said).spelling for said in _usual().values()})
    for spelling in syllables:
        row = Row((Sound(spelling),), (1,))
        texts = offered(row, engine.offer(row.asked))
        heard: dict[object, str] = {}
        for text, parts in zip(texts, told_apart(texts, row.sounds), strict=True):
            (one,) = parts
            key = (readings(one.word), one.reading) if one.word else one.text
            assert heard.setdefault(key, text) == text, f"{heard[key]} and {text}: {one.text}"
            assert not one.word or (text in one.word and one.word in common())
