"""The publisher's side: builds, compares, packs and signs references. Never imported by the terminal.

Needs ``pypinyin`` (sounds) and ``OpenCC`` (traditional to simplified characters), which the terminal does not have.
"""
