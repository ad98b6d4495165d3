"""What may be meant by sounds: Chinese characters for typed syllables. Knows no bank.

`rows` is pure: syllables in, what is asked and what is offered out. `process` asks librime, which
runs in a process of its own (`child`); `apart` finds the word that tells one character from others
of its sound.
"""
