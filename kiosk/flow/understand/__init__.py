"""Understanding what was said: pure functions from words to the value they stand for.

`grammar` builds the closed set of a screen, `meaning` finds what an utterance stands for in it,
`numbers` lists what may be said for an entry, `sound` knows which words sound alike,
and `repair` says what follows when nothing fits.
"""

from kiosk.flow.understand.grammar import Grammar, Offer, expected
from kiosk.flow.understand.meaning import Meaning, Nothing, Understood, Weak, Which, understand
from kiosk.flow.understand.repair import after_miss

__all__ = [
    "Grammar",
    "Meaning",
    "Nothing",
    "Offer",
    "Understood",
    "Weak",
    "Which",
    "after_miss",
    "expected",
    "understand",
]
