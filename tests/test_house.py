"""The house itself: one version, one list of checks, nothing that points elsewhere."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from kiosk import __version__
from tools import lint

ROOT = Path(__file__).parent.parent
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
HOOKS = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]


def test_the_version_stands_in_one_place() -> None:
    project = PROJECT["project"]
    assert "version" not in project
    assert project["dynamic"] == ["version"]
    assert PROJECT["tool"]["hatch"]["version"] == {"path": "kiosk/__init__.py"}
    assert "version" not in json.loads((ROOT / "package.json").read_text("utf-8"))


def test_the_changelog_tells_of_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    headings = re.findall(r"^## \[(.+?)\](?: - \d{4}-\d\d-\d\d)?$", text, re.MULTILINE)
    assert headings[0] == "Unreleased"
    assert headings[1] == __version__


def test_every_check_is_our_own_tool_over_everything() -> None:
    """Git's hook and `make lint` find the same, and neither fetches anything."""
    for repo in HOOKS:
        assert repo["repo"] == "local"
        for hook in repo["hooks"]:
            assert hook["language"] == "system"
            assert hook["always_run"]
            assert not hook["pass_filenames"]
            assert hook["entry"].startswith((".venv/bin/", "node_modules/.bin/"))
    assert len(lint.checks()) == sum(len(repo["hooks"]) for repo in HOOKS)


def test_make_and_continuous_integration_run_that_list() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert re.search(r"^lint:.*\n\t\$\(BIN\)/python -m tools\.lint$", makefile, re.MULTILINE)
    assert re.search(r"^test:.* lint\b", makefile, re.MULTILINE)
    assert (ROOT / ".ci/run").read_text("utf-8").rstrip().endswith("exec make test")


def test_every_check_runs_and_those_that_fail_are_named(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    def ends(code: int) -> list[str]:
        return [sys.executable, "-c", f"print('ran {code}'); raise SystemExit({code})"]

    assert lint.failing({"first": ends(1), "second": ends(0), "third": ends(3)}) == [
        *("first", "third")
    ]
    assert re.findall(r"^ran \d", capfd.readouterr().out, re.MULTILINE) == [
        "ran 1",
        "ran 0",
        "ran 3",
    ]


def test_no_pinned_file_says_where_to_fetch_from() -> None:
    """Each machine has its own registry; what belongs to a package is its integrity."""
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    packages = [one for name, one in lock["packages"].items() if name]
    assert all("resolved" not in one and "integrity" in one for one in packages)
    for name in ("constraints.txt", "pyproject.toml", ".npmrc", ".pre-commit-config.yaml"):
        assert "://" not in (ROOT / name).read_text("utf-8"), name


def test_every_tool_that_is_asked_for_is_pinned() -> None:
    pinned = {
        line.partition("==")[0].lower().replace("_", "-")
        for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    }
    project = PROJECT["project"]
    extras = [one for extra in project["optional-dependencies"].values() for one in extra]
    for wanted in [*project["dependencies"], *extras, *PROJECT["build-system"]["requires"]]:
        name = re.split(r"[\[><=]", wanted)[0].lower().replace("_", "-")
        assert name in pinned, f"{name} isn't in constraints.txt"
    node = json.loads((ROOT / "package.json").read_text("utf-8"))["devDependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in node.values())


def test_a_module_is_one_room() -> None:
    """Beyond three hundred lines it is two."""
    long = {
        str(path.relative_to(ROOT)): lines
        for room in ("kiosk", "voices", "braille", "languages", "writing", "tools", "static/js")
        for path in (ROOT / room).rglob("*")
        if path.suffix in (".py", ".js")
        and (lines := len(path.read_text("utf-8").splitlines())) > 300
    }
    assert long == {}
