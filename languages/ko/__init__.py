"""Korean."""

from languages.ko import heard, said, written
from languages.tongue import Tongue

TONGUE = Tongue("ko", written, said, heard)
