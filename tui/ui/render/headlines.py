"""A row of the headline list. Marks are glyphs first and colours second:

▌ here   ● unread   ◆ selected   ★ starred   → queued   ≡ text is here   t $ c j b i g x  see Status
"""

from datetime import datetime
from itertools import islice

from tui.domain.blocks import Status
from tui.domain.editions import Headline, Order
from tui.domain.records import dataclass
from tui.ui.ages import age, day
from tui.ui.render.cells import cell_len, fit, pad
from tui.ui.render.lines import Line, Run, line
from tui.ui.render.wrap import wrap

ONE_LINE_FROM = 64
_MARKS = 4  # columns before the title: here, unread, star, space
_STUB = 8  # columns that a feed keeps beside a long headline
_HIT, _HIT_END = "\x02", "\x03"


@dataclass(frozen=True, slots=True)
class RowState:
    """What the list knows of a row besides its headline."""

    here: bool = False
    focused: bool = True
    selected: bool = False
    folded: int = 0  # how many rows of its story are folded behind it
    inner: bool = False  # a further row of the story above it
    also: tuple[str, ...] = ()  # the other feeds that tell the same
    feed: bool = True  # say the feed; not where the group says it


def is_one_line(width: int) -> bool:
    """True where a headline fits on one line with its feed and age."""
    return width >= ONE_LINE_FROM


def row_lines(headline: Headline, state: RowState, width: int, now: datetime) -> list[Line]:
    """The one or two lines of a row."""
    marks = _marks(headline, state)
    room = max(1, width - sum(cell_len(run.text) for run in marks))
    title = headline.title or "(no headline)"
    if state.folded:
        title = f"▸{state.folded + 1} {title}"
    feeds = dict.fromkeys((headline.feed_title, *state.also))
    source = ", ".join(feeds) if state.feed else ""
    if is_one_line(width):
        tail = _tail(headline, source, max(8, min(30, width // 5)) if state.feed else 0, now)
        return [line([*marks, *_title(headline, title, room, tail)])]
    return _double(headline, marks, title, source, room=room, now=now)


def _tail(headline: Headline, source: str, feed_width: int, now: datetime) -> str:
    feed = f"  {pad(source, feed_width)}" if feed_width else " "
    return f"{feed} {status_mark(headline)} {age(headline.published, now):>3}"


def _title(headline: Headline, title: str, room: int, tail: str) -> list[Run]:
    """The title at the left and `tail` at the right in `room` columns."""
    left = max(1, room - cell_len(tail))
    text, used = fit(title, left)
    look = "read" if headline.read else "unread"
    return [Run(text, look), Run(" " * (left - used)), Run(tail, "faint")]


def _marks(headline: Headline, state: RowState) -> list[Run]:
    cursor = "cursor" if state.focused else "cursor-idle"
    first = Run("▌", cursor) if state.here else Run(" ")
    unread = Run(" ") if headline.read else Run("●", "dots")
    if state.selected:
        unread = Run("◆", "selected")
    star = Run("★", "mark") if headline.starred else Run(" ")
    return [first, unread, star, Run("└ " if state.inner else "")]


def status_mark(headline: Headline) -> str:
    """One character: how the article of `headline` is, or is not, here."""
    if headline.queued:
        return "→"
    status = Status(headline.status) if headline.status in set(Status) else Status.FULL
    if status is not Status.FULL:
        return status.letter
    return "≡" if headline.text_here else " "


def _double(
    headline: Headline, marks: list[Run], title: str, source: str, *, room: int, now: datetime
) -> list[Line]:
    when = f"{age(headline.published, now)} {status_mark(headline)}"
    pieces = list(islice(wrap(title, room), 2))
    look = "read" if headline.read else "unread"
    first = line([*marks, Run(fit(title[: pieces[0].end], room)[0], look)])
    blank = Run(" " * (sum(cell_len(run.text) for run in marks) - 1))
    rest = title[pieces[1].start :] if len(pieces) > 1 else ""
    left = max(0, room - cell_len(when) - 1)
    if not rest:
        feed, used = fit(source, left)
        return [first, line([marks[0], blank, Run(f"{feed}{' ' * (left - used)} {when}", "faint")])]
    # The headline comes first: its feed has what that leaves, or a stub.
    feed, _ = fit(source, max(left - cell_len(rest) - 1, min(_STUB, left // 2)))
    tail = f"{feed and ' '}{feed} {when}"
    return [first, line([marks[0], blank, *_title(headline, rest, room, tail)])]


def snippet_line(headline: Headline, width: int) -> Line:
    """What a search found, its hits marked, the first of them in view."""
    parts = headline.snippet.replace(_HIT_END, _HIT).split(_HIT)
    if len(parts) > 1:
        parts[0] = _shortened(parts[0], max(0, width - _MARKS - cell_len(parts[1])))
    runs = [Run(part, "snippet" if n % 2 else "faint") for n, part in enumerate(parts)]
    return line([Run(" " * (_MARKS - 1)), *runs])


def _shortened(text: str, width: int) -> str:
    """`text` without its beginning where it is wider than `width`, cut at a word."""
    while cell_len(text) > width and text:
        _, blank, rest = text.lstrip("…").lstrip().partition(" ")
        text = f"…{rest}" if blank and rest.strip() else ""
    return text


def group_of(headline: Headline, order: Order, now: datetime) -> str:
    """The heading under which a row stands in an order, or ""."""
    match order:
        case Order.NEWEST | Order.OLDEST:
            return day(headline.published, now)
        case Order.FEED:
            return headline.feed_title or "(no name)"
        case Order.FOLDER:
            return headline.folder or "No folder"
        case _:
            return ""


def group_line(name: str) -> Line:
    """A heading in the list."""
    return line([Run(" "), Run(name, "group")])
