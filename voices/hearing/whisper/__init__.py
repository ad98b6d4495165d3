"""Whisper as a closed-set recogniser: which of these phrases was said, or none.

The encoder runs on the short clip through CTranslate2. The decoder runs here, in float32 numpy,
because every allowed phrase is scored at once along a trie of tokens, for which the library has
no call. `weights` reads the model's file, `mel` makes its input, `decoder` runs it, `tokens` knows
the vocabulary, `trie` holds the phrases, `search` scores them, `judge` decides, `recognizer` is the
adapter.
"""

from voices.hearing.whisper.recognizer import WhisperRecognizer

__all__ = ["WhisperRecognizer"]
