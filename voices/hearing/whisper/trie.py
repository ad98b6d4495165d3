"""Phrases as a tree of tokens: what they share at their beginning is scored once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Node:
    """A token after its parent's; `ends` are the phrases that are whole here, by index."""

    token: int
    children: dict[int, Node] = field(default_factory=dict)
    ends: list[int] = field(default_factory=list)


def trie(phrases: Iterable[Sequence[int]]) -> Node:
    """The tree of phrases (tokens each); its root carries no token. Empty phrases are left out."""
    root = Node(-1)
    for index, phrase in enumerate(phrases):
        node = root
        for token in phrase:
            node = node.children.setdefault(token, Node(token))
        if node is not root:
            node.ends.append(index)
    return root
