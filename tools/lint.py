"""Run every check of `.pre-commit-config.yaml` over everything, as `git commit` and CI do.

All of them run, so that one round shows all there is to mend.
"""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent
CONFIG = ROOT / ".pre-commit-config.yaml"


def checks(config: Path = CONFIG) -> dict[str, list[str]]:
    """The command of each check, by its name."""
    repos = yaml.safe_load(config.read_text("utf-8"))["repos"]
    hooks = [hook for repo in repos for hook in repo["hooks"]]
    return {hook["name"]: shlex.split(hook["entry"]) for hook in hooks}


def failing(commands: dict[str, list[str]]) -> list[str]:
    """The names of the checks that found something; what they found is printed by them."""
    failed = []
    for name, command in commands.items():
        print(f"{name}: {shlex.join(command)}", flush=True)
        if subprocess.run(command, cwd=ROOT).returncode:
            failed.append(name)
    return failed


if __name__ == "__main__":
    found = failing(checks())
    sys.exit(f"to mend: {', '.join(found)}" if found else 0)
