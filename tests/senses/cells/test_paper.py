"""Labels and leaflets: right cells, in print beside, in files an embosser takes."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from braille.brf import SHEETS, from_brf
from braille.cells import BLANK, is_six_dot
from kiosk.cli import main
from kiosk.senses.cells import pdf
from kiosk.senses.cells.paper import NoService, NoTicket, labels, leaflet, papers, ticket
from tests.support.cells import script
from tests.support.customer import content


def test_the_start_label_has_the_right_cells() -> None:
    start = labels(script("zh-CN"))[0]
    assert start.text == "用盲文，请打任意一个点。"
    assert start.cells == "⠹⠀⠍⠦⠒⠂⠐⠀⠅⠡⠄⠀⠙⠔⠄⠀⠚⠴⠆⠊⠆⠀⠊⠛⠢⠀⠙⠩⠄⠐⠆"


COVERED = [
    (language, service)
    for language in ("zh-CN", "en", "ko")
    for service in sorted(content().covers[language])
]


@pytest.mark.parametrize(("language", "service"), COVERED)
def test_every_service_has_a_leaflet(service: str, language: str) -> None:
    paragraphs = leaflet(service, content(), script(language))
    assert all(one.cells and one.text and is_six_dot(one.cells) for one in paragraphs)
    assert paragraphs[0].heading
    assert sum(one.heading for one in paragraphs) >= 4


def test_papers_of_a_holder_and_of_who_acts_for_one() -> None:
    own, others = papers(content().catalog.services["loss_report"], content())
    assert [one.id for one in own] == ["holder_id"]
    assert [one.id for one in others][:3] == ["agent_id", "absent_holder_id", "power_of_attorney"]


def test_an_unknown_service_is_answered_with_those_there_are() -> None:
    with pytest.raises(NoService, match="loss_report"):
        leaflet("none", content(), script("zh-CN"))


@pytest.mark.parametrize("service", sorted(content().catalog.services))
def test_a_service_that_a_language_lacks_is_refused(service: str) -> None:
    covered = content().covers["ko"]
    if service in covered:
        return
    there = ", ".join(sorted(covered))
    with pytest.raises(
        NoService, match=f"{service} isn't there in ko yet; in ko there are {there}"
    ):
        leaflet(service, content(), script("ko"))


@pytest.mark.parametrize(("language", "service"), COVERED)
def test_a_ticket_says_its_number_and_what_comes_next(language: str, service: str) -> None:
    writer = script(language)
    waiting = ticket("A023", service, content(), writer)
    called = ticket("A023", service, content(), writer, counter="3")
    assert writer.table.write("A023") in waiting[0].cells
    assert all(one.cells and is_six_dot(one.cells) for one in (*waiting, *called))
    told = {one.text for one in called} - {one.text for one in waiting}
    assert len(told) == 1
    assert "3" in told.pop()


@pytest.mark.parametrize("wrong", ["", "23", "a023", "A23", "A02345", "A023 "])
def test_what_is_no_number_of_a_ticket_is_refused(wrong: str) -> None:
    with pytest.raises(NoTicket, match="like A023"):
        ticket(wrong, "loss_report", content(), script("zh-CN"))


COMMANDS = (
    (("leaflet", "loss_report"), "loss_report-zh-CN"),
    (("ticket", "A023", "loss_report", "--counter", "3"), "ticket-A023-zh-CN"),
    (("labels", "--lang", "en"), "labels-en"),
    (("leaflet", "withdraw", "--lang", "ko"), "withdraw-ko"),
)


@pytest.mark.parametrize("paper", SHEETS)
@pytest.mark.parametrize(("arguments", "name"), COMMANDS)
def test_the_commands_write_brf_and_pdf(
    arguments: tuple[str, ...], name: str, paper: str, tmp_path: Path
) -> None:
    done = CliRunner().invoke(
        main, ["braille", *arguments, "--paper", paper, "--into", str(tmp_path)]
    )
    assert done.exit_code == 0, done.output
    brf = (tmp_path / f"{name}.brf").read_bytes().decode("ascii")
    sheet = SHEETS[paper]
    for page in brf.rstrip("\f").split("\f"):
        lines = [from_brf(line) for line in page.split("\r\n")[:-1]]
        assert len(lines) == sheet.lines
        assert all(len(line) <= sheet.cells and is_six_dot(line) for line in lines)
        assert lines[0].strip(BLANK), "no page begins with an empty line"
        assert lines[-1].strip(BLANK).startswith("⠼")
    assert (tmp_path / f"{name}.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["leaflet", "none"], "no service 'none'; there are"),
        (["leaflet", "coins", "--lang", "ko"], "coins isn't there in ko yet; in ko there are"),
        (["ticket", "23", "withdraw"], "'23' is no ticket; write it as on the screen, like A023"),
        (["labels", "--lang", "xx"], "no language xx; there are zh-CN, en"),
    ],
)
def test_what_cannot_be_printed_is_said(arguments: list[str], said: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["braille", *arguments, "--into", str(tmp_path)])
    assert done.exit_code == 1
    assert said in done.output


def test_without_a_font_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "FONT", tmp_path / "none.ttc")
    with pytest.raises(pdf.FontMissing, match="apt-get install fonts-noto-cjk"):
        pdf.draw(labels(script("zh-CN")), "x", "zh-CN", tmp_path / "x.pdf")


def test_a_broken_key_map_is_found_by_command(tmp_path: Path) -> None:
    (tmp_path / "keymaps").mkdir()
    (tmp_path / "keymaps" / "bad.yaml").write_text("keys:\n  KeyF: jump\n", "utf-8")
    done = CliRunner().invoke(main, ["braille", "keymaps", "--data", str(tmp_path)])
    assert done.exit_code == 1
    assert "bad.yaml:2: KeyF can't be 'jump'" in done.output
    assert "* perkins" in done.output
