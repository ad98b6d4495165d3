"""English and Korean through liblouis: right, six dots, safe from many threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from braille import louis as module
from braille.cells import NoCell, is_six_dot
from braille.louis import LouisMissing, LouisTable, louis
from braille.tables import TABLES, table_for


def test_english_in_both_grades() -> None:
    assert table_for("en").write("You have 2") == "⠠⠽⠀⠓⠀⠼⠃"
    assert table_for("en", "uncontracted").write("You have 2") == "⠠⠽⠕⠥⠀⠓⠁⠧⠑⠀⠼⠃"
    assert table_for("en").write("A023") == "⠠⠁⠼⠚⠃⠉"


def test_korean() -> None:
    assert table_for("ko").write("은행") == louis().translate("ko-g2.ctb", "은행")
    assert is_six_dot(table_for("ko").write("3번 창구로 오세요."))


def test_chinese_names_in_english_are_written_in_chinese() -> None:
    written = table_for("en").write("to 北京 branch")
    assert written == "⠞⠕⠀⠃⠮⠄⠛⠡⠁⠀⠃⠗⠁⠝⠡"
    assert table_for("en").uncovered("北京 😀") == "😀"


def test_what_it_lacks_is_never_an_escape_with_dot_seven() -> None:
    table = LouisTable("en", "en-ueb-g2")
    for text in ("号", "😀", "ok 号 ok"):
        with pytest.raises(NoCell, match="write it in words"):
            table.write(text)
    assert table.uncovered("ok 号😀") == "号😀"


def test_many_threads_at_once() -> None:
    texts = [f"card number {n}" for n in range(200)]
    one = [LouisTable("en", "en-ueb-g2").write(text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        many = list(pool.map(lambda text: LouisTable("en", "en-ueb-g2").write(text), texts))
    assert many == one


def test_without_liblouis_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LIBRARY", "liblouis.so.none")
    louis.cache_clear()
    with pytest.raises(LouisMissing, match="apt-get install liblouis20"):
        louis()
    monkeypatch.undo()
    louis.cache_clear()


def test_a_language_without_a_table_is_named() -> None:
    with pytest.raises(KeyError, match="no braille table for fr"):
        table_for("fr")
    assert set(TABLES) == {"zh-CN", "en", "ko"}
