"""Every sentence and every screen of the product in cells, held as they were confirmed.

Renew after a change that is meant: ``RENEW_GOLDEN=1 pytest tests/senses/cells/test_render.py``, and
have a reader of braille look at the difference.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from braille.cells import BLANK, is_six_dot
from kiosk.content.checks.marks import felt
from kiosk.content.checks.material import read_material
from kiosk.content.words import PLACEHOLDER
from kiosk.flow.text import Slot, Text
from kiosk.senses.cells.render import Feel, feelable
from kiosk.session.events import Put
from tests.support.cells import script
from tests.support.customer import WAYS, customer_at

GOLDEN = Path(__file__).parent.parent / "golden"
LANGUAGES = ("zh-CN", "en")


def held(name: str, text: str) -> None:
    golden = GOLDEN / name
    if os.environ.get("RENEW_GOLDEN"):
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")


def sentence_lines(language: str) -> Iterator[str]:
    writer = script(language)
    for _, sentence, _ in felt(read_material(None), language):
        marked = PLACEHOLDER.sub("1", writer.sentence(sentence))
        yield f"{sentence}\t{writer.table.write(marked)}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence(language: str) -> None:
    lines = sorted(set(sentence_lines(language)))
    assert all(is_six_dot(line.rpartition("\t")[2]) for line in lines)
    held(f"sentences.{language}.txt", "\n".join(lines) + "\n")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen(language: str) -> None:
    parts = []
    for screen in WAYS:
        customer = customer_at(screen).do(Put("language", language))
        parts.append(f"# {screen}")
        parts += [
            f"{region.about}\t{region.cells}"
            for region in feelable(customer.prompt, script(language))
        ]
    held(f"screens.{language}.txt", "\n".join(parts) + "\n")


def test_values_are_written_as_each_language_has_them() -> None:
    chinese, english = script("zh-CN"), script("en")
    assert chinese.cells(Slot("amount", 125_080)) == "⠼⠁⠃⠑⠚⠂⠓⠚⠯⠂"
    assert chinese.cells(Slot("ticket", "A023")) == "⠠⠁⠼⠚⠃⠉"
    assert chinese.cells(Slot("date", "2026-12-01")) == ("⠼⠃⠚⠃⠋⠝⠩⠀⠼⠁⠃⠾⠀⠼⠁⠤⠚⠆⠐⠀⠓⠡⠁⠅⠊⠁⠗⠆")
    assert english.cells(Slot("ticket", "A023")) == "⠠⠁⠼⠚⠃⠉"


def test_a_private_value_is_counted_and_shown_only_on_wish() -> None:
    phone = Slot("phone", "13800138000", private=True)
    assert script("zh-CN").print(phone) == "已填 11 位"
    assert script("zh-CN", Feel(hush=False)).print(phone) == "138 0013 8000"


@pytest.mark.parametrize("language", ["zh-CN", "en", "ko"])
@pytest.mark.parametrize("odd", ["☎", "￥", "½", "𠮷", "😀"])
def test_what_cannot_be_written_is_named_and_the_rest_stays(language: str, odd: str) -> None:
    writer = script(language)
    written = writer.cells(Slot("free", f"3 {odd} 5"))
    assert written.startswith(writer.cells(Slot("free", "3")))
    assert written.endswith(writer.table.write("5")[-1])
    assert len(written.replace(BLANK, "")) > 4


def test_a_text_in_a_text_is_read_as_its_author_marked_it() -> None:
    text = Text("screen.group.ask", {"group": Text("group.urgent.title")})
    assert script("zh-CN").marked(text).startswith(script("zh-CN").marked(text.params["group"]))


def test_chinese_in_english_is_written_in_chinese() -> None:
    assert script("en").cells(Slot("free", "Bank 北京")) == "⠠⠃⠁⠝⠅⠀⠃⠮⠄⠛⠡⠁"
