"""How it looks: themes, width and spacing of the text, number of panes."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tui.ui import themes
from tui.ui.actions import ARTICLE, LIST, NAMES, Call, action

if TYPE_CHECKING:
    from tui.ui.app import Reader

_STEP = 4


@action("wider", "Wider text", ARTICLE)
def wider(reader: "Reader", call: Call) -> None:
    """More columns."""
    _widen(reader, _STEP * call.times)


@action("narrower", "Narrower text", ARTICLE)
def narrower(reader: "Reader", call: Call) -> None:
    """Fewer columns."""
    _widen(reader, -_STEP * call.times)


def _widen(reader: "Reader", by: int) -> None:
    reader.typography.widen(by)
    reader.desk.article.relay()
    reader.say(f"{reader.typography.measure} columns")


@action("spacing", "Space between paragraphs", ARTICLE)
def spacing(reader: "Reader", _call: Call) -> None:
    """None, one line, two lines."""
    reader.typography.next_spacing()
    reader.desk.article.relay()


@action("justify", "Straight right edge, or not", ARTICLE)
def justify(reader: "Reader", _call: Call) -> None:
    """Spaces are widened."""
    reader.typography.justify = not reader.typography.justify
    reader.desk.article.relay()
    reader.say("Justified" if reader.typography.justify else "Ragged right")


@action("hyphenate", "Split words at the end of a line, or not", ARTICLE)
def hyphenate(reader: "Reader", _call: Call) -> None:
    """By the patterns of the article's language."""
    reader.typography.hyphenate = not reader.typography.hyphenate
    reader.desk.article.relay()
    reader.say("Hyphenated" if reader.typography.hyphenate else "Words stay whole")


@action("panes", "One, two or three panes; 0 by the width", LIST, ARTICLE, NAMES, argument="0-3")
def pane_count(reader: "Reader", call: Call) -> None:
    """With a number, or one more each time."""
    desk = reader.desk
    given = call.argument or ("" if call.count is None else str(call.count))
    if given and given not in ("0", "1", "2", "3"):
        reader.say("0, 1, 2 or 3 panes")
        return
    desk.wanted_panes = int(given) if given else (desk.wanted_panes + 1) % 4
    desk.share_width()
    words = ("Panes by the width", "1 pane", "2 panes", "3 panes")
    reader.say(words[desk.wanted_panes])


def _themes(_reader: "Reader") -> Iterable[str]:
    return themes.NAMES


@action("theme", "Colours", argument="theme", complete=_themes)
def theme(reader: "Reader", call: Call) -> None:
    """By name, or the next one."""
    names = themes.NAMES[1:]
    if call.argument:
        name = themes.choose(call.argument, reader.environment)
    else:
        known = reader.look.name in names
        name = names[(names.index(reader.look.name) + 1) % len(names)] if known else names[0]
    look, problems = themes.load(name, reader.paths.config / "themes")
    reader.look = look
    for screen in reader.screen_stack:
        for widget in screen.query("*"):
            widget.refresh()
    reader.say(problems[0] if problems else f"Theme {look.name}")


@action("redraw", "Draw the screen anew")
def redraw(reader: "Reader", _call: Call) -> None:
    """After something else wrote to the terminal."""
    reader.front.redraw()
    reader.refresh(repaint=True, layout=True)
    reader.repaint()
