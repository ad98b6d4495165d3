"""Presses of the eight visits of an ordinary morning, from the first screen to the number.

The aim is what the same visit took before all papers were asked for at once, the read-back led to
the number, and what answers imply went unasked.
"""

from __future__ import annotations

import sys

from tests.bench.figures import Figure, report
from tests.support.morning import MORNING, presses


def main() -> int:
    return report([Figure(one.name, presses(one), one.was, "") for one in MORNING])


if __name__ == "__main__":
    sys.exit(main())
