"""Run the nightly jobs and write docs/nightly.md; ends with 1 if one failed or took too long.

python -m tests.nightly [--only NAME]...
"""

from __future__ import annotations

import argparse
import sys

from tests.bench.__main__ import commit
from tests.bench.tables import DOCS
from tests.nightly.jobs import JOBS, run
from tests.nightly.table import Night, now, read, shown, write


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    names = [job.name for job in JOBS]
    parser.add_argument("--only", action="append", choices=names, metavar="NAME")
    options = parser.parse_args()
    last = read(DOCS)
    tonight = Night(now(), commit(), {})
    for job in JOBS:
        if options.only and job.name not in options.only:
            continue
        print(f"== {job.name}", flush=True)
        tonight.results[job.name] = run(job)
    print(shown(tonight, last))
    if not options.only:
        write(tonight, last, DOCS)
    return int(any(one.state != "ok" for one in tonight.results.values()))


if __name__ == "__main__":
    sys.exit(main())
