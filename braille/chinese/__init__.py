"""Chinese in 国家通用盲文, the national common braille (GF 0019-2018).

`syllables` writes a syllable of pinyin, `marked` reads text whose words and readings were authored,
`readings` marks text that nobody authored, `table` puts the cells together.
"""
