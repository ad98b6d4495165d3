"""Recognisers' models for the tests: where `make test` installs them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
MODELS = Path(os.environ.get("KIOSK_MODELS", ROOT / "data" / "models"))
AUDIO = Path(os.environ.get("KIOSK_AUDIO", ROOT.parent / "shared" / "audio-dev"))

needs_whisper = pytest.mark.skipif(
    not (MODELS / "whisper-base").is_dir(),
    reason="no model: kiosk models install whisper-base",
)
needs_vosk_ko = pytest.mark.skipif(
    not (MODELS / "vosk-ko").is_dir(), reason="no model: kiosk models install vosk-ko"
)
needs_people = pytest.mark.skipif(
    not (AUDIO / "index.csv").is_file(), reason="no recordings of people beside the tree"
)
