"""Text that comes in is clean, normalised and bounded, or it doesn't come in."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.door import LONGEST, Unclean, clean, clean_json, legible
from tests.support.evil import EVIL, REFUSED

#: Also what Hypothesis leaves out by itself: half characters.
ANY = st.text(st.characters(exclude_categories=[]))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ANY, inner, max_size=4),
)


def let_in(text: str) -> str | None:
    try:
        return clean(text)
    except Unclean:
        return None


@given(ANY)
def test_what_comes_in_can_be_shown_stored_and_compared(text: str) -> None:
    found = let_in(text)
    if found is None:
        return
    assert found.encode().decode() == found
    assert unicodedata.is_normalized("NFC", found)
    assert clean(found) == found
    hidden = {unicodedata.category(one) for one in found} & {"Cc", "Cs"}
    assert not hidden or set(found) & set("\n\r\t")
    assert not {unicodedata.bidirectional(one) for one in found} & {
        "RLO",
        "LRO",
        "RLE",
        "LRE",
        "PDF",
    }


@pytest.mark.parametrize(
    "text",
    ["", "张三", "Ω≈ç", "é", "한국어", "👨‍👩‍👧", "line\nline\ttab", "各位老师：您好！", "0" * 64],
)
def test_what_people_write_comes_in(text: str) -> None:
    assert clean(text) == unicodedata.normalize("NFC", text)


def test_the_same_letters_are_the_same_text() -> None:
    assert clean("e\u0301") == clean("\u00e9")
    assert clean("\u1112\u1161\u11ab") == "한"


@pytest.mark.parametrize(("name", "reason"), REFUSED.items())
def test_what_is_refused_says_why(name: str, reason: str) -> None:
    with pytest.raises(Unclean) as caught:
        clean(EVIL[name])
    assert caught.value.reason == reason
    assert EVIL[name] not in str(caught.value)


@given(JSON)
def test_a_document_is_clean_at_any_depth(document: Any) -> None:
    try:
        found = clean_json(json.dumps(document))
    except Unclean:
        return
    json.dumps(found, ensure_ascii=False).encode()
    json.dumps(found, allow_nan=False)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("[" * 50_000, "too_deep"),
        ("[" * 18 + "]" * 18, "too_deep"),
        (json.dumps([0] * 5000), "too_deep"),
        ("1" * 300, "number"),
        ("1e999", "number"),
        ("-Infinity", "number"),
        ("NaN", "number"),
        ("0." + "1" * 300, "number"),
        ('{"a": ["\\ud800"]}', "half"),
        ('{"\\u0000": 1}', "hidden"),
        ("{", "no_json"),
        (b"\xff\xfe\xff", "no_json"),
        (json.dumps("a" * (LONGEST + 1)), "too_long"),
    ],
)
def test_a_document_that_is_refused_says_why(raw: bytes | str, reason: str) -> None:
    with pytest.raises(Unclean) as caught:
        clean_json(raw)
    assert caught.value.reason == reason


@given(ANY)
def test_what_was_stored_once_can_always_go_out(text: str) -> None:
    assert legible(text).encode().decode() == legible(text)
    if not any("\ud800" <= one <= "\udfff" for one in text):
        assert legible(text) == text
