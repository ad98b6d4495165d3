"""Every bench there is, and the page of the docs that shows its figures beside docs/figures.md."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Bench:
    """The module ``tests.bench.bench_<name>``; `page` is a page of docs/ with its table as well,
    `draws` whether it can measure one of so many (``--every``)."""

    name: str
    page: str | None = None
    draws: bool = False

    @property
    def module(self) -> str:
        return f"tests.bench.bench_{self.name}"

    @property
    def what(self) -> str:
        """The first paragraph of its docstring."""
        source = (Path(__file__).parent / f"bench_{self.name}.py").read_text("utf-8")
        words = ast.get_docstring(ast.parse(source)) or ""
        return " ".join(words.split("\n\n")[0].split())


BENCHES: Sequence[Bench] = (
    Bench("press"),
    Bench("presses"),
    Bench("touch"),
    Bench("pages"),
    Bench("live"),
    Bench("urgent"),
    Bench("console"),
    Bench("start"),
    Bench("queue"),
    Bench("reports"),
    Bench("streams"),
    Bench("steady"),
    Bench("voice", "voice"),
    Bench("decisions", "voice"),
    Bench("braille", "braille"),
    Bench("sign", "sign"),
    # The longest last: where time is short the others are written already.
    Bench("hearing", "voice"),
    Bench("clips", "voice", draws=True),
    Bench("prosody", "voice"),
    Bench("speakers", "voice"),
    Bench("strangers", "voice"),
    Bench("digits", "voice"),
    Bench("sentences", "voice"),
)
BY_NAME = {bench.name: bench for bench in BENCHES}
