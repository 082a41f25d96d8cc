"""Lines to segments: theme applied, marks laid over, cut and filled to exactly one width."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from rich.segment import Segment
from rich.style import Style as RichStyle

from tui.domain.blocks import Style
from tui.domain.records import dataclass
from tui.ui.render.cells import LEFT_TO_RIGHT_MARK, cell_len, cut, isolate, narrow
from tui.ui.render.lines import Line, Run
from tui.ui.themes import Theme

_FLAGS = {
    Style.STRONG: RichStyle(bold=True),
    Style.EMPHASIS: RichStyle(italic=True),
    Style.STRUCK: RichStyle(strike=True),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters `start` to `end` of the story shown with `look` over their own."""

    start: int
    end: int
    look: str


@lru_cache(maxsize=2048)
def rich_style(theme: Theme, look: str, style: Style = Style.PLAIN, url: str = "") -> RichStyle:
    """The style of `look` in `theme` with the span's own styles, and a link to `url` (OSC 8)."""
    made = theme.style(look)
    if Style.CODE in style and look == "text":
        made = theme.style("code")
    for flag, added in _FLAGS.items():
        if flag in style:
            made += added
    return made + RichStyle(link=url) if url else made


def paint(
    line: Line,
    theme: Theme,
    width: int,
    marks: Sequence[Mark] = (),
    *,
    shift: int = 0,
    links: Sequence[str] = (),
) -> list[Segment]:
    """`line` in exactly `width` columns. `shift` columns of a wide line are off to the left;
    with `links`, the addresses by number, runs of links tell the terminal where they lead.
    """
    runs = _marked(line.runs, marks) if marks else line.runs
    segments: list[Segment] = []
    left = width
    indent = min(line.indent, width)
    if indent:
        segments.append(Segment(" " * indent, theme.style("text")))
        left -= indent
    hidden = shift if line.wide else 0
    rtl = False
    for run in runs:
        if left <= 0:
            break
        text = run.text
        if hidden:
            text, hidden = _drop(text, hidden)
        text, used = _take(text, left)
        if not text:
            continue
        rtl = rtl or isolate(text) != text
        url = links[run.link] if 0 <= run.link < len(links) else ""
        segments.append(Segment(text, rich_style(theme, run.look, run.style, url)))
        left -= used
    return _filled(segments, left, theme, rtl)


def _filled(segments: list[Segment], left: int, theme: Theme, rtl: bool) -> list[Segment]:
    if rtl and segments:
        last = segments[-1]
        segments[-1] = Segment(last.text + LEFT_TO_RIGHT_MARK, last.style)
    if left > 0:
        segments.append(Segment(" " * left, theme.style("text")))
    return segments


def _take(text: str, width: int) -> tuple[str, int]:
    if len(text) <= width and narrow(text):
        return text, len(text)
    return cut(text, width)


def _drop(text: str, width: int) -> tuple[str, int]:
    """`text` without its first `width` columns, and how many columns are still to drop."""
    head, used = cut(text, width)
    rest = text[len(head) :]
    if not rest:
        return "", width - used
    # A character that stands on the edge is shown as a blank.
    if used < width:
        first = rest[0]
        return " " * (cell_len(first) - (width - used)) + rest[1:], 0
    return rest, 0


def _marked(runs: Iterable[Run], marks: Sequence[Mark]) -> Iterable[Run]:
    """`runs` split where a mark begins or ends; of several marks the last one counts."""
    for run in runs:
        if run.start < 0:
            yield run
            continue
        end = run.start + len(run.text)
        here = [m for m in marks if m.start < end and m.end > run.start]
        if not here:
            yield run
            continue
        edges = {run.start, end}
        for mark in here:
            edges |= {max(run.start, mark.start), min(end, mark.end)}
        ordered = sorted(edges)
        for a, b in pairwise(ordered):
            look = next((m.look for m in reversed(here) if m.start < b and m.end > a), run.look)
            text = run.text[a - run.start : b - run.start]
            yield Run(text, look, run.style, a, run.link)


def blank(theme: Theme, width: int) -> list[Segment]:
    """An empty line."""
    return [Segment(" " * width, theme.style("text"))] if width > 0 else []


def row(parts: Iterable[tuple[str, str]], theme: Theme, width: int) -> list[Segment]:
    """(text, look) side by side in exactly `width` columns, the rest blank."""
    return paint(Line(tuple(Run(text, look) for text, look in parts)), theme, width)
