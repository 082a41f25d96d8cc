"""Moving: in a pane, between panes, to the next unread."""

from typing import TYPE_CHECKING

from tui.ui.actions import ARTICLE, LIST, NAMES, Call, action

if TYPE_CHECKING:
    from tui.ui.app import Reader


@action("down", "Down")
def down(reader: "Reader", call: Call) -> None:
    """Down by one or by the count."""
    reader.front.pane.move(call.times)


@action("up", "Up")
def up(reader: "Reader", call: Call) -> None:
    """Up by one or by the count."""
    reader.front.pane.move(-call.times)


@action("page-down", "A page down")
def page_down(reader: "Reader", call: Call) -> None:
    """A page down."""
    reader.front.pane.move(call.times * reader.front.pane.page)


@action("page-up", "A page up")
def page_up(reader: "Reader", call: Call) -> None:
    """A page up."""
    reader.front.pane.move(-call.times * reader.front.pane.page)


@action("half-down", "Half a page down")
def half_down(reader: "Reader", call: Call) -> None:
    """Half a page down."""
    reader.front.pane.move(call.times * max(1, reader.front.pane.page // 2))


@action("half-up", "Half a page up")
def half_up(reader: "Reader", call: Call) -> None:
    """Half a page up."""
    reader.front.pane.move(-call.times * max(1, reader.front.pane.page // 2))


@action("top", "The beginning; with a count that row or percent")
def top(reader: "Reader", call: Call) -> None:
    """The first row, or the row of the count."""
    reader.front.pane.go(call.times)


@action("bottom", "The end; with a count that row or percent")
def bottom(reader: "Reader", call: Call) -> None:
    """The last row, or the row of the count."""
    reader.front.pane.go(call.count)


@action("next-pane", "To the next pane", LIST, ARTICLE, NAMES)
def next_pane(reader: "Reader", _call: Call) -> None:
    """List, article, names, and round again."""
    reader.desk.step_pane(1)


@action("previous-pane", "To the pane before", LIST, ARTICLE, NAMES)
def previous_pane(reader: "Reader", _call: Call) -> None:
    """The other way round."""
    reader.desk.step_pane(-1)


@action("list", "To the headlines", LIST, ARTICLE, NAMES)
def to_list(reader: "Reader", _call: Call) -> None:
    """To the headlines."""
    reader.desk.focus_pane("list")


@action("article", "To the article", LIST, ARTICLE, NAMES)
def to_article(reader: "Reader", _call: Call) -> None:
    """To the article."""
    reader.desk.focus_pane("article")


@action("names", "To the names", LIST, ARTICLE, NAMES)
def to_names(reader: "Reader", _call: Call) -> None:
    """To the entity pane."""
    reader.desk.focus_pane("names")


@action("left", "Wide tables: to the left", ARTICLE)
def left(reader: "Reader", call: Call) -> None:
    """Slide wide lines."""
    reader.desk.article.slide(-8 * call.times)


@action("right", "Wide tables: to the right", ARTICLE)
def right(reader: "Reader", call: Call) -> None:
    """Slide wide lines."""
    reader.desk.article.slide(8 * call.times)
