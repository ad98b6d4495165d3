"""The process librime runs in: a line of JSON in, a line of JSON out, until the pipe ends.

    python -m writing.child FOLDER

First it says ``{"ready": true}``, or ``{"error": "…"}`` where librime isn't here. A question is
``{"spelled": ["bei'jing"]}``, its answer ``{"found": [["北京", …]]}``.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from writing.rime import Rime, RimeMissing

#: So many texts of one row are given at most: windows that somebody would read.
LIMIT = 60
#: Letters are all that reaches librime: its keys can do more.
_SPELLED = re.compile(r"[a-z]+(?:'[a-z]+)*")


def main(folder: Path) -> None:
    try:
        rime = Rime(folder)
    except RimeMissing as error:
        _say({"error": str(error)})
        return
    _say({"ready": True})
    for line in sys.stdin:
        asked = [str(one) for one in json.loads(line)["spelled"]]
        _say(
            {
                "found": [
                    rime.candidates(one, LIMIT) if _SPELLED.fullmatch(one) else [] for one in asked
                ]
            }
        )


def _say(answer: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
