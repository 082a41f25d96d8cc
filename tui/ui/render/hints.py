"""Hint letters over links: typed to follow one. They stand on the link's first letters, so that
nothing moves.
"""

from dataclasses import replace

from tui.ui.render.cells import cell_len, cut
from tui.ui.render.lines import Line, Run

_LETTERS = "asdfghjklqwertyuiopzxcvbnm"


def hint_letters(count: int) -> list[str]:
    """`count` hints, all of one length, none the beginning of another."""
    if count <= len(_LETTERS):
        return list(_LETTERS[:count])
    pairs = [a + b for a in _LETTERS for b in _LETTERS]
    return pairs[:count]


def with_hints(line: Line, hints: dict[int, str]) -> Line:
    """`line` with the hint of each link over its beginning; as wide as before."""
    runs: list[Run] = []
    seen: set[int] = set()
    for run in line.runs:
        hint = hints.get(run.link)
        if hint is None or run.link in seen:
            runs.append(run)
            continue
        seen.add(run.link)
        head, used = cut(run.text, len(hint))
        rest = run.text[len(head) :]
        shown = hint[:used]
        runs.append(Run(shown + " " * (used - cell_len(shown)), "hint"))
        start = run.start + len(head) if run.start >= 0 else -1
        runs.append(replace(run, text=rest, start=start))
    return replace(line, runs=tuple(run for run in runs if run.text))
