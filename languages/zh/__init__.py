"""Mandarin."""

from languages.tongue import Tongue
from languages.zh import heard, said, written

TONGUE = Tongue("zh-CN", written, said, heard)
