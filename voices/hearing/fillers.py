"""Words without meaning for any choice, which compete with what may be said."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import yaml


@lru_cache(maxsize=1)
def fillers() -> Mapping[str, tuple[str, ...]]:
    """The fillers of each language."""
    raw = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
    return {language: tuple(words) for language, words in raw.items()}
