"""Run every bench; ends with 1 if a figure is missed."""

from __future__ import annotations

import subprocess
import sys

BENCHES = (
    *("bench_queue", "bench_pages", "bench_live", "bench_server"),
    *("bench_voice", "bench_hearing", "bench_clips", "bench_braille", "bench_sign"),
)


def main() -> int:
    missed = 0
    for name in BENCHES:
        print(f"== {name}", flush=True)
        command = [sys.executable, "-m", f"tests.bench.{name}", *sys.argv[1:]]
        missed |= subprocess.run(command, check=False).returncode
    return 1 if missed else 0


sys.exit(main())
