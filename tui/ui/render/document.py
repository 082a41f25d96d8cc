"""An article laid out, lazily: a block becomes lines when it comes near the screen.

A `Place` is (section, line): section 0 is the head, then the blocks, then the foot. Nothing needs
the number of all lines, so opening and wrapping again cost a screen, not an article. Progress
counts characters.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from tui.domain.blocks import PART_SEPARATOR, Article, Part
from tui.domain.editions import Position, Reading
from tui.ui.render.blocks import block_lines, spaced
from tui.ui.render.flow import Layout, Links, flow, styled
from tui.ui.render.head import head_lines, summary
from tui.ui.render.lines import BLANK, Line, Run, line
from tui.ui.render.linking import block_links

_ANCHOR = 64


class Place(NamedTuple):
    """A line: `line` of `section`."""

    section: int
    line: int


class Document:
    """The lines of one reading. `article`, `parts` and `links` are the same for every layout."""

    def __init__(self, reading: Reading, layout: Layout, now: datetime) -> None:
        self.reading, self.now = reading, now
        self.article = reading.article or Article(reading.entry.url)
        self.links = Links()
        self.parts: list[Part] = list(self.article.parts())
        self.text = PART_SEPARATOR.join(part.text for part in self.parts)
        self.length = len(self.text)
        self._starts = [part.start for part in self.parts]
        self._part_of_block = {part.block: part for part in self.parts}
        self._lines: dict[int, tuple[Line, ...]] = {}
        self.sections = len(self.article.blocks) + 2
        self.layout = self._complete(layout)
        self._number_links()

    def _complete(self, layout: Layout) -> Layout:
        return replace(layout, lang=self.article.lang, rtl=self.article.dir == "rtl")

    def _number_links(self) -> None:
        """Links are numbered in reading order, whatever is laid out first."""
        for section in range(1, self.sections - 1):
            for url in block_links(self.article.blocks[section - 1]):
                self.links.number(url)

    def set_layout(self, layout: Layout) -> None:
        """Lay out anew; places of the old layout are void (see `offset_at`, `place_of`)."""
        layout = self._complete(layout)
        if layout != self.layout:
            self.layout = layout
            self._lines.clear()

    def lines(self, section: int) -> tuple[Line, ...]:
        """The lines of one section with the blank lines after it."""
        made = self._lines.get(section)
        if made is None:
            made = self._lines[section] = tuple(self._lay(section))
        return made

    def _lay(self, section: int) -> Iterator[Line]:
        if section == 0:
            yield from head_lines(self.reading, self.layout, self.links, self.now)
            if said := summary(self.reading):
                yield from flow(styled(said), self.layout, self.links)
        elif section == self.sections - 1:
            yield BLANK
            end = Run("■", "rule")
            yield line([end], self.layout.margin)
        else:
            block = self.article.blocks[section - 1]
            part = self._part_of_block.get(section - 1)
            start = part.start if part else -1
            yield from block_lines(block, self.layout, self.links, start)
            following = section < len(self.article.blocks)
            yield from spaced(
                block, self.article.blocks[section] if following else None, self.layout
            )

    # Places

    def move(self, place: Place, by: int) -> Place:
        """The place `by` lines below (above if negative), at most the first or last line."""
        section, number = place.section, place.line + by
        while number < 0:
            if section == 0:
                return Place(0, 0)
            section -= 1
            number += len(self.lines(section))
        while number >= (count := len(self.lines(section))):
            if section == self.sections - 1:
                return Place(section, max(0, count - 1))
            number -= count
            section += 1
        return Place(section, number)

    def distance(self, a: Place, b: Place) -> int:
        """Lines from `a` down to `b`, which must not be above."""
        if a.section == b.section:
            return b.line - a.line
        between = sum(len(self.lines(s)) for s in range(a.section, b.section))
        return between - a.line + b.line

    def window(self, place: Place, height: int) -> list[tuple[Place, Line]]:
        """At most `height` lines from `place` down."""
        shown: list[tuple[Place, Line]] = []
        for section in range(place.section, self.sections):
            begin = place.line if section == place.section else 0
            for number, made in enumerate(self.lines(section)[begin:], begin):
                if len(shown) == height:
                    return shown
                shown.append((Place(section, number), made))
        return shown

    def last_top(self, height: int) -> Place:
        """The lowest place that still fills a pane of `height` lines."""
        return self.move(Place(self.sections - 1, len(self.lines(self.sections - 1))), -height)

    def place_of(self, offset: int) -> Place:
        """The line that holds the character `offset` of the story."""
        if not self.parts:
            return Place(0, 0)
        part = self.parts[max(0, bisect_right(self._starts, offset) - 1)]
        section = part.block + 1
        best = 0
        for number, made in enumerate(self.lines(section)):
            first = made.first_offset
            if first > offset:
                break
            if first >= 0:
                best = number
        return Place(section, best)

    def offset_at(self, place: Place) -> int:
        """The first character of the story at or below `place`; the length at the end."""
        for section in range(place.section, self.sections):
            begin = place.line if section == place.section else 0
            for made in self.lines(section)[begin:]:
                if made.first_offset >= 0:
                    return made.first_offset
        return self.length

    # Reading positions

    def position(self, place: Place) -> Position:
        """What to remember, so that `restore` finds the line again after another cleaning."""
        if place == Place(0, 0):
            return Position()
        offset = self.offset_at(place)
        if not self.parts:
            return Position()
        part = self.parts[max(0, bisect_right(self._starts, offset) - 1)]
        share = offset / self.length if self.length else 0.0
        return Position(part.block, max(0, offset - part.start), part.text[:_ANCHOR], share)

    def restore(self, position: Position) -> Place:
        """The place of `position`: by its paragraph's text, else by its share of the story."""
        if position == Position():
            return Place(0, 0)
        same = [part for part in self.parts if part.text[:_ANCHOR] == position.anchor]
        if same:
            part = min(same, key=lambda p: abs(p.block - position.block))
            return self.place_of(part.start + min(position.offset, len(part.text)))
        return self.place_of(int(position.share * self.length))

    def share(self, place: Place) -> float:
        """How much of the story lies above `place`, 0 to 1."""
        return self.offset_at(place) / self.length if self.length else 1.0
