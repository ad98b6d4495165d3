"""A new service: served at once, filled in place by place, and then in order."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from kiosk.app import create_app
from kiosk.cli import main
from kiosk.content.checks.registry import check
from kiosk.content.filling import MARK
from kiosk.content.loader import load
from kiosk.content.new import CannotBegin, new_service
from kiosk.content.proposing import propose_marks
from kiosk.content.source import BUILT_IN
from kiosk.settings import Settings
from kiosk.web.wiring import EXTENSION
from tests.support.visits import Visit

pytestmark = pytest.mark.long

MARKED = re.compile(rf"^.*{re.escape(MARK)}.*$", re.MULTILINE)

#: The services of a group with room, as the menu lists them.
HELP = "need_help, agent, home_visit, inheritance"


def run(*words: str) -> str:
    result = CliRunner().invoke(main, ["content", *words])
    assert result.exit_code == 0, result.output
    return result.output


def marked_lines(folder: Path) -> set[tuple[str, int]]:
    """Every place of a mark in the folder, by file and line."""
    return {
        (str(path), path.read_text("utf-8")[: hit.start()].count("\n") + 1)
        for path in folder.rglob("*.yaml")
        for hit in MARKED.finditer(path.read_text("utf-8"))
    }


def fill_in(folder: Path) -> None:
    """A sentence of its own in the place of each mark, and phrases where they are asked for."""
    chinese = ("钱", "包", "卡", "本", "单", "表", "票", "箱", "柜", "纸", "笔", "灯", "门", "窗")
    numbers = itertools.count()

    def words(language: str) -> str:
        number = next(numbers)
        if language == "zh-CN":
            high, low = divmod(number, len(chinese))
            return f"{chinese[high % 14]}{chinese[low]}{chinese[high // 14]}"
        return f"my {chr(97 + number // 26 % 26)}{chr(97 + number % 26)} thing"

    for language in ("zh-CN", "en"):
        path = folder / "locales" / language / "parking.yaml"
        lines = []
        for line in path.read_text("utf-8").splitlines():
            lead, mark, _ = line.partition(MARK)
            if mark and lead.lstrip() == "- ":
                lines += [lead + words(language) for _ in range(10)]
            else:
                lines.append(lead + words(language) if mark else line)
        path.write_text("\n".join(lines) + "\n", "utf-8")


def visit_through_it(folder: Path, data: Path) -> str:
    """Ask for the service from the menu on, up to the ticket; the words of its question."""
    app = create_app(Settings(data=data, content=folder))
    try:
        visit = Visit(app.test_client()).start().choose("help", "parking")
        asked = visit.ask
        visit.choose("first")
        while "/documents." in visit.path:
            visit.choose("yes")
        visit.choose("confirm", "no", "age_80")
        assert visit.path == "/ticket"
        parts = app.extensions[EXTENSION]
        assert len(parts.queue.open_tickets(parts.settings.branch)) == 1
    finally:
        app.extensions[EXTENSION].close()
    return asked


def test_from_nothing_to_a_ticket(tmp_path: Path) -> None:
    # Given a branch without anything of its own, and a service that was just written
    folder = tmp_path / "branch"
    told = run("new", "parking", "--content", str(folder))
    assert f"wrote {folder / 'services/parking.yaml'}" in told
    # Then it can be asked for at once
    assert MARK in visit_through_it(folder, tmp_path / "before")
    # And the check names each place that is to be filled in, and nothing else
    found = check(folder)
    assert all("still to be filled in" in finding.message for finding in found)
    assert {(finding.file, finding.line) for finding in found} == marked_lines(folder)
    assert {Path(file).parent.name for file, _ in marked_lines(folder)} == {"zh-CN", "en"}
    # When each is filled in
    fill_in(folder)
    # Then all is in order, and it is asked in those words
    assert [str(finding) for finding in check(folder)] == []
    assert MARK not in visit_through_it(folder, tmp_path / "after")


def test_our_other_words_and_the_menus_remarks_stay_as_they_are(tmp_path: Path) -> None:
    new_service("parking", tmp_path, "help")
    ours = (BUILT_IN / "catalog.yaml").read_text("utf-8").splitlines()
    theirs = (tmp_path / "catalog.yaml").read_text("utf-8").splitlines()
    changed = [(one, other) for one, other in zip(ours, theirs, strict=True) if one != other]
    assert changed == [(f"    services: [{HELP}]", f"    services: [{HELP}, parking]")]


def test_a_menu_written_line_by_line_grows_by_a_line(tmp_path: Path) -> None:
    menu = (BUILT_IN / "catalog.yaml").read_text("utf-8")
    lines = "".join(f"      - {one}\n" for one in HELP.split(", "))
    text = menu.replace(f"services: [{HELP}]\n", f"services:\n{lines}")
    (tmp_path / "catalog.yaml").write_text(text, "utf-8")
    new_service("parking", tmp_path, "help")
    assert load(tmp_path).catalog.groups[4].services == (*HELP.split(", "), "parking")


def test_a_partial_language_is_written_on_request_with_what_it_needs(tmp_path: Path) -> None:
    new_service("parking", tmp_path, also=("ko",))
    content = load(tmp_path)
    assert "parking" in content.covers["ko"]
    assert "parking.title" in content.locales["ko"].messages
    assert "parking.official" not in content.locales["ko"].messages
    assert all("still to be filled in" in finding.message for finding in check(tmp_path))


@pytest.mark.parametrize(
    ("name", "group", "also", "said"),
    [
        ("Parking", None, (), "use small letters"),
        ("withdraw", None, (), "words under this name already"),
        ("screen", None, (), "words under this name already"),
        ("parking", "garage", (), "no group 'garage'; there is urgent, money"),
        ("parking", "card", (), "no room in card"),
        ("parking", None, ("xx",), "no words in xx; there is zh-CN, en, ko"),
    ],
)
def test_what_can_not_begin_says_what_to_change_and_writes_nothing(
    tmp_path: Path, name: str, group: str | None, also: tuple[str, ...], said: str
) -> None:
    with pytest.raises(CannotBegin, match=re.escape(said)):
        new_service(name, tmp_path, group, also)
    assert list(tmp_path.rglob("*.yaml")) == []


def own_marks(folder: Path) -> Path:
    """A branch that marks its own sentences, and has one without marks."""
    words, marks = folder / "locales/zh-CN/own.yaml", folder / "braille/zh-CN.yaml"
    for path, text in (
        (words, "screen:\n  menu:\n    ask: 您想重新办什么？\n"),
        (marks, "# Ours.\n"),
    ):
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")
    return marks


def test_marks_are_proposed_and_count_once_somebody_has_read_them(tmp_path: Path) -> None:
    marks = own_marks(tmp_path)
    run("marks", "--content", str(tmp_path))
    # The proposal knows its words, and is only that
    assert marks.read_text("utf-8") == "# Ours.\n\n- ??? 您 想 重[chóng]新 办 什么？\n"
    (finding,) = check(tmp_path)
    assert (finding.file, finding.line) == (str(marks), 3)
    assert "take the ??? away" in finding.message
    assert "您想重新办什么？" not in load(tmp_path).marks["zh-CN"]
    # What was proposed isn't proposed again
    assert propose_marks(tmp_path) == []
    assert "nothing to write" in run("marks", "--content", str(tmp_path))
    # Read through, it counts
    marks.write_text(marks.read_text("utf-8").replace(f"{MARK} ", ""), "utf-8")
    assert check(tmp_path) == []
    assert "您想重新办什么？" in load(tmp_path).marks["zh-CN"]


def test_the_check_as_a_command_names_each_finding_and_fails(tmp_path: Path) -> None:
    new_service("parking", tmp_path)
    result = CliRunner().invoke(main, ["content", "check", "--content", str(tmp_path)])
    assert result.exit_code == 1
    findings = [str(finding) for finding in check(tmp_path)]
    assert result.output.splitlines()[: len(findings)] == findings
    assert f"{len(findings)} to mend" in result.output
