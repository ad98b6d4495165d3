"""Reading what is on paper, as somebody who looks at it does: Debian's tesseract."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image

needs_recogniser = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="apt-get install tesseract-ocr tesseract-ocr-chi-sim"
)


def read(picture: Image.Image, folder: Path, *, languages: str = "chi_sim+eng") -> str:
    """All that it reads, without spaces: from near, and the largest type from further away."""
    drawn = picture.convert("L")
    far = [drawn.resize((drawn.width // by, drawn.height // by)) for by in (3, 5)]
    found = _read(drawn, folder, languages, "6")
    return found + "".join(_read(one, folder, "eng", "11") for one in far)


def _read(picture: Image.Image, folder: Path, languages: str, layout: str) -> str:
    path = folder / "read.png"
    picture.save(path, dpi=(200, 200))
    words = ["tesseract", str(path), "-", "-l", languages, "--psm", layout]
    done = subprocess.run(words, capture_output=True, text=True, check=True, timeout=120)
    return "".join(done.stdout.split())
