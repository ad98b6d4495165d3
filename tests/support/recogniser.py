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
    """All that it reads, without spaces."""
    path = folder / "read.png"
    picture.convert("L").save(path, dpi=(203, 203))
    words = ["tesseract", str(path), "-", "-l", languages, "--psm", "6"]
    done = subprocess.run(words, capture_output=True, text=True, check=True, timeout=120)
    return "".join(done.stdout.split())
