"""Spans to lines: the text column of an article."""

from collections.abc import Iterator, Sequence
from dataclasses import field, replace

from tui.domain.blocks import Span, Spans, Style, plain
from tui.domain.records import dataclass
from tui.ui.render.cells import cell_len, one_line
from tui.ui.render.lines import Line, Run, line
from tui.ui.render.wrap import Hyphenator, Piece, hyphenator, wrap

# Opening marks that hang in the margin, so that the letters below each other are flush.
_HANGING = frozenset("“‘\"'«„‚")
_LEAST_JUSTIFIED = 0.7


@dataclass(frozen=True, slots=True)
class Layout:
    """How an article is set. `width` is the pane's columns, `measure` the most for text.

    `spacing` is blank lines between blocks; `pictures` the most rows a picture may take, 0 for a
    line of text in its place; `picture_seconds` is how long a cell of one takes on this line.
    """

    width: int
    measure: int = 72
    spacing: int = 1
    justify: bool = False
    hyphenate: bool = False
    lang: str = ""
    rtl: bool = False
    pictures: int = 0
    picture_seconds: float = 0.0

    @property
    def column(self) -> int:
        """Columns of text."""
        return max(1, min(self.measure, self.width - (4 if self.width >= 44 else 2)))

    @property
    def margin(self) -> int:
        """Blank columns at the left; at least one where there is room, for hanging marks."""
        return max(0, (self.width - self.column) // 2)

    @property
    def hyphenator(self) -> Hyphenator | None:
        """How to split words, if that is wanted and known for the language."""
        return hyphenator(self.lang or "en") if self.hyphenate else None


@dataclass(slots=True)
class Links:
    """The links of a document in reading order; one that occurs again keeps its number."""

    urls: list[str] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)

    def number(self, url: str) -> int:
        """The number of `url`, from 0."""
        if url not in self._numbers:
            self._numbers[url] = len(self.urls)
            self.urls.append(url)
        return self._numbers[url]


def flow(
    spans: Spans,
    layout: Layout,
    links: Links,
    *,
    start: int = -1,
    look: str = "text",
    indent: int = 0,
    first: tuple[Run, ...] = (),
    following: tuple[Run, ...] | None = None,
    hang: bool = False,
) -> Iterator[Line]:
    """The lines of `spans`, the first beginning with `first` (a bullet, a bar), the others with
    `following` (as wide in blanks if None). `start` is the offset of the text in the story.
    """
    text = plain(spans).replace("\t", " ")
    lead = sum(cell_len(run.text) for run in first)
    rest = (Run(" " * lead),) if following is None and lead else following or ()
    column = max(1, layout.column - indent - lead)
    runs = _link_runs(spans, links, start, look)
    hanging = int(hang and not lead and layout.margin > 0 and text[:1] in _HANGING)
    # One column more for the mark in the margin: wrap as if it were not there.
    shifted = text[hanging:]
    for number, piece in enumerate(wrap(shifted, column, layout.hyphenator)):
        begin = 0 if number == 0 else piece.start + hanging
        made = [*(first if number == 0 else rest)]
        body = _slice(runs, begin, piece.end + hanging)
        if layout.justify and not piece.last and not layout.rtl:
            body = _stretch(body, column, piece, hanging if number == 0 else 0)
        if piece.hyphen:
            body.append(Run("-", look))
        left = layout.margin + indent - (hanging if number == 0 else 0)
        done = line([*made, *body], left)
        yield _right(done, layout) if layout.rtl else done


def _right(done: Line, layout: Layout) -> Line:
    """Right-to-left text stands at the right of the column, in logical order."""
    return replace(done, indent=max(done.indent, layout.margin + layout.column - done.width))


def _link_runs(spans: Sequence[Span], links: Links, start: int, look: str) -> list[tuple[int, Run]]:
    """Spans as runs, with their place in the text."""
    runs: list[tuple[int, Run]] = []
    at = 0
    for span in spans:
        number = links.number(span.href) if span.href else -1
        offset = start + at if start >= 0 else -1
        text = span.text.replace("\t", " ")
        runs.append((at, Run(text, "link" if span.href else look, span.style, offset, number)))
        at += len(text)
    return runs


def _slice(runs: list[tuple[int, Run]], begin: int, end: int) -> list[Run]:
    """The runs of the characters `begin` to `end`."""
    made: list[Run] = []
    for at, run in runs:
        a, b = max(begin, at), min(end, at + len(run.text))
        if a >= b:
            if at >= end:
                break
            continue
        offset = run.start + a - at if run.start >= 0 else -1
        text = one_line(run.text[a - at : b - at])
        made.append(Run(text, run.look, run.style, offset, run.link))
    return made


def _stretch(body: list[Run], column: int, piece: Piece, hanging: int) -> list[Run]:
    """`body` with its spaces widened to fill the column; left alone where it is too short."""
    width = sum(cell_len(run.text) for run in body) - hanging + piece.hyphen
    missing = column - width
    gaps = sum(run.text.count(" ") for run in body)
    if missing <= 0 or not gaps or width < column * _LEAST_JUSTIFIED:
        return body
    made: list[Run] = []
    seen = 0
    for run in body:
        begin = 0
        for at, character in enumerate(run.text):
            if character != " ":
                continue
            seen += 1
            extra = missing * seen // gaps - missing * (seen - 1) // gaps
            if extra:
                made.append(_part(run, begin, at + 1))
                made.append(replace(run, text=" " * extra, start=-1))
                begin = at + 1
        made.append(_part(run, begin, len(run.text)))
    return [run for run in made if run.text]


def _part(run: Run, begin: int, end: int) -> Run:
    return replace(run, text=run.text[begin:end], start=run.start + begin if run.start >= 0 else -1)


def styled(text: str, style: Style = Style.PLAIN) -> Spans:
    """`text` as spans of one style."""
    return (Span(text, style),) if text else ()
