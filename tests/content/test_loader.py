"""The catalogue: what a branch wrote is read whole, or refused by file and line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.content.loader import load
from kiosk.content.source import ContentError
from tests.content.branches import Branch, whole

PARKING = "services/parking.yaml"


@pytest.fixture
def branch(tmp_path: Path) -> Branch:
    return whole(tmp_path / "branch")


def test_the_built_in_content_is_read() -> None:
    content = load()
    assert content.catalog.service("withdraw").step("amount").kind == "amount"
    assert next(iter(content.locales)) == "zh-CN"
    assert content.words("xx").language == "zh-CN"
    assert content.advice
    assert "closing" not in content.catalog.services


def test_blocks_are_written_out_and_keep_their_home() -> None:
    steps = load().catalog.services["loss_report"].steps
    assert [step.key for step in steps][-3:] == ["contact.phone", "finish.review", "finish.done"]
    assert steps[0].key == "loss_report.lost_what"


def test_a_branch_adds_a_service_and_its_words(branch: Branch) -> None:
    content = load(branch.folder)
    assert content.catalog.services["parking"].lane == "D"
    assert content.words("zh-CN").text("parking.hint") == "车停在哪里，停多久"
    assert "withdraw" in content.catalog.services


def test_a_branch_replaces_a_service_and_single_words(branch: Branch) -> None:
    branch.copy("services/balance.yaml").change("services/balance.yaml", "lane: A", "lane: K")
    branch.write("locales/zh-CN/own.yaml", "balance:\n  hint: 看看钱\n")
    content = load(branch.folder)
    assert content.catalog.services["balance"].lane == "K"
    assert content.words("zh-CN").text("balance.hint") == "看看钱"
    assert content.words("zh-CN").text("balance.title") == load().words("zh-CN").text(
        "balance.title"
    )


def test_a_branch_replaces_papers_blocks_and_advice(branch: Branch) -> None:
    branch.copy("documents.yaml").copy("blocks.yaml")
    branch.change(
        "documents.yaml", "{id: statements, icon: bar-chart}", "{id: statements, icon: x}"
    )
    branch.change("blocks.yaml", "icon: fact-check", "icon: mine")
    branch.write("fraud/advice.yaml", "advice:\n  - {id: never_tell, icon: x}\n")
    content = load(branch.folder)
    assert content.catalog.documents["statements"].icon == "x"
    assert content.catalog.services["balance"].steps[-2].icon == "mine"
    assert [one.id for one in content.advice] == ["never_tell"]


def test_a_folder_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="no such folder; --content names"):
        load(tmp_path / "nowhere")


Break = tuple[str, str, str, str, str]
BROKEN: list[Break] = [
    # file, what stands there, what is written instead, the line it is on, what is said
    (PARKING, "use: finish", "use: the_end", "use: the_end", "no block 'the_end'"),
    (PARKING, "use: finish", "use: [finish]", "use: [finish]", "no block ['finish']"),
    (PARKING, "{use: contact}", "{use: contact, when: {answered: fee}}", "use: contact", "alone"),
    (PARKING, "kind: yes_no", "kind: maybe", "kind: maybe", "maybe"),
    (PARKING, "kind: text,", "", "id: plate", "kind"),
    (PARKING, "{gte: [fee, 10000]}", "{more: [fee, 1]}", "more:", "no operator 'more'"),
    (PARKING, "{gte: [fee, 10000]}", "[fee]", "when: [fee]", "one operator"),
    (PARKING, "icon: schedule}", "icon: schedule, colour: red}", "colour: red", "colour"),
    (PARKING, "id: plate", "id: Plate!", "id: Plate!", "pattern"),
    (PARKING, "lane: D", "lane: DD", "lane: DD", "pattern"),
    (PARKING, "flag: urgent", "flag: hurry", "flag: hurry", "possible_fraud"),
    (PARKING, "id: plate", "id: fee", "kind: amount", "the step 'fee' is there twice"),
    (PARKING, "max_length: 10", "max_length: 900", "max_length: 900", "less than or equal"),
    (PARKING, "  - {id: plate,", "  - plate\n  - {id: plate,", "  - plate", "dictionary"),
    ("catalog.yaml", "inheritance, parking]", "no_such]", "no_such", "no service 'no_such'"),
    ("catalog.yaml", "icon: payments", "icon: [a]", "icon: [a]", "icon"),
]


@pytest.mark.parametrize(("file", "old", "new", "marker", "said"), BROKEN)
def test_a_mistake_has_a_file_and_a_line(
    branch: Branch, file: str, old: str, new: str, marker: str, said: str
) -> None:
    branch.change(file, old, new)
    with pytest.raises(ContentError) as caught:
        load(branch.folder)
    line = branch.line(file, marker)
    assert branch.found(caught.value.findings, file, line, said), caught.value


def options(branch: Branch) -> None:
    seven = ", ".join(f"{{id: o{n}, icon: x}}" for n in range(7))
    branch.write(
        PARKING,
        "id: parking\nicon: x\nlane: A\nsteps:\n"
        f"  - id: a\n    kind: choice\n    options: [{seven}]\n",
    )


def lonely(branch: Branch) -> None:
    branch.write(
        PARKING,
        "id: parking\nicon: x\nlane: A\nsteps:\n"
        "  - id: a\n    kind: choice\n    options: [{id: b, icon: x}]\n",
    )


def no_steps(branch: Branch) -> None:
    branch.write(PARKING, "id: parking\nicon: x\nlane: A\n")


def not_a_mapping(branch: Branch) -> None:
    branch.write(PARKING, "- parking\n")


def twice(branch: Branch) -> None:
    branch.write("services/again.yaml", (branch.folder / PARKING).read_text("utf-8"))
    branch.write(PARKING, "\n" + (branch.folder / PARKING).read_text("utf-8"))


def paper(branch: Branch) -> None:
    branch.copy("documents.yaml")
    branch.change("documents.yaml", "document: capacity_finding", "document: no_such_paper")


def block(branch: Branch) -> None:
    branch.copy("blocks.yaml").change("blocks.yaml", "kind: review", "kind: revue")


def closing(branch: Branch) -> None:
    branch.copy("closing.yaml").change("closing.yaml", "id: closing", "id: ending")


def advice(branch: Branch) -> None:
    branch.write("fraud/advice.yaml", "advice:\n  - {id: a, icon: b}\n  - never\n")


def menu(branch: Branch) -> None:
    branch.write("catalog.yaml", "# the menu\ngroups: []\n")


@pytest.mark.parametrize(
    ("breaking", "file", "at", "said"),
    [
        (options, PARKING, 7, "at most 6"),
        (lonely, PARKING, 7, "at least 2"),
        (no_steps, PARKING, 1, "expected a list"),
        (not_a_mapping, PARKING, 1, "expected `name: value`"),
        (twice, PARKING, 2, "'parking' is there twice"),
        (paper, "documents.yaml", "document: no_such_paper", "no document 'no_such_paper'"),
        (block, "blocks.yaml", "kind: revue", "revue"),
        (closing, "closing.yaml", "id: ending", "must be `closing`"),
        (advice, "fraud/advice.yaml", 3, "expected {id: …, icon: …}"),
        (menu, "catalog.yaml", 2, "1 to 6 groups"),
    ],
)
def test_a_broken_branch_is_refused(
    branch: Branch, breaking: Callable[[Branch], None], file: str, at: int | str, said: str
) -> None:
    breaking(branch)
    with pytest.raises(ContentError) as caught:
        load(branch.folder)
    hits = [f for f in caught.value.findings if said in f.message]
    assert hits, caught.value
    line = branch.line(file, at) if isinstance(at, str) else at
    assert [(f.file, f.line) for f in hits] == [(str(branch.folder / file), line)]


def test_all_mistakes_are_named_at_once(branch: Branch) -> None:
    branch.change(PARKING, "kind: yes_no", "kind: maybe").change(PARKING, "lane: D", "lane: DD")
    paper(branch)
    with pytest.raises(ContentError) as caught:
        load(branch.folder)
    assert len(caught.value.findings) == 3
