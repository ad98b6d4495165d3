"""Whisper's decoder in numpy, many continuations of one prompt at a time.

A pre-norm transformer (Radford et al. 2022): self-attention over what was said so far,
cross-attention over the encoded sound, a feed-forward net. Keys and values of every position are
kept, so that a continuation costs one position.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

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
        self._weights = {name: _turned(name, value) for name, value in weights.items()}
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
        unseen = _unseen(before, past.count)
        for layer in range(self.layers):
            x = x + self._self_attention(layer, x, unseen, past)
            x = x + self._cross_attention(layer, x, memory)
            x = x + self._feed_forward(layer, x)
        return self._norm(x, "layer_norm")

    def rows(self, tokens: Ids) -> Samples:
        """The embeddings of some tokens (n, width)."""
        return np.ascontiguousarray(self._embeddings[tokens], dtype=np.float32)

    def outputs(self, tokens: Ids) -> Samples:
        """What hidden states are multiplied by for the scores of some tokens (width, n)."""
        return np.ascontiguousarray(self.rows(tokens).T)

    def _self_attention(self, layer: int, x: Samples, unseen: Samples, past: Past) -> Samples:
        name = f"layer_{layer}/self_attention"
        normed = self._norm(x, f"{name}/layer_norm")
        query, key, value = (
            self._split(part)
            for part in np.split(self._linear(normed, f"{name}/linear_0"), 3, axis=1)
        )
        past.add(layer, key, value)
        # Over every position there is, those not followed hidden: one product costs less than to
        # gather each token's own.
        scores = query.transpose(1, 0, 2) @ past.keys[layer].transpose(1, 2, 0)
        scores *= self._scale
        scores += unseen
        mixed = (_softmax(scores) @ past.values[layer].transpose(1, 0, 2)).transpose(1, 0, 2)
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
        found: Samples = x @ self._weights[f"{name}/weight"]
        found += self._weights[f"{name}/bias"]
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


def _turned(name: str, value: NDArray[Any]) -> NDArray[Any]:
    """A linear layer's weights as (inputs, outputs): few rows at a time, as here, are multiplied
    by them in half the time it takes by (outputs, inputs)."""
    if name.endswith("/weight") and "linear" in name:
        return np.ascontiguousarray(value.T)
    return value


def _unseen(before: Sequence[Sequence[int]], own: int) -> Samples:
    """What is added to the scores of n tokens over all places, `own` from earlier steps and their
    n own: 0 where a token sees a place, far below everything where it doesn't."""
    found = np.full((len(before), own + len(before)), -1e9, np.float32)
    for row, places in enumerate(before):
        found[row, list(places)] = 0.0
        found[row, own + row] = 0.0
    return found


def _softmax(x: Samples) -> Samples:
    powers: Samples = np.exp(x - x.max(axis=-1, keepdims=True))
    powers /= powers.sum(axis=-1, keepdims=True)
    return powers


#: Abramowitz and Stegun 7.1.26: the error function to 1.5e-7.
_ERF = (0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429)


def _gelu(x: Samples) -> Samples:
    """The exact form, x Φ(x), which Whisper was trained with: max(x, 0) − |x| erfc(|x|/√2) / 2."""
    size = np.abs(x)
    z = size * np.float32(1 / np.sqrt(2))
    t = 1 / (1 + np.float32(0.3275911) * z)
    series = np.full_like(t, _ERF[-1])
    for coefficient in reversed(_ERF[:-1]):
        series *= t
        series += np.float32(coefficient)
    series *= t
    np.multiply(z, -z, out=z)
    series *= np.exp(z, out=z)
    series *= size
    series *= np.float32(0.5)
    found: Samples = (np.maximum(x, 0) - series).astype(np.float32, copy=False)
    return found
