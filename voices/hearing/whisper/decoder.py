"""Whisper's decoder in numpy, many continuations of one prompt at a time.

A pre-norm transformer (Radford et al. 2022): self-attention over what was said so far,
cross-attention over the encoded sound, a feed-forward net. Keys and values of every position are
kept, so that a continuation costs one position.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from voices.hearing.whisper.weights import Weights
from voices.sound import Samples

Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Memory:
    """The encoded sound as each layer attends to it: keys (heads, size, frames), values
    (heads, frames, size)."""

    keys: tuple[Samples, ...]
    values: tuple[Samples, ...]


@dataclass(slots=True, eq=False)
class Past:
    """Keys and values of all positions so far: for each layer (positions, heads, size)."""

    keys: list[Samples] = field(default_factory=list)
    values: list[Samples] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.keys[0]) if self.keys else 0

    def cut(self, count: int) -> None:
        """Keep only the first positions."""
        self.keys = [one[:count] for one in self.keys]
        self.values = [one[:count] for one in self.values]

    def add(self, layer: int, keys: Samples, values: Samples) -> None:
        if layer == len(self.keys):
            self.keys.append(keys)
            self.values.append(values)
            return
        self.keys[layer] = np.concatenate([self.keys[layer], keys])
        self.values[layer] = np.concatenate([self.values[layer], values])


class Decoder:
    """Stateless but for its weights; safe to use from any thread."""

    def __init__(self, weights: Weights, *, heads: int) -> None:
        self._weights = weights
        self.layers = sum(1 for name in weights if name.endswith("ffn/layer_norm/gamma"))
        self._heads = heads
        self._embeddings = weights["embeddings/weight"]
        self._positions = weights["position_encodings/encodings"]
        self._size = self._embeddings.shape[1] // heads
        # A float64 here would widen everything after it.
        self._scale = np.float32(1 / np.sqrt(self._size))

    def memory(self, encoded: Samples) -> Memory:
        """Cross-attention's keys and values of an encoded sound (frames, width)."""
        keys, values = [], []
        for layer in range(self.layers):
            both = self._linear(encoded, f"layer_{layer}/attention/linear_1")
            key, value = np.split(both, 2, axis=1)
            keys.append(np.ascontiguousarray(self._split(key).transpose(1, 2, 0)))
            values.append(np.ascontiguousarray(self._split(value).transpose(1, 0, 2)))
        return Memory(tuple(keys), tuple(values))

    def step(
        self,
        tokens: Ids,
        positions: Ids,
        before: Sequence[Sequence[int]],
        past: Past,
        memory: Memory,
    ) -> Samples:
        """Hidden states (n, width) of n tokens, each at its position in what is said.

        `before` are the places in `past` that each token follows; places are counted on through
        the tokens of this step, which are added to `past` in their order.
        """
        x = self.rows(tokens) + self._positions[positions]
        follows = _padded(before)
        for layer in range(self.layers):
            x = x + self._self_attention(layer, x, follows, past)
            x = x + self._cross_attention(layer, x, memory)
            x = x + self._feed_forward(layer, x)
        return self._norm(x, "layer_norm")

    def rows(self, tokens: Ids) -> Samples:
        """The output rows of some tokens."""
        return np.ascontiguousarray(self._embeddings[tokens], dtype=np.float32)

    def _self_attention(self, layer: int, x: Samples, follows: Ids, past: Past) -> Samples:
        name = f"layer_{layer}/self_attention"
        normed = self._norm(x, f"{name}/layer_norm")
        query, key, value = (
            self._split(part)
            for part in np.split(self._linear(normed, f"{name}/linear_0"), 3, axis=1)
        )
        own = len(past.keys[layer]) if layer < len(past.keys) else 0
        past.add(layer, key, value)
        # Every token sees what it follows, and itself.
        sees = np.concatenate([follows, own + np.arange(len(x))[:, None]], axis=1)
        keys, values = past.keys[layer][sees], past.values[layer][sees]
        scores = np.einsum("nhs,nphs->nhp", query, keys) * self._scale
        scores += np.where(sees < 0, np.float32(-1e9), np.float32(0))[:, None, :]
        mixed = np.einsum("nhp,nphs->nhs", _softmax(scores), values)
        return self._linear(mixed.reshape(len(x), -1), f"{name}/linear_1")

    def _cross_attention(self, layer: int, x: Samples, memory: Memory) -> Samples:
        name = f"layer_{layer}/attention"
        query = self._split(
            self._linear(self._norm(x, f"{name}/layer_norm"), f"{name}/linear_0")
        ).transpose(1, 0, 2)
        scores = (query @ memory.keys[layer]) * self._scale
        mixed = (_softmax(scores) @ memory.values[layer]).transpose(1, 0, 2)
        return self._linear(mixed.reshape(len(x), -1), f"{name}/linear_2")

    def _feed_forward(self, layer: int, x: Samples) -> Samples:
        name = f"layer_{layer}/ffn"
        wide = self._linear(self._norm(x, f"{name}/layer_norm"), f"{name}/linear_0")
        return self._linear(_gelu(wide), f"{name}/linear_1")

    def _linear(self, x: Samples, name: str) -> Samples:
        found: Samples = x @ self._weights[f"{name}/weight"].T + self._weights[f"{name}/bias"]
        return found

    def _norm(self, x: Samples, name: str) -> Samples:
        centred = x - x.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + np.float32(1e-5))
        found: Samples = (
            centred / spread * self._weights[f"{name}/gamma"] + self._weights[f"{name}/beta"]
        )
        return found

    def _split(self, x: Samples) -> Samples:
        return x.reshape(len(x), self._heads, self._size)


def _padded(before: Sequence[Sequence[int]]) -> Ids:
    """Rows of one length, filled with -1."""
    longest = max(map(len, before))
    rows = [(*row, *([-1] * (longest - len(row)))) for row in before]
    return np.asarray(rows, dtype=np.int64).reshape(len(rows), longest)


def _softmax(x: Samples) -> Samples:
    powers = np.exp(x - x.max(axis=-1, keepdims=True))
    found: Samples = powers / powers.sum(axis=-1, keepdims=True)
    return found


#: Abramowitz and Stegun 7.1.26: the error function to 1.5e-7.
_ERF = (0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429)


def _gelu(x: Samples) -> Samples:
    """The exact form, x Φ(x), which Whisper was trained with."""
    z = np.abs(x) * np.float32(1 / np.sqrt(2))
    t = 1 / (1 + np.float32(0.3275911) * z)
    series = np.zeros_like(t)
    for coefficient in reversed(_ERF):
        series = ((series + np.float32(coefficient)) * t).astype(np.float32)
    erf = np.sign(x) * (1 - series * np.exp(-(z**2)))
    return (x * (1 + erf) * np.float32(0.5)).astype(np.float32)
