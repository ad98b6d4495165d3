"""Cells, tables, chords and displays: a library that knows no bank. It comes with braille mode."""
