"""The list of mutations is in step with the code, and a mutation is seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mutations import MUTATIONS, ROOT, Mutation, copied, survives


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda one: one.name)
def test_every_mutation_has_its_place_and_its_test(mutation: Mutation) -> None:
    assert (ROOT / mutation.file).read_text("utf-8").count(mutation.old) == 1
    assert (ROOT / mutation.test.partition("::")[0]).is_file()


@pytest.mark.device
def test_a_fault_is_caught_and_a_harmless_change_lives(tmp_path: Path) -> None:
    idle = next(one for one in MUTATIONS if one.name == "a screen is never wiped")
    harmless = Mutation("a comment", idle.file, "Pure, by seconds", "Plain, by seconds", idle.test)
    with copied() as tree:
        before = (tree / idle.file).read_text("utf-8")
        assert survives(idle, tree) is None
        assert survives(harmless, tree) == f"{idle.test} passes"
        assert (tree / idle.file).read_text("utf-8") == before
        gone = Mutation("gone", idle.file, "this isn't there", "", idle.test)
        assert "0 times" in (survives(gone, tree) or "")
