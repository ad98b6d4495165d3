"""English."""

from languages.en import heard, said, written
from languages.tongue import Tongue

TONGUE = Tongue("en", written, said, heard)
