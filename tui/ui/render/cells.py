"""How wide text is in a terminal, and where it may be cut. One source of widths: `rich.cells`.

Right-to-left text keeps its logical order: terminals that reorder (VTE, Konsole, mlterm) do it
themselves, and those that don't would be wrong either way. What we must prevent is that such a
terminal takes the text of two panes for one run and swaps them: `isolate` ends every line that
holds right-to-left letters with a left-to-right mark, which is no column wide.
"""

import re

from rich.cells import cell_len, split_graphemes

__all__ = ["cell_len", "cut", "fit", "isolate", "narrow", "one_line", "pad"]

# One column each, in Rich's table and in every terminal we know; a test compares with the table.
_NARROW = re.compile(
    "[ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0377\u037a-\u037f\u0384-\u0482\u048a-\u0513"
    "\u1e00-\u1eff\u2010-\u2027\u2030-\u2052\u2056-\u205e\u20a0-\u20b8\u2190-\u2199"
    "\u2500-\u25fc\u2800-\u28ff]*"
)
_RTL = re.compile(
    "[\u0590-\u05ff\u0600-\u07bf\u0860-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff"
    "\U0001e800-\U0001efff]"
)
_JOINER = "\u200d"
LEFT_TO_RIGHT_MARK = "\u200e"
_BREAKS = re.compile(r"[\t\n\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+")


def narrow(text: str) -> bool:
    """True if every character of `text` is certainly one column wide."""
    return (text.isascii() and text.isprintable()) or _NARROW.fullmatch(text) is not None


def one_line(text: str) -> str:
    """`text` with every break and tab as a space, so that it can't leave its line."""
    return _BREAKS.sub(" ", text)


def cut(text: str, width: int) -> tuple[str, int]:
    """The longest beginning of `text` of at most `width` columns, and its width."""
    if narrow(text):
        head = text[: max(0, width)]
        return head, len(head)
    spans, total = split_graphemes(text)
    if total <= width and cell_len(text) == total and not text.endswith(_JOINER):
        return text, total
    used, end = 0, 0
    for _start, stop, cells in spans:
        if used + cells > width:
            break
        used, end = used + cells, stop
    # A joiner at the end would draw the next cell into the cluster.
    head = text[:end].rstrip(_JOINER)
    # The two measures of Rich can differ on nonsense joins; the line must be right by cell_len.
    while head and (used := cell_len(head)) > width:
        head = head[:-1]
    return head, used if head else 0


def fit(text: str, width: int) -> tuple[str, int]:
    """`text` on one line of at most `width` columns, ending in "…" where it was cut; its width."""
    text = one_line(text).rstrip(_JOINER)
    if width <= 0:
        return "", 0
    if narrow(text):
        if len(text) <= width:
            return text, len(text)
        return text[: width - 1] + "…", width
    head, used = cut(text, width)
    if head == text:
        return head, used
    head, used = cut(text, width - 1)
    return head + "…", used + 1


def pad(text: str, width: int) -> str:
    """`text` cut or filled with spaces to exactly `width` columns."""
    head, used = fit(text, width)
    return head + " " * max(0, width - used)


def isolate(text: str) -> str:
    """`text`, closed against its neighbours if it holds right-to-left letters."""
    if text.isascii() or not _RTL.search(text):
        return text
    return text + LEFT_TO_RIGHT_MARK
