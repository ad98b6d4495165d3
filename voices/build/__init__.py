"""Building a voice's pack: words to phonemes, phonemes to sound, sound to small files.

Needs the packages of the `voices` extra; the kiosk itself never does.
"""
