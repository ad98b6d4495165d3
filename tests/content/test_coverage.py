"""A language may cover some services: what it needs then, and what is wrong with how it says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.content.checks.material import read_material
from kiosk.content.checks.registry import check
from kiosk.content.checks.say import can_be_said
from kiosk.content.checks.values import values_agree
from kiosk.content.coverage import needs
from kiosk.content.loader import FIRST_LANGUAGE, load
from kiosk.content.source import ContentError
from kiosk.doctor import content as doctor
from kiosk.settings import Settings
from tests.content.branches import FILES, Branch, whole

pytestmark = pytest.mark.long

MENU = "catalog.yaml"
FR = "locales/fr/parking.yaml"


@pytest.fixture
def branch(tmp_path: Path) -> Branch:
    """A branch with a service of its own and a language that covers only that one."""
    made = whole(tmp_path / "branch").write(FR, FILES["locales/en/parking.yaml"])
    return covering(made, "fr: [parking]")


def covering(branch: Branch, languages: str) -> Branch:
    lines = (branch.folder / MENU).read_text("utf-8").splitlines(keepends=True)
    at = next(i for i, line in enumerate(lines) if line.startswith("languages:"))
    korean = "" if languages.startswith("-") else lines[at + 1]
    return branch.write(MENU, "".join(lines[:at]) + f"languages:\n{korean}  {languages}\n")


def missing(branch: Branch) -> set[str]:
    """The keys that the check wants of French."""
    lead = "fr has no words for "
    said = [f.message for f in check(branch.folder) if f.message.startswith(lead)]
    return {one.removeprefix(lead).split(";")[0] for one in said}


def test_a_language_that_is_not_named_covers_everything() -> None:
    content = load()
    assert content.complete[:2] == (FIRST_LANGUAGE, "en")
    assert content.covers["en"] == content.catalog.services.keys()


def test_what_a_language_covers_is_read(branch: Branch) -> None:
    content = load(branch.folder)
    assert content.covers["fr"] == {"parking"}
    assert "fr" not in content.complete
    assert content.complete_words("fr").language == FIRST_LANGUAGE
    assert content.complete_words("en").language == "en"


def test_a_part_needs_what_its_customers_meet_and_nothing_else(branch: Branch) -> None:
    wanted = missing(branch)
    assert {"screen.menu.ask", "problem.choose_one", "value.amount", "voice.miss.again"} <= wanted
    assert {"display.heading", "for_whom.why_absent.ask", "documents.holder_id.name"} <= wanted
    assert {"group.urgent.title", "advice.safe_account", "closing.companion.ask"} <= wanted
    heads = {key.split(".")[0] for key in wanted}
    assert not heads & {"staff", "alarm", *load().catalog.services}
    assert not [key for key in wanted if key.endswith(".official")]


def test_a_missing_word_of_a_covered_service_is_found_by_file_and_line(branch: Branch) -> None:
    branch.change(FR, "  hint: Where to park and for how long\n", "")
    zh = "locales/zh-CN/parking.yaml"
    line = branch.line(zh, "hint:")
    assert branch.found(check(branch.folder), zh, line, "fr has no words for parking.hint")


def test_a_language_needs_a_name_to_be_offered_by(branch: Branch) -> None:
    line = branch.line(MENU, "fr: [parking]")
    said = "no words for language.fr; write them in locales/zh-CN"
    assert branch.found(check(branch.folder), MENU, line, said)
    branch.write("locales/zh-CN/own.yaml", "language:\n  fr: Français\n")
    assert not branch.found(check(branch.folder), MENU, line, said)


def test_whoever_covers_all_is_told_how_to_cover_a_part(tmp_path: Path) -> None:
    branch = whole(tmp_path / "branch").write(FR, FILES["locales/en/parking.yaml"])
    said = [f.message for f in check(branch.folder) if "fr has no words for loss" in f.message]
    assert (
        "fr has no words for loss_report.hint; translate them, or name what fr covers under "
        "`languages:` in catalog.yaml"
    ) in said


def test_a_part_may_say_each_title_in_fewer_ways(branch: Branch) -> None:
    text = (branch.folder / FR).read_text("utf-8")
    start, end = text.index("say: [parking,"), text.index("]", text.index("say: [parking,"))
    for phrases, found in (("a, b, c, d, e", False), ("a, b, c, d", True)):
        branch.write(FR, f"{text[:start]}say: [{phrases}{text[end:]}")
        material = read_material(branch.folder)
        said = [f for f in can_be_said(material) if f.message.startswith("parking.title")]
        assert bool(said) == found, said


def test_the_values_filled_in_are_the_same_in_a_part(branch: Branch) -> None:
    branch.change(FR, "ask: Which day will you come?", "ask: Which {service} day?")
    found = list(values_agree(read_material(branch.folder)))
    assert branch.found(found, FR, branch.line(FR, "{service}"), "fills in {service}, but zh-CN")


@pytest.mark.parametrize(
    ("languages", "said"),
    [
        ("xx: [parking]", "no language 'xx' to cover a part; there is"),
        ("zh-CN: [parking]", "no language 'zh-CN' to cover a part"),
        ("fr: [garage]", "there is no service 'garage'"),
        ("fr: []", "expected a list of services"),
        ("fr: parking", "expected a list of services"),
        ("- fr", "expected `language: [service, …]` lines"),
    ],
)
def test_what_can_not_be_covered_is_found_by_file_and_line(
    branch: Branch, languages: str, said: str
) -> None:
    covering(branch, languages)
    with pytest.raises(ContentError) as caught:
        load(branch.folder)
    line = len((branch.folder / MENU).read_text("utf-8").splitlines())
    where = {line, line - 1}
    assert any(branch.found(caught.value.findings, MENU, one, said) for one in where), caught.value
    # Nothing is said to be missing for it, and what else is wrong is named all the same.
    told = {f.message.split(";")[0] for f in check(branch.folder)}
    others = {"no words for language.fr", "fr has no style"}
    assert told == {f.message.split(";")[0] for f in caught.value.findings} | others


def test_the_one_rule_of_what_is_needed() -> None:
    catalog = load().catalog
    part = frozenset({"loss_report"})
    assert needs("loss_report.title", part, catalog)
    assert needs("for_whom.for_whom.ask", part, catalog)
    assert not needs("withdraw.title", part, catalog)
    assert not needs("loss_report.official", part, catalog)
    assert not needs("staff.room", part, catalog)
    assert needs("staff.room", frozenset(catalog.services), catalog)


def test_doctor_says_what_each_language_covers(tmp_path: Path) -> None:
    found = load()
    told = doctor(Settings(data=tmp_path))
    assert told.state == "ok"
    assert f"{len(found.catalog.services)} services in zh-CN, en; ko: 6" in told.found
