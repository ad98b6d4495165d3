"""`kiosk sign`, as an operator uses it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kiosk.cli import main
from kiosk.content.loader import load
from kiosk.content.signed import script
from kiosk.sign.store import PackStore
from tests.support.clips import put_clips

SERVICES = len(load().catalog.services)


def run(*words: str, code: int = 0) -> str:
    done = CliRunner().invoke(main, ["sign", *words])
    assert done.exit_code == code, done.output
    return done.output


def own_key(data: Path) -> str:
    return run("keys", "--data", str(data)).split()[1]


@pytest.fixture
def head(tmp_path: Path) -> Path:
    """A head office that has recorded what the balance service needs."""
    words = script(load(), "zh-CN")
    store = PackStore(tmp_path / "head" / "sign" / "packs")
    put_clips(store, [words.wanted[one] for one in words.needs["balance"]], source="recorded")
    return tmp_path / "head"


def test_from_head_office_to_a_branch(
    tmp_path: Path, head: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    branch, file = str(tmp_path / "branch"), str(tmp_path / "csl.wuaisign")
    assert "balance              no" in run("coverage", "--data", branch)
    run("packs", "export", file, "--data", str(head))
    # A branch that doesn't know head office refuses.
    assert "nothing was installed" in run("packs", "import", file, "--data", branch, code=1)
    monkeypatch.setenv("KIOSK_SIGN_TRUSTED", own_key(head))
    assert "clips installed" in run("packs", "import", file, "--data", branch)
    told = run("coverage", "--missing", "--data", branch)
    assert "balance              yes" in told
    assert f"1 of {SERVICES} services can be completed in csl" in told
    assert "missing    help" not in told
    assert "csl  " in run("packs", "list", "--data", branch)


def test_an_empty_pack_says_so(tmp_path: Path) -> None:
    assert "csl  empty" in run("packs", "list", "--data", str(tmp_path))
    assert f"0 of {SERVICES} services" in run("coverage", "--data", str(tmp_path))
