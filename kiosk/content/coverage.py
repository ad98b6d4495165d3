"""Which words a language needs: all of them, or those of the services it covers.

A language that covers only some services (``languages:`` in ``catalog.yaml``) needs everything a
customer can meet on the way through them. Staff read the complete languages only, so it needs
none of their words.
"""

from __future__ import annotations

from kiosk.flow.model import Catalog

#: Words that only staff read; `display` is theirs by its style, but customers read it.
STAFF_ONLY = ("staff", "alarm")


def needs(key: str, covered: frozenset[str], catalog: Catalog) -> bool:
    """Whether a language that covers these services must have the words of `key`."""
    if covers_all(covered, catalog):
        return True
    head, *_, last = key.split(".")
    if head in STAFF_ONLY or last == "official":
        return False
    return head not in catalog.services or head in covered


def covers_all(covered: frozenset[str], catalog: Catalog) -> bool:
    return covered >= catalog.services.keys()
