"""The content check: ours is whole, and every way to break a branch is found by file and line."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args

import pytest

from kiosk.content.checks import style as check_style
from kiosk.content.checks.clips import clip_checks
from kiosk.content.checks.filling import filling_checks
from kiosk.content.checks.flow import flow_checks
from kiosk.content.checks.marks import mark_checks
from kiosk.content.checks.material import Material, read_material
from kiosk.content.checks.quoted import quoted_checks
from kiosk.content.checks.registry import CHECKS, check
from kiosk.content.checks.roles import role_checks
from kiosk.content.checks.rules import rule_checks
from kiosk.content.checks.say import say_checks
from kiosk.content.checks.shape import shape_checks
from kiosk.content.checks.style import style_checks
from kiosk.content.checks.values import value_checks
from kiosk.content.checks.words import PROBLEMS, word_checks
from kiosk.content.loader import FIRST_LANGUAGE
from kiosk.content.source import BUILT_IN, Finding
from kiosk.flow import kinds
from kiosk.flow.kinds import AnyStep
from kiosk.flow.kinds.digits import FIELDS, Digits
from tests.content.branches import Branch, whole

PARKING = "services/parking.yaml"
ZH = "locales/zh-CN/parking.yaml"
EN = "locales/en/parking.yaml"
MENU = "catalog.yaml"


@pytest.fixture
def branch(tmp_path: Path) -> Branch:
    return whole(tmp_path / "branch")


def test_our_content_is_all_in_order_and_quickly_checked() -> None:
    begun = time.monotonic()
    assert [str(finding) for finding in check(None)] == []
    assert time.monotonic() - begun < 15


def test_a_whole_branch_is_all_in_order(branch: Branch) -> None:
    assert [str(finding) for finding in check(branch.folder)] == []


#: A branch broken in many places at once: file, what stands there, what is written instead, and
#: the mark of the place and what is said of it.
MANY: tuple[tuple[str, str, str, str, str], ...] = (
    # in one service: its frame, two steps, an option, a block, a rule, a range
    (PARKING, "lane: D", "lane: DD", "lane: DD", "lane: String should match"),
    (PARKING, "flag: urgent", "flag: hurry", "flag: hurry", "flags.0.flag"),
    (PARKING, "max_length: 10", "max_length: 900", "max_length: 900", "less than or equal"),
    (PARKING, "icon: schedule}", "icon: schedule, colour: red}", "colour: red", "colour"),
    (PARKING, "{gte: [fee, 10000]}", "{gte: [fee, 1]}", "[fee, 1]", "amounts compare in fen"),
    (PARKING, "quick: [5, 10]", "quick: [5, 900]", "[5, 900]", "900 yuan is not between"),
    # in the words of one language
    (ZH, "help: 选一天就行。", "help: 办理要一天。", "办理", "is a bank word"),
    (ZH, "    label: 停车的钱\n", "    label: [钱]\n", "label: [钱]", "expected words"),
    (ZH, "ask: 晚上要关门", "ask: 你晚上要关门", "你晚上", "say 您 instead"),
    # in the other
    (EN, "help: Choose one day.", "help: Proceed.", "Proceed", "is a bank word"),
    (EN, "    label: Day\n", "    labl: Day\n", "labl", "nothing asks for these words"),
    # in another file of structure
    (MENU, "icon: payments", "icon: [a]", "icon: [a]", "icon"),
)


def test_all_mistakes_are_named_at_once_in_the_order_of_their_places(branch: Branch) -> None:
    for file, old, new, _, _ in MANY:
        branch.change(file, old, new)
    branch.write("services/broken.yaml", "id: broken\n  icon: x\n")
    branch.write("locales/en/broken.yaml", "parking:\n  plate: {\n")
    found = check(branch.folder)
    for file, _, _, marker, said in MANY:
        assert branch.found(found, file, branch.line(file, marker), said), (said, found)
    assert branch.found(found, "services/broken.yaml", 2, "not YAML")
    assert branch.found(found, "locales/en/broken.yaml", 3, "not YAML")
    assert found == sorted(found, key=lambda one: (one.file, one.line, one.message))
    # Each is one finding: nothing is blamed for what couldn't be read.
    assert len(found) == len(MANY) + 2, [str(one) for one in found]


def test_words_missing_in_every_language_are_one_line(branch: Branch) -> None:
    branch.change(ZH, "    label: 车牌\n", "").change(EN, "    label: Number plate\n", "")
    (finding,) = check(branch.folder)
    assert finding.line == branch.line(PARKING, "id: plate")
    assert finding.message == (
        "no words for parking.plate.label; write them in locales/zh-CN and locales/en"
    )


def test_a_slip_that_was_copied_into_the_translation_is_one_mistake(branch: Branch) -> None:
    branch.change(ZH, "    label: 车牌\n", "    label: 车牌\n    labl: 车\n")
    branch.change(EN, "    label: Number plate\n", "    label: Number plate\n    labl: Car\n")
    (finding,) = check(branch.folder)
    assert finding.line == branch.line(ZH, "labl")
    assert finding.message.endswith(f"also in {branch.folder / EN}")


def test_content_that_can_not_be_read_is_found_and_not_raised(branch: Branch) -> None:
    branch.change(PARKING, "use: finish", "use: nothing").change(ZH, "  hint: ", "  title: ")
    found = check(branch.folder)
    assert branch.found(found, PARKING, branch.line(PARKING, "use: nothing"), "no block")
    assert branch.found(found, ZH, branch.line(ZH, "title: 车"), "there twice")
    assert [f.message for f in check(branch.folder / "nowhere")] == [
        "no such folder; --content names a branch's own content"
    ]


def test_a_role_nobody_knows_is_found_with_those_there_are(branch: Branch) -> None:
    branch.change(PARKING, "{id: helper, kind: yes_no,", "{id: helper, kind: yes_no, role: friend,")
    found = check(branch.folder)
    line = branch.line(PARKING, "id: helper")
    assert branch.found(found, PARKING, line, "role: Input should be 'contact_phone', 'consent'")


# file to break, what stands there, what is written instead,
# file found, what stands on the line found, what is said
Broken = dict[str, tuple[str, str, str, str, str, str]]
WORDS: Broken = {
    # words that are not there
    "no question": (ZH, "    ask: 您的车停多久？\n", "", PARKING, "- id: how_long", "how_long.ask"),
    "no help": (ZH, "    help: 选一天就行。\n", "", PARKING, "id: from_day", "from_day.help"),
    "no label": (ZH, "    label: 车牌\n", "", PARKING, "id: plate", "parking.plate.label"),
    "no body of a notice": (ZH, "    why: 九点以后车出不来。\n", "", PARKING, "- id: gate", ".why"),
    "no option": (
        ZH,
        "      days: {text: 好几天, say: [几天, 好几天]}\n",
        "",
        PARKING,
        "- id: how_long",
        "option.days",
    ),
    "no title": (ZH, "  hint: 车停在哪里，停多久\n", "", PARKING, "id: parking", "parking.hint"),
    "no official term": (ZH, "  official: 停车登记\n", "", PARKING, "id: parking", "official"),
    "no translation": (EN, "    label: Day\n", "", ZH, "label: 哪一天", "en has no words for"),
    "only a translation": (
        EN,
        "    label: Day\n",
        "    label: Day\n    why: So that we know.\n",
        EN,
        "why: So that",
        "zh-CN has no such words",
    ),
    "words nobody asks for": (
        ZH,
        "    ask: 哪一天来？\n",
        "    ask: 哪一天来？\n    hlep: 选一天。\n",
        ZH,
        "hlep",
        "nothing asks for these words",
    ),
    # values filled in
    "another placeholder": (
        EN,
        "ask: Which day",
        "ask: On {service}, which day",
        EN,
        "{service}",
        "fills in {service}, but zh-CN fills in nothing",
    ),
    "a placeholder not filled": (
        ZH,
        "ask: 哪一天来？",
        'ask: "{day}来吗？"',
        ZH,
        "{day}",
        "nothing fills in {day}",
    ),
    "a placeholder in one form": (
        ZH,
        "speech: 不用，我认得路",
        'speech: "不用，{count}"',
        ZH,
        '"no":',
        "its speech fills in {count}",
    ),
    "a misspelt placeholder": (
        ZH,
        "ask: 哪一天来？",
        'ask: "{Service}哪一天来？"',
        ZH,
        "{Service}",
        "a placeholder is",
    ),
    # what can be said
    "few phrases": (ZH, "停个车, 找车位, ", "", ZH, "  title:", "at least 10"),
    "nothing to say": (
        ZH,
        "{text: 几个钟头, say: [几小时, 一会儿]}",
        "几个钟头",
        ZH,
        "hours:",
        "can't be said",
    ),
    "two meanings": (ZH, "say: [几天, 好几天]", "say: [几 小时！]", ZH, "days:", "already means"),
    "yes and no alike": (ZH, "say: [不用]", "say: [不用, 是的]", ZH, '"no":', "already means"),
    "two services alike": (ZH, "say: [停车, ", "say: [停车, 取钱, ", ZH, "  title:", "withdraw"),
    "a phrase of no words": (ZH, "say: [不用]", "say: [不用, 。]", ZH, '"no":', "no words in it"),
}
STYLE: Broken = {
    "a long sentence": (
        ZH,
        "help: 选一天就行。",
        "help: 请您在下面的这些日子里面慢慢地挑选一个您觉得最方便也最合适的日子来。",
        ZH,
        "最合适的日子",
        "characters in one sentence, at most 30",
    ),
    "a long English sentence": (
        EN,
        "help: Choose one day.",
        "help: Please choose one day that is good for you and for all of us and also for the "
        "people who park there too.",
        EN,
        "good for you",
        "words in one sentence, at most 20",
    ),
    "a bank word": (ZH, "help: 选一天就行。", "help: 办理要一天。", ZH, "办理", "“办理” is a bank"),
    "a bank word when spoken": (
        ZH,
        "speech: 不用，我认得路",
        "speech: 不用，我自己办理",
        ZH,
        "speech:",
        "“办理” is a bank word",
    ),
    "an English bank word": (EN, "Choose one day.", "Proceed.", EN, "Proceed", "“Proceed” is a"),
    "blame": (ZH, "help: 选一天就行。", "help: 输入错误。", ZH, "输入错误", "must not be said"),
    "a disability": (EN, "Choose one day.", "Disabled first.", EN, "Disabled", "must not be said"),
    "no respect": (ZH, "help: 选一天就行。", "help: 你选一天。", ZH, "你选", "say 您 instead"),
    "two questions": (ZH, "ask: 哪一天来？", "ask: 哪一天来？几点？", ZH, "几点", "two questions"),
    "brackets in speech": (
        ZH,
        "      speech: 不用，我认得路\n",
        "",
        ZH,
        '"no":',
        "'（' can't be said",
    ),
    "selling": (ZH, "help: 选一天就行。", "help: 今天优惠。", ZH, "优惠", "sells something"),
    "selling in English": (EN, "Choose one day.", "A discount.", EN, "discount", "sells something"),
    "a fingerprint": (ZH, "ask: 哪一天来？", "ask: 请按指纹。", ZH, "指纹", "never asked for"),
    "a PIN": (EN, "Which day will you come", "What is your PIN", EN, "PIN", "never asked for"),
}
RULES: Broken = {
    "a fact nobody asks": (
        PARKING,
        "{eq: [how_long, hours]}",
        "{eq: [how_far, hours]}",
        PARKING,
        "how_far",
        "no step 'how_far' is asked before",
    ),
    "a fact asked later": (
        PARKING,
        "{gte: [fee, 10000]}",
        "{eq: [helper, true]}",
        PARKING,
        "[helper",
        "no step 'helper' is asked before",
    ),
    "a session's fact misspelt": (
        PARKING,
        "{gte: [fee, 10000]}",
        '{eq: ["@voise", true]}',
        PARKING,
        "@voise",
        "no fact '@voise'",
    ),
    "no such option": (
        PARKING,
        "{eq: [how_long, hours]}",
        "{in: [how_long, [hours, weeks]]}",
        PARKING,
        "weeks",
        "how_long is never weeks",
    ),
    "no such service": (
        PARKING,
        "{gte: [fee, 10000]}",
        '{not: {eq: ["@service", garage]}}',
        PARKING,
        "garage",
        "@service is never garage",
    ),
    "yuan for fen": (
        PARKING,
        "{gte: [fee, 10000]}",
        "{gte: [fee, 50]}",
        PARKING,
        "[fee, 50]",
        "compare in fen, here from 100",
    ),
    "a number of a choice": (
        PARKING,
        "{gte: [fee, 10000]}",
        "{gte: [how_long, 1]}",
        PARKING,
        "[how_long, 1]",
        "gte compares amounts",
    ),
    "yes in quotes": (
        PARKING,
        "  - {use: contact}",
        '  - {id: last, kind: text, when: {eq: [helper, "yes"]}}\n  - {use: contact}',
        PARKING,
        "id: last",
        "write true or false",
    ),
    "never unknown": (
        PARKING,
        "{id: helper, kind: yes_no, unknown: true}",
        "{id: helper, kind: yes_no}\n  - {id: last, kind: text, when: {unknown: helper}}",
        PARKING,
        "id: last",
        "never unknown",
    ),
    "a flag on nothing": (
        PARKING,
        "{eq: [how_long, days]}",
        "{eq: [how_deep, days]}",
        PARKING,
        "how_deep",
        "no step 'how_deep'",
    ),
}
WAYS: Broken = {
    "a step nobody meets": (
        PARKING,
        "{gte: [fee, 10000]}",
        "{all: [{gte: [fee, 10000]}, {lte: [fee, 9999]}]}",
        PARKING,
        "lte",
        "nobody ever comes to 'dear'",
    ),
    "an option nobody is offered": (
        PARKING,
        "icon: date-range}",
        'icon: date-range, when: {all: [{eq: ["@voice", true]}, {eq: ["@voice", false]}]}}',
        PARKING,
        "id: days",
        "nobody is ever offered 'days'",
    ),
    "a dead end": (
        PARKING,
        "{id: helper, kind: yes_no, unknown: true}",
        "{id: helper, kind: choice, options: [\n"
        "      {id: a, icon: x, when: {answered: gate_closes}},\n"
        "      {id: b, icon: x, when: {answered: gate_closes}}]}",
        PARKING,
        "id: helper",
        "a dead end",
    ),
    "a flag that is never raised": (
        PARKING,
        "{eq: [how_long, days]}",
        "{all: [{eq: [how_long, days]}, {eq: [how_long, hours]}]}",
        PARKING,
        "flag: urgent",
        "ever raise the flag 'urgent'",
    ),
}
ROLES: Broken = {
    "a role on a wrong kind of step": (
        PARKING,
        "{id: helper, kind: yes_no, unknown: true}",
        "{id: helper, kind: yes_no, role: aid, unknown: true}",
        PARKING,
        "id: helper",
        "the role aid is of a choice step, not of a yes_no",
    ),
    "a role on digits of another thing": (
        PARKING,
        "{id: helper, kind: yes_no, unknown: true}",
        "{id: helper, kind: digits, field: last4, role: contact_phone}",
        PARKING,
        "id: helper",
        "has the field phone, not last4",
    ),
    "a role whose options mean something else": (
        PARKING,
        "    kind: choice\n",
        "    kind: choice\n    role: for_whom\n",
        PARKING,
        "{id: days, icon",
        "the role for_whom has no option 'days'; it has other, self",
    ),
    "a role twice on a path": (
        PARKING,
        "kind: date, earliest",
        "kind: date, role: appointment_day, earliest: 0, latest: 7}\n"
        "  - {id: until_day, kind: date, role: appointment_day, earliest",
        PARKING,
        "id: until_day",
        "'from_day' and 'until_day' can both be asked, and both are the appointment_day",
    ),
    "a number from who doesn't want to be called": (
        PARKING,
        "{id: helper, kind: yes_no, unknown: true}",
        "{id: helper, kind: yes_no, role: consent, unknown: true}\n"
        "  - {id: number, kind: digits, field: phone, role: contact_phone, "
        "when: {answered: helper}}",
        PARKING,
        "id: number",
        "asked of who doesn't want to be called; ask it `when: {eq: [helper, true]}`",
    ),
    "a number asked before whether to call": (
        PARKING,
        "  - {use: contact}\n",
        "  - {id: number, kind: digits, field: phone, role: contact_phone}\n"
        "  - {id: call, kind: yes_no, role: consent}\n",
        PARKING,
        "id: number",
        "asked of who doesn't want to be called",
    ),
    "remembered without a meaning": (
        PARKING,
        "{id: helper, kind: yes_no, unknown: true}",
        "{id: helper, kind: digits, field: count, remember: true}",
        PARKING,
        "id: helper",
        "what is remembered needs a `role`",
    ),
}
SHAPE: Broken = {
    "no review": (
        PARKING,
        "  - use: finish\n",
        "  - {id: over, kind: done}\n",
        PARKING,
        "steps:",
        "must be review and done",
    ),
    "a step after the end": (
        PARKING,
        "  - use: finish\n",
        "  - use: finish\n  - {id: last, kind: text}\n",
        PARKING,
        "steps:",
        "must be review and done",
    ),
    "an option called unknown": (
        PARKING,
        "{id: days, icon: date-range}",
        "{id: days, icon: date-range}\n      - {id: unknown, icon: x}",
        PARKING,
        "{id: unknown",
        "write `unknown: true` instead",
    ),
    "an option twice": (
        PARKING,
        "{id: days, icon: date-range}",
        "{id: days, icon: date-range}\n      - {id: days, icon: again}",
        PARKING,
        "icon: again",
        "'days' is there twice",
    ),
    "a quick amount out of range": (
        PARKING,
        "quick: [5, 10]",
        "quick: [5, 1000]",
        PARKING,
        "id: fee",
        "1000 yuan is not between 1 and 500",
    ),
    "no amount possible": (
        PARKING,
        "min: 1, max: 500",
        "min: 9, max: 5",
        PARKING,
        "fee",
        "nothing",
    ),
    "a quick day out of range": (
        PARKING,
        "quick: [1]",
        "quick: [30]",
        PARKING,
        "id: from_day",
        "in 30 days is not between 0 and 7",
    ),
    "no day possible": (PARKING, "earliest: 0", "earliest: 9", PARKING, "from_day", "no day is"),
    "in no group": (MENU, ", parking]", "]", PARKING, "id: parking", "in no group"),
    "in two groups": (MENU, "[need_help,", "[need_help, parking,", MENU, "groups:", "2 times"),
    "a group twice": (MENU, "- id: ask", "- id: help", MENU, "- id: help", "two groups"),
}


#: Each family with the checks that find it, so that a case doesn't run all the others.
FAMILIES = (
    (WORDS, (*word_checks, *value_checks, *say_checks)),
    (STYLE, style_checks),
    (RULES, rule_checks),
    (WAYS, flow_checks),
    (ROLES, role_checks),
    (SHAPE, shape_checks),
)
CASES = {name: (checks, *case) for broken, checks in FAMILIES for name, case in broken.items()}


@pytest.mark.parametrize(
    ("checks", "file", "old", "new", "at", "marker", "said"), CASES.values(), ids=CASES
)
def test_a_broken_branch_is_found(
    branch: Branch,
    checks: tuple[Callable[[Material], Iterator[Finding]], ...],
    file: str,
    old: str,
    new: str,
    at: str,
    marker: str,
    said: str,
) -> None:
    branch.change(file, old, new)
    material = read_material(branch.folder)
    found = [finding for one in checks for finding in one(material)]
    line = branch.line(at, marker)
    assert branch.found(found, at, line, said), (line, [str(finding) for finding in found])


def test_the_families_are_all_the_checks() -> None:
    """The others are broken in test modules of their own."""
    apart = {*clip_checks, *mark_checks, *filling_checks, *quoted_checks}
    assert set(CHECKS) == {one for _, checks in FAMILIES for one in checks} | apart


def unnamed_paper(branch: Branch) -> None:
    branch.copy("documents.yaml").change(
        "documents.yaml", "  - {id: statements,", "  - {id: pass, icon: x}\n  - {id: statements,"
    )


def unneeded_paper(branch: Branch) -> None:
    branch.copy("documents.yaml").change(
        "documents.yaml",
        "when: {eq: [why_absent, abroad]}",
        "when: {all: [{eq: [why_absent, abroad]}, {eq: [why_absent, ill]}]}",
    )


def unknown_fact_of_a_paper(branch: Branch) -> None:
    branch.copy("documents.yaml").change(
        "documents.yaml", "when: {eq: [why_absent, abroad]}", "when: {eq: [why_away, abroad]}"
    )


def unused_block(branch: Branch) -> None:
    branch.copy("blocks.yaml")
    text = (branch.folder / "blocks.yaml").read_text("utf-8")
    branch.write("blocks.yaml", f"{text}\nspare:\n  - {{id: spare, kind: notice}}\n")


def block_nobody_meets(branch: Branch) -> None:
    branch.copy("blocks.yaml").change(
        "blocks.yaml",
        "    icon: call\n    unknown: true\n    remember: true\n\nfinish",
        "    unknown: true\n"
        '    when: {all: [{eq: ["@service", fraud]}, {eq: ["@service", parking]}]}\n\nfinish',
    )


def review_with_a_rule(branch: Branch) -> None:
    branch.copy("blocks.yaml").change(
        "blocks.yaml", "kind: review,", 'kind: review, when: {eq: ["@voice", true]},'
    )


def closing_without_end(branch: Branch) -> None:
    branch.copy("closing.yaml").change(
        "closing.yaml", "{id: done, kind: done, icon: task-alt}", "{id: end, kind: notice}"
    )


def advice_without_words(branch: Branch) -> None:
    branch.write("fraud/advice.yaml", "advice:\n  - {id: never_lend, icon: x}\n")


def paper_without_words(branch: Branch) -> None:
    branch.copy("documents.yaml").change(
        "documents.yaml", "  - {id: statements,", "  - {id: pass, icon: x}\n  - {id: statements,"
    ).change(
        "documents.yaml", "needs:\n", "needs:\n  - {document: pass, when: {answered: relation}}\n"
    )


def group_without_words(branch: Branch) -> None:
    branch.change(MENU, "- id: ask", "- id: talk")


def language_half_there(branch: Branch) -> None:
    branch.write("locales/fr/own.yaml", "screen:\n  title: Accueil\n")


def style_misspelt(branch: Branch) -> None:
    branch.copy("style/en.yaml").change("style/en.yaml", "max_sentence: 20", "max_sentence: few")


def not_offered_but_unknown(branch: Branch) -> None:
    text = (branch.folder / MENU).read_text("utf-8")
    branch.write(MENU, f"{text}not_offered:\n  - garage\n")


@pytest.mark.parametrize(
    ("breaking", "file", "marker", "said"),
    [
        (unnamed_paper, "documents.yaml", "id: pass", "no need names the document 'pass'"),
        (unneeded_paper, "documents.yaml", "power_certified\n", "never brought"),
        (unknown_fact_of_a_paper, "documents.yaml", "why_away", "no step 'why_away'"),
        (unused_block, "blocks.yaml", "spare:", "no service uses the block 'spare'"),
        (block_nobody_meets, "blocks.yaml", "fraud]}, {eq", "nobody ever comes to 'phone'"),
        (review_with_a_rule, "blocks.yaml", "id: review", "always happens"),
        (closing_without_end, "closing.yaml", "steps:", "must be done"),
        (advice_without_words, "fraud/advice.yaml", "never_lend", "advice.never_lend"),
        (paper_without_words, "documents.yaml", "id: pass", "documents.pass.ask"),
        (group_without_words, MENU, "- id: talk", "group.talk.title"),
        (language_half_there, ZH, "hint: ", "fr has no words for parking.hint"),
        (style_misspelt, "style/en.yaml", "few", "max_sentence"),
        (not_offered_but_unknown, MENU, "- garage", "no service 'garage'"),
    ],
)
def test_a_branch_broken_elsewhere_is_found(
    branch: Branch, breaking: Callable[[Branch], None], file: str, marker: str, said: str
) -> None:
    breaking(branch)
    found = check(branch.folder)
    text = (branch.folder / file).read_text("utf-8")
    lines = [text[: hit.start()].count("\n") + 1 for hit in re.finditer(re.escape(marker), text)]
    hits = [branch.found(found, file, line, said) for line in lines]
    assert any(hits), (lines, [str(finding) for finding in found])


def test_a_language_without_a_style_is_found(branch: Branch) -> None:
    language_half_there(branch)
    assert "style/fr.yaml" in {finding.file for finding in check(branch.folder)}


def test_a_service_may_be_left_out_on_purpose(branch: Branch) -> None:
    branch.change(MENU, ", parking]", "]")
    text = (branch.folder / MENU).read_text("utf-8")
    branch.write(MENU, f"{text}not_offered: [parking]\n")
    assert check(branch.folder) == []


def test_every_problem_of_the_readers_has_words_and_its_values() -> None:
    """The check's list of problems is the one that the kinds of step use."""
    source = "".join(file.read_text("utf-8") for file in Path(*kinds.__path__).glob("*.py"))
    written = {
        code: frozenset(re.findall(r'"([a-z]+)": Slot', filled or ""))
        for code, filled in re.findall(r'Problem\("([a-z0-9_]+)"(?:, (\{.*\}))?\)', source)
    }
    assert 'Problem(f"{field}_empty")' in source
    written |= {f"{field}_empty": frozenset() for field in FIELDS}
    assert written == PROBLEMS


def test_no_reader_takes_biometrics_or_a_pin() -> None:
    assert set(get_args(Digits.model_fields["field"].annotation)) == {"phone", "last4", "count"}
    assert {kind.__name__ for kind in get_args(get_args(AnyStep)[0])} == {
        *("Choice", "YesNo", "Digits", "Amount", "Date", "ShortText"),
        *("Documents", "Notice", "Review", "Done"),
    }


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_style_is_whole(language: str) -> None:
    style = check_style.read_style(language, [BUILT_IN])
    assert all(getattr(style, name) for name in ("jargon", "forbidden", "advertising", "never_ask"))
    assert style.max_sentence == (30 if language == FIRST_LANGUAGE else 20)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("好。行！吗？", ["好", "行", "吗"]),
        ("Cost is 1.5 yuan. Go on.", ["Cost is 1.5 yuan", "Go on"]),
        ("一行\n两行", ["一行", "两行"]),
        ("Say “no.” Then go.", ["Say “no", "” Then go"]),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert check_style.sentences(text) == parts
