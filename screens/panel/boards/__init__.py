"""What the panel offers for each emulated device: switches in rows, what a state means in words, what it has counted.

A device has a curated board in a module of its own here; for any other emulator a board is made of the actions that it
lists itself (`layout`). No Qt, no socket. Names of actions and states are the emulators' own.
"""

from screens.panel.boards.board import Board, Choice, Group, Level, Row, Switch
from screens.panel.boards.catalogue import BOARDS, board_of, in_order
from screens.panel.boards.layout import Layout, Section, layout_of
from screens.panel.boards.signs import Told, counted, place_of, summary

__all__ = [
    "BOARDS",
    "Board",
    "Choice",
    "Group",
    "Layout",
    "Level",
    "Row",
    "Section",
    "Switch",
    "Told",
    "board_of",
    "counted",
    "in_order",
    "layout_of",
    "place_of",
    "summary",
]
