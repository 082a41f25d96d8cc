"""Where the walk is in the tree, and what a handler of blocks may ask of it."""

from dataclasses import dataclass
from typing import Protocol

from lxml.html import HtmlElement

from tui.cleaning.layout.inline import Setting
from tui.domain.blocks import Block


@dataclass(frozen=True, slots=True)
class Place:
    """One element with what holds for the characters around it; `depth` counts from the root."""

    element: HtmlElement
    setting: Setting
    depth: int


class Walker(Protocol):
    """The walk, as handlers see it: they read elements and append blocks."""

    base: str
    blocks: list[Block]

    def inner(self, place: Place) -> list[Block]:
        """The blocks inside an element, apart from the walk's own."""
        ...
