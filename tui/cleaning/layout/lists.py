"""Lists and notes. A list that holds headings, tables or code is only a frame, and is taken apart."""

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from tui.cleaning.layout.inline import joined, squeeze
from tui.cleaning.layout.pieces import own_paragraphs, paragraphs_of
from tui.cleaning.layout.place import Place, Walker
from tui.domain.blocks import (
    Block,
    Code,
    Footnote,
    Heading,
    Item,
    List,
    Paragraph,
    Quote,
    Span,
    Table,
)

LISTS = ("ul", "ol", "dl", "menu")
_NOTE_ID = re.compile(r"^(fn|foot-?note|cite-?note|endnote|note)[-:_]?[\w.]+$", re.I)
_APART = (Heading, Table, Code)


def read_list(walk: Walker, place: Place) -> None:
    """Append the list at `place`, with its nested lists laid flat."""
    items: list[Item] = _loose(place.element.text)
    for entry in place.element:
        if not isinstance(entry.tag, str):
            continue
        blocks = _blocks(walk, Place(entry, place.setting, place.depth))
        if _NOTE_ID.match(entry.get("id") or "") and blocks:
            _end(walk, items)
            walk.blocks.append(_footnote(entry, blocks))
        elif any(isinstance(block, _APART) for block in blocks):
            _end(walk, items)
            walk.blocks.extend(blocks)
        else:
            items += _items(place.element, entry, blocks, items)
            if others := _others(blocks):
                _end(walk, items)
                walk.blocks.extend(others)
        items += _loose(entry.tail)
    _end(walk, items)


def _loose(text: str | None) -> list[Item]:
    """Text that stands in a list but in no entry of it."""
    return [Item((Span(line),))] if (line := squeeze(text or "")) else []


def _blocks(walk: Walker, place: Place) -> list[Block]:
    """The blocks of one entry; a list directly in a list is an entry that holds a list."""
    if place.element.tag not in LISTS:
        return walk.inner(place)
    outer, walk.blocks = walk.blocks, []
    read_list(walk, place)
    inner, walk.blocks = walk.blocks, outer
    return inner


def _items(
    parent: HtmlElement, entry: HtmlElement, blocks: Sequence[Block], earlier: Sequence[Item]
) -> list[Item]:
    items = []
    if paragraphs := [p for block in blocks for p in own_paragraphs(block)]:
        number = _number(parent, entry, earlier)
        items.append(Item(joined(paragraphs), int(entry.tag == "dd"), number))
    for block in blocks:
        if isinstance(block, List):
            items += [Item(i.spans, i.depth + 1, i.number) for i in block.items]
    return items


def _others(blocks: Sequence[Block]) -> list[Block]:
    return [block for block in blocks if not isinstance(block, Paragraph | List | Quote)]


def _end(walk: Walker, items: list[Item]) -> None:
    """Put the items so far into a list, and begin anew; bullets right below bullets are one list."""
    last = walk.blocks[-1] if walk.blocks else None
    if isinstance(last, List) and items and not any(i.number for i in (*last.items, *items)):
        walk.blocks[-1] = List((*last.items, *items))
    elif items:
        walk.blocks.append(List(tuple(items)))
    items.clear()


def _number(parent: HtmlElement, entry: HtmlElement, earlier: Sequence[Item]) -> int | None:
    if parent.tag != "ol" or entry.tag != "li":
        return None
    value, start = entry.get("value") or "", parent.get("start") or ""
    if value.isdigit():
        return int(value[:6])
    numbers = [i.number for i in earlier if i.depth == 0 and i.number is not None]
    if numbers:
        return numbers[-1] + 1
    return int(start[:6]) if start.isdigit() else 1


def _footnote(entry: HtmlElement, blocks: Sequence[Block]) -> Footnote:
    digits = re.findall(r"\d+", entry.get("id") or "")
    spans = joined([p for block in blocks for p in paragraphs_of(block)])
    return Footnote(digits[-1] if digits else "*", spans)
