"""The braille of a session: shows what changed in cells, reads what fingers type.

`reading` and `typing` are pure: where a finger stands, what a chord means on a screen. `companion`
is the braille of one session; `tactiles` gives the kiosk's display to one of them.
"""
