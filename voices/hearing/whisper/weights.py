"""The decoder's weights from a CTranslate2 model file (binary version 6, Whisper spec 3)."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from voices.hearing.ports import RecognizerError

VERSION, SPEC = 6, "WhisperSpec"
#: CTranslate2's data types by number.
TYPES: Mapping[int, type[np.generic]] = {
    0: np.float32,
    1: np.int8,
    2: np.int16,
    3: np.int32,
    4: np.float16,
}

Weights = Mapping[str, NDArray[Any]]


def read(path: Path, prefix: str = "decoder/") -> Weights:
    """The variables under `prefix`, named without it, as float32. Raises `RecognizerError`."""
    try:
        with path.open("rb") as file:
            version, spec = _number(file, "I"), _text(file)
            if (version, spec) != (VERSION, SPEC):
                raise RecognizerError(f"{path} is {spec} {version}; {SPEC} {VERSION} is needed")
            _number(file, "I")
            found = dict(_variables(file, prefix))
    except (OSError, struct.error, UnicodeDecodeError) as error:
        raise RecognizerError(f"{path} can't be read as a model: {error}") from error
    scales = {name: value for name, value in found.items() if name.endswith("_scale")}
    return {
        name: _dequantised(value, scales.get(f"{name}_scale"))
        for name, value in found.items()
        if name not in scales
    }


def _variables(file: BinaryIO, prefix: str) -> Iterator[tuple[str, NDArray[np.generic]]]:
    for _ in range(_number(file, "I")):
        name = _text(file)
        shape = tuple(_number(file, "I") for _ in range(_number(file, "B")))
        kind, size = TYPES[_number(file, "B")], _number(file, "I")
        if name.startswith(prefix):
            raw = np.frombuffer(file.read(size), dtype=kind)
            yield name.removeprefix(prefix), raw.reshape(shape)
        else:
            file.seek(size, 1)


def _dequantised(value: NDArray[np.generic], scale: NDArray[np.generic] | None) -> NDArray[Any]:
    """int8 weights are rows times their scale; anything else is only widened.

    The embeddings, half of it all, stay narrow: only a few rows are ever needed.
    """
    if value.ndim == 2 and len(value) > 50_000 and scale is None:
        return value
    wide = value.astype(np.float32)
    if scale is not None:
        wide /= scale.astype(np.float32).reshape(-1, *([1] * (wide.ndim - 1)))
    return np.ascontiguousarray(wide)


def _number(file: BinaryIO, form: str) -> int:
    size = struct.calcsize(form)
    value: int = struct.unpack(f"<{form}", file.read(size))[0]
    return value


def _text(file: BinaryIO) -> str:
    return file.read(_number(file, "H"))[:-1].decode()
