"""Figures: pictures find their caption and credit."""

from dataclasses import replace

from tui.cleaning.layout import media
from tui.cleaning.layout.inline import joined, squeeze
from tui.cleaning.layout.place import Place, Walker
from tui.domain.blocks import Block, Figure, Heading, List, Paragraph, Spans, plain

# A figure without a picture and with little text: the picture came by script, the caption did not.
_LONGEST_CAPTION = 300


def read_image(walk: Walker, place: Place) -> None:
    """Append the picture of an `img`, unless the one before is the same."""
    found = media.picture(place.element, walk.base)
    if found and not any(isinstance(b, Figure) and b.src == found.src for b in walk.blocks[-2:]):
        walk.blocks.append(found)


def read_figure(walk: Walker, place: Place) -> None:
    """Append a figure: pictures with the caption, or a frame round a table, code or quote."""
    blocks = walk.inner(place)
    pictures = [block for block in blocks if isinstance(block, Figure)]
    paragraphs = [block.spans for block in blocks if isinstance(block, Paragraph)]
    others = [block for block in blocks if not isinstance(block, Figure | Paragraph)]
    if paragraphs and not pictures and not others and _size(paragraphs) < _LONGEST_CAPTION:
        pictures = [Figure("")]
    captioned = any(picture.caption or picture.credit for picture in pictures)
    if paragraphs and (captioned or others or not pictures):
        walk.blocks.extend(blocks)  # text beside a caption is text
        return
    if paragraphs:
        pictures[-1] = replace(pictures[-1], caption=joined(paragraphs))
    walk.blocks.extend([*_merged(pictures), *others])


def _size(paragraphs: list[Spans]) -> int:
    return sum(len(plain(spans)) for spans in paragraphs)


def read_caption(walk: Walker, place: Place, *, credit: bool = False) -> None:
    """A caption belongs to the picture before it; without one it is a figure of its own."""
    spans: list[Spans] = []
    credits = ""
    for block in walk.inner(place):
        if isinstance(block, Paragraph | Heading):
            spans.append(block.spans)
        elif isinstance(block, List):
            spans += [entry.spans for entry in block.items]
        elif isinstance(block, Figure) and not block.src:
            spans += [block.caption] if block.caption else []
            credits = f"{credits} {block.credit}"
        else:
            walk.blocks.append(block)
    text = joined(spans)
    last = walk.blocks[-1] if walk.blocks else None
    figure = _open_figure(last, credit=credit)
    changed = (
        _credited(figure, f"{plain(text)} {credits}")
        if credit
        else _credited(replace(figure, caption=text), credits)
    )
    if figure is last:
        walk.blocks[-1] = changed
    elif changed.caption or changed.credit:
        walk.blocks.append(changed)


def _open_figure(last: Block | None, *, credit: bool) -> Figure:
    """The figure before, if it still lacks what comes now; else a new one."""
    if isinstance(last, Figure) and not (last.credit if credit else last.caption):
        return last
    return Figure("")


def _credited(figure: Figure, credit: str) -> Figure:
    return replace(figure, credit=squeeze(f"{figure.credit} {credit}"))


def _merged(pictures: list[Figure]) -> list[Figure]:
    """A picture and its text, found apart, as one figure."""
    if len(pictures) != 2 or len([1 for picture in pictures if picture.src]) != 1:
        return pictures
    first, second = sorted(pictures, key=lambda picture: not picture.src)
    if first.caption and second.caption and first.caption != second.caption:
        return pictures
    return [
        replace(
            _credited(first, second.credit if second.credit != first.credit else ""),
            caption=first.caption or second.caption,
        )
    ]
