"""Labels and leaflets: right cells, in print beside, in files an embosser takes."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from braille.brf import HEIGHT, WIDTH, from_brf
from braille.cells import is_six_dot
from kiosk.cli import main
from kiosk.senses.cells import pdf
from kiosk.senses.cells.paper import NoService, labels, leaflet, papers
from tests.support.cells import script
from tests.support.customer import content


def test_the_start_label_has_the_right_cells() -> None:
    start = labels(script("zh-CN"))[0]
    assert start.text == "用盲文，请打任意一个点。"
    assert start.cells == "⠹⠀⠍⠦⠒⠂⠐⠀⠅⠡⠄⠀⠙⠔⠄⠀⠚⠴⠆⠊⠆⠀⠊⠛⠢⠀⠙⠩⠄⠐⠆"


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("service", sorted(content().catalog.services))
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


def test_the_commands_write_brf_and_pdf(tmp_path: Path) -> None:
    run = CliRunner()
    done = run.invoke(main, ["braille", "leaflet", "loss_report", "--into", str(tmp_path)])
    assert done.exit_code == 0, done.output
    brf = (tmp_path / "loss_report-zh-CN.brf").read_bytes().decode("ascii")
    for page in brf.rstrip("\f").split("\f"):
        lines = page.split("\r\n")[:-1]
        assert len(lines) <= HEIGHT
        assert all(len(line) <= WIDTH and is_six_dot(from_brf(line)) for line in lines)
    assert (tmp_path / "loss_report-zh-CN.pdf").read_bytes().startswith(b"%PDF-")
    done = run.invoke(main, ["braille", "labels", "--lang", "en", "--into", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "labels-en.brf").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["leaflet", "none"], "no service 'none'; there are"),
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
