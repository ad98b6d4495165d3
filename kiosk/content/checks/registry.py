"""The content check: proof that what a branch wrote is whole, before a customer meets it.

Every check is a function from the material to its findings; `CHECKS` is all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from kiosk.content.checks.clips import clip_checks
from kiosk.content.checks.filling import filling_checks
from kiosk.content.checks.flow import flow_checks
from kiosk.content.checks.marks import mark_checks
from kiosk.content.checks.material import Material, read_material
from kiosk.content.checks.quoted import quoted_checks
from kiosk.content.checks.roles import role_checks
from kiosk.content.checks.rules import rule_checks
from kiosk.content.checks.say import say_checks
from kiosk.content.checks.shape import shape_checks
from kiosk.content.checks.style import style_checks
from kiosk.content.checks.values import value_checks
from kiosk.content.checks.words import word_checks
from kiosk.content.source import ContentError, Finding

CHECKS: tuple[Callable[[Material], Iterator[Finding]], ...] = (
    *shape_checks,
    *rule_checks,
    *role_checks,
    *flow_checks,
    *word_checks,
    *value_checks,
    *filling_checks,
    *say_checks,
    *style_checks,
    *clip_checks,
    *mark_checks,
    *quoted_checks,
)


def check(branch: Path | None = None) -> list[Finding]:
    """All that is wrong in our content with the branch's folder over it, by file and line.

    What can't be read is named and left out, and everything else is checked all the same.
    """
    try:
        material = read_material(branch)
    except ContentError as error:
        found = error.findings
    else:
        found = [*material.findings, *(wrong for one in CHECKS for wrong in one(material))]
    return sorted(dict.fromkeys(found), key=lambda f: (f.file, f.line, f.message))
