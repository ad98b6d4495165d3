"""What operators watch by is true: rules that speak when they should, of figures that are there."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families

from kiosk.health import CAUSES
from kiosk.serving.loop import served
from tests.support.loop import serving
from tests.web.test_metrics import fetched

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "deploy" / "monitoring"
RULES = FOLDER / "wuai.rules.yml"
TESTS = FOLDER / "wuai.rules.test.yml"
BOARD: dict[str, Any] = json.loads((FOLDER / "wuai.board.json").read_text("utf-8"))
ALERTS: list[dict[str, Any]] = yaml.safe_load(RULES.read_text("utf-8"))["groups"][0]["rules"]
QUERIES = [target["expr"] for panel in BOARD["panels"] for target in panel["targets"]]
#: Prometheus' own: whether it could ask at all.
OF_PROMETHEUS = {"up"}

needs_promtool = pytest.mark.skipif(
    shutil.which("promtool") is None, reason="apt-get install prometheus"
)


def promtool(*words: str, text: str = "") -> str:
    done = subprocess.run(
        ["promtool", *words], cwd=FOLDER, input=text, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def exposed(app: Flask) -> str:
    """All that the real server tells."""
    with serving(served(app)) as (_, port):
        fetched(port)
        return fetched(port)


@needs_promtool
def test_the_files_are_what_prometheus_reads() -> None:
    promtool("check", "rules", RULES.name)
    promtool("check", "config", "prometheus.yml")


@needs_promtool
def test_each_rule_speaks_and_is_silent_as_it_should() -> None:
    assert "SUCCESS" in promtool("test", "rules", TESTS.name)


@needs_promtool
def test_the_board_asks_what_prometheus_understands(tmp_path: Path) -> None:
    rules = [
        {"record": f"board:{number}", "expr": query.replace("$instance", ".*")}
        for number, query in enumerate(QUERIES)
    ]
    path = tmp_path / "board.yml"
    path.write_text(yaml.safe_dump({"groups": [{"name": "board", "rules": rules}]}), "utf-8")
    promtool("check", "rules", str(path))


@needs_promtool
def test_the_figures_are_named_as_figures_are(exposed: str) -> None:
    promtool("check", "metrics", text=exposed)


def test_rules_and_board_ask_for_figures_that_are_there(exposed: str) -> None:
    there = OF_PROMETHEUS | {
        sample.name
        for family in text_string_to_metric_families(exposed)
        for sample in family.samples
    }
    for query in [*QUERIES, *(rule["expr"] for rule in ALERTS)]:
        asked = set(re.findall(r"\b(?:up|(?:wuai|process)_[a-z_]+)(?=[\s{\[,)]|$)", query))
        assert asked, query
        assert asked <= there, query


def test_labels_that_are_asked_for_are_given(exposed: str) -> None:
    given = {
        (name, value)
        for family in text_string_to_metric_families(exposed)
        for sample in family.samples
        for name, value in sample.labels.items()
    }
    for query in [*QUERIES, *(rule["expr"] for rule in ALERTS)]:
        for name, kind, value in re.findall(r'(\w+)(=|=~|!~)"([^"$]+)"', query):
            if name not in ("job", "instance"):
                for one in value.split("|") if kind != "=" else [value]:
                    assert (name, one) in given, query


def test_every_rule_is_tested_says_what_to_do_and_is_documented() -> None:
    tested = TESTS.read_text("utf-8")
    documented = (ROOT / "docs" / "operating.md").read_text("utf-8")
    for rule in ALERTS:
        name = rule["alert"]
        assert len(re.findall(rf"alertname: {name}\b", tested)) >= 1, name
        assert f"`{name}`" in documented, name
        assert rule["labels"]["severity"] in ("page", "ticket")
        assert rule["annotations"].keys() == {"summary", "remedy"}


def test_each_cause_is_told_by_one_rule() -> None:
    page, ticket = (
        next(rule for rule in ALERTS if rule["alert"] == name)
        for name in ("WuaiCannotServe", "WuaiTrouble")
    )
    urgent = re.search(r'cause=~"([^"]+)"', page["expr"])
    assert urgent is not None
    assert set(urgent[1].split("|")) < set(CAUSES)
    assert f'cause!~"{urgent[1]}"' in ticket["expr"]


def test_no_two_panels_lie_on_each_other() -> None:
    places = set()
    for panel in BOARD["panels"]:
        at = panel["gridPos"]
        for x in range(at["x"], at["x"] + at["w"]):
            for y in range(at["y"], at["y"] + at["h"]):
                assert x < 24
                assert (x, y) not in places, panel["title"]
                places.add((x, y))
    ids = [panel["id"] for panel in BOARD["panels"]]
    assert len(set(ids)) == len(ids)
