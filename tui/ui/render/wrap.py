"""Text to lines by words. Works on offsets, so that every piece knows where it comes from.

Text whose characters are all one column wide takes a short way that costs per line, not per
character. Everything else is measured cluster by cluster: CJK breaks between characters, except
before closing and after opening marks (kinsoku, JIS X 4051).
"""

from collections.abc import Callable, Iterator
from functools import lru_cache

from rich.cells import split_graphemes

from tui.domain.records import dataclass
from tui.ui.render.cells import cell_len, narrow

_NO_START = frozenset(
    "、。，．・：；？！ー」』）］｝〕〉》】〗〙’”…‥々ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.;:!?)]}»"
)
_NO_END = frozenset("「『（［｛〔〈《【〖〘‘“([{«")
_SOFT_BREAKS = "-–—/"
# No word is split so that fewer letters than this stand alone.
_SHORTEST_PART = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """One line of a text: `text[start:end]`; `hyphen` asks for one after it.

    `last` marks the end of a paragraph or a hard break: never justified.
    """

    start: int
    end: int
    hyphen: bool = False
    last: bool = False


Hyphenator = Callable[[str], list[int]]


@lru_cache(maxsize=8)
def hyphenator(lang: str) -> Hyphenator | None:
    """Where a word of `lang` ("en", "fr-CA") may be split, or None without patterns for it."""
    import pyphen

    language = pyphen.language_fallback(lang.replace("-", "_")) if lang else None
    if language is None:
        return None
    dictionary = pyphen.Pyphen(
        lang=language, left=_SHORTEST_PART, right=_SHORTEST_PART, cache=False
    )
    return lambda word: [int(position) for position in dictionary.positions(word)]


def wrap(text: str, width: int, hyphenate: Hyphenator | None = None) -> Iterator[Piece]:
    """The lines of `text` in `width` columns (at least 1). Breaks in the text are kept."""
    width = max(1, width)
    start = 0
    while start <= len(text):
        stop = text.find("\n", start)
        stop = len(text) if stop < 0 else stop
        if narrow(text[start:stop]):
            yield from _wrap_narrow(text, start, stop, width, hyphenate)
        else:
            yield from _wrap_wide(text, start, stop, width)
        start = stop + 1


def _wrap_narrow(
    text: str, start: int, stop: int, width: int, hyphenate: Hyphenator | None
) -> Iterator[Piece]:
    while stop - start > width:
        limit = start + width
        space = text.rfind(" ", start, limit + 1)
        end = max(space, _soft_break(text, max(start, space), limit))
        if hyphenate is not None and (split := _split(text, max(end, start), limit, hyphenate)):
            yield Piece(start, split, hyphen=True)
            start = split
            continue
        if end <= start:
            yield Piece(start, limit)
            start = limit
            continue
        yield Piece(start, end)
        start = _skip_spaces(text, end, stop)
    yield Piece(start, stop, last=True)


def _soft_break(text: str, start: int, limit: int) -> int:
    """The place after the last dash or slash that has text on both sides, or -1."""
    for at in range(limit - 1, start + 2, -1):
        if text[at] in _SOFT_BREAKS and not text[at - 1].isspace():
            return at + 1
    return -1


def _split(text: str, start: int, limit: int, hyphenate: Hyphenator) -> int:
    """Where the word that crosses `limit` may be split, leaving a column for the hyphen; or 0."""
    begin = start + 1 if start < len(text) and text[start] == " " else start
    end = begin
    while end < len(text) and text[end].isalpha():
        end += 1
    if end <= limit or end - begin < 2 * _SHORTEST_PART:
        return 0
    fitting = [begin + p for p in hyphenate(text[begin:end]) if begin + p < limit]
    return fitting[-1] if fitting else 0


def _skip_spaces(text: str, start: int, stop: int) -> int:
    while start < stop and text[start] == " ":
        start += 1
    return start


def _wrap_wide(text: str, start: int, stop: int, width: int) -> Iterator[Piece]:
    line_start = start
    used = 0
    # The last place where a line may end, and where the next then begins.
    end = begin = -1
    previous = ""
    for a, b, _cells in split_graphemes(text[start:stop])[0]:
        cluster = text[start + a : start + b]
        cells = cell_len(cluster)
        at = start + a
        if cluster == " ":
            if previous != " ":
                end = at
            begin = at + 1
        elif _may_break(previous, cluster, cells):
            end = begin = at
        if used + cells > width and at > line_start and cluster != " ":
            if end <= line_start:
                end = begin = at
            yield Piece(line_start, end)
            line_start, end = begin, -1
            used = cell_len(text[line_start:at])
        used += cells
        previous = cluster
    yield Piece(line_start, stop, last=True)


def _may_break(before: str, cluster: str, cells: int) -> bool:
    if not before or before == " ":
        return False
    wide = cells == 2 or cell_len(before) == 2
    return wide and cluster[0] not in _NO_START and before[0] not in _NO_END
