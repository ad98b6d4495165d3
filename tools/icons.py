"""Collect the pictograms the kiosk uses into `static/icons.json`.

Run after `npm install`, whenever a new icon is named: ``make icons``. The pictures are Material
Symbols, rounded (Apache-2.0); the kiosk itself never needs the npm package.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "node_modules/@iconify-json/material-symbols/icons.json"
TARGET = ROOT / "static/icons.json"

#: Names of ours that say what they mean, and the picture for each.
ALIASES = {
    "back": "arrow-back",
    "next": "arrow-forward",
    "yes": "check-circle",
    "no": "cancel",
    "ticket": "confirmation-number",
    "skip": "skip-next",
}
#: Drawn by us, because no set has it: a braille cell with the dots of 无 (w, 2-4-5-6).
OWN = {
    "braille": "".join(
        f'<circle cx="{x}" cy="{y}" r="{r}"/>'
        for x, y, r in (
            *((8, 5, 1.4), (8, 12, 2.9), (8, 19, 1.4)),
            *((16, 5, 2.9), (16, 12, 2.9), (16, 19, 2.9)),
        )
    )
}
#: Where names of icons stand: content in YAML, screens in Python, pages in HTML and JavaScript.
PATTERNS = (
    ("kiosk/content", "*.yaml", re.compile(r"icon:\s*([a-z0-9][a-z0-9-]*)")),
    ("kiosk", "*.py", re.compile(r"\"([a-z][a-z0-9]*(?:-[a-z0-9]+)*)\"")),
    ("templates", "*.html", re.compile(r"icon\(\s*[\"']([a-z0-9-]+)[\"']")),
    ("templates", "*.html", re.compile(r"[\"']([a-z][a-z0-9]*(?:-[a-z0-9]+)+)[\"']")),
)


def names_used() -> tuple[set[str], set[str]]:
    """(names that must exist, words that may be names) over the whole tree."""
    must: set[str] = {*ALIASES, *OWN}
    may: set[str] = set()
    for folder, glob, pattern in PATTERNS:
        exact = "icon" in pattern.pattern
        for path in (ROOT / folder).rglob(glob):
            (must if exact else may).update(pattern.findall(path.read_text("utf-8")))
    return must, may


def main() -> int:
    icons = json.loads(SOURCE.read_text("utf-8"))
    known = icons["icons"]
    aliases = icons.get("aliases", {})

    def body(name: str) -> str | None:
        if name in OWN:
            return OWN[name]
        picture = ALIASES.get(name, name)
        for full in (f"{picture}-rounded", picture):
            full = aliases.get(full, {}).get("parent", full)
            if full in known:
                return str(known[full]["body"])
        return None

    must, may = names_used()
    missing = sorted(name for name in must if body(name) is None)
    if missing:
        print("no such icon:", ", ".join(missing), file=sys.stderr)
        return 1
    # A plain word in Python may be an icon's name by chance; only spelled-out names are taken.
    rounded = {*known, *aliases}
    wanted = must | {name for name in may if f"{name}-rounded" in rounded}
    found = {name: text for name in sorted(wanted) if (text := body(name))}
    TARGET.write_text(json.dumps(found, indent=0, ensure_ascii=False) + "\n", "utf-8")
    print(f"{len(found)} icons, {TARGET.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
