"""Braille: writing with cells and reading with fingers. A library: knows no bank.

`cells` are the unit everything is made of; `chinese` writes 国家通用盲文 and `louis` the languages
of liblouis, found by `tables`. `chords` and `entry` read what fingers type; `keymaps` say which key
is which dot. `displays` are where cells are felt; `brf` is how they come on paper.
"""
