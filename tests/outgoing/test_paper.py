"""What is on the paper, on every kind of it, read back by a recogniser."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from PIL import Image

from kiosk.content.loader import Content
from kiosk.outgoing.embossing import brf_of
from kiosk.outgoing.paper import Paper, paper_of
from kiosk.outgoing.pdf import Size, draw
from kiosk.outgoing.raster import WIDTH, picture
from kiosk.outgoing.receipts import EscposPrinter, over_network
from kiosk.senses.cells.display import tables
from kiosk.senses.cells.render import Feel, Script
from kiosk.session.taking import Slip
from kiosk.settings import Settings
from tests.support.escpos import printer_at_a_socket
from tests.support.recogniser import needs_recogniser, read

SLIP = Slip(
    "ticket-1", "A023", ("loss_report",), ("holder_id",), "zh-CN", "2026-11-24", code="4071"
)
#: What a recogniser must find on every paper: it is as large as the customer needs it.
FOUND = ("您的号", "A023", "4071", "接下来", "大屏幕", "密码")


def paper(content: Content, slip: Slip = SLIP) -> Paper:
    return paper_of(slip, "第一支行", content.words(slip.language))


def pages(pdf: bytes, folder: Path) -> list[Image.Image]:
    """The pages as poppler draws them."""
    (folder / "paper.pdf").write_bytes(pdf)
    words = ["pdftoppm", "-r", "150", "-png", str(folder / "paper.pdf"), str(folder / "page")]
    subprocess.run(words, check=True, timeout=60)
    return [_opened(one) for one in sorted(folder.glob("page*.png"))]


def _opened(path: Path) -> Image.Image:
    with Image.open(path) as found:
        return found.copy()


def test_it_says_what_the_customer_needs_and_nothing_personal(shipped: Content) -> None:
    text = shipped.words("zh-CN").text
    lines = [line.text for line in paper(shipped).lines]
    assert lines[0] == "第一支行"
    assert lines[2:] == [
        *(text("screen.ticket.your"), "A023"),
        *(text("paper.ticket.code"), "4071"),
        *(text("paper.ticket.service"), text("loss_report.title")),
        *(text("screen.ticket.papers"), text("documents.holder_id.name")),
        *(text("paper.ticket.next"), text("paper.ticket.seat")),
        text("paper.leaflet.never"),
    ]


def test_who_is_fetched_reads_so(shipped: Content) -> None:
    words = shipped.words("zh-CN")
    fetched = [line.text for line in paper(shipped, replace(SLIP, fetch=True)).lines]
    assert words.text("paper.ticket.fetch") in fetched
    assert words.text("paper.ticket.seat") not in fetched


@pytest.mark.parametrize("language", ["zh-CN", "en", "ko"])
def test_it_is_in_the_customers_language(shipped: Content, language: str) -> None:
    slip = replace(SLIP, language=language, services=("withdraw",))
    lines = [line.text for line in paper(shipped, slip).lines]
    assert shipped.words(language).text("screen.ticket.your") in lines


@needs_recogniser
@pytest.mark.device
@pytest.mark.parametrize("size", get_args(Size))
def test_a_recogniser_reads_the_pdf(shipped: Content, tmp_path: Path, size: Size) -> None:
    (page,) = pages(draw(paper(shipped), size), tmp_path)
    found = read(page, tmp_path)
    assert [one for one in FOUND if one not in found] == [], found


def test_much_goes_on_on_a_second_page(shipped: Content, tmp_path: Path) -> None:
    many = replace(SLIP, papers=tuple(shipped.catalog.documents)[:14])
    assert len(pages(draw(paper(shipped, many), "a5"), tmp_path)) > 1
    assert len(pages(draw(paper(shipped, many), "80mm"), tmp_path)) > 0


@needs_recogniser
@pytest.mark.device
def test_a_recogniser_reads_what_the_receipt_printer_was_sent(
    shipped: Content, tmp_path: Path
) -> None:
    """Chinese as dots: no code page of the printer has a say in it."""
    with printer_at_a_socket() as (simulator, port):
        over_network("127.0.0.1", port).print(paper(shipped))
    (receipt,) = simulator.receipts
    found = read(receipt.picture, tmp_path)
    assert [one for one in FOUND if one not in found] == [], found


def test_the_receipt_is_the_picture_dot_by_dot(shipped: Content) -> None:
    drawn = picture(paper(shipped))
    with printer_at_a_socket() as (simulator, port):
        over_network("127.0.0.1", port).print(paper(shipped))
    printed = simulator.receipts[0].picture.crop((0, 0, WIDTH, drawn.height))
    assert printed.convert("1").tobytes() == drawn.tobytes()


def test_the_embosser_gets_the_same_in_braille(settings: Settings, shipped: Content) -> None:
    def script(language: str) -> Script:
        table = tables(settings, shipped.words_of_marks)(language)
        return Script(shipped.words(language), table, shipped.marks.get(language, {}), Feel())

    brf = brf_of(SLIP, "", script("zh-CN")).decode("ascii")
    lines = [line.strip() for line in brf.splitlines()]
    # The number as braille writes it: the sign of capitals, a, the sign of digits, 0 2 3.
    assert any(line.endswith("A#JBC") for line in lines), lines
    assert brf.endswith("\f")
    assert all(len(line) <= 32 for line in lines)


def test_a_printer_that_answers_is_believed(shipped: Content) -> None:
    with printer_at_a_socket() as (_, port):
        printer: EscposPrinter = over_network("127.0.0.1", port)
        assert printer.state() == "ready"
