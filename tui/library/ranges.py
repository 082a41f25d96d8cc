"""Sets of entry ids, small: "1-500,502" as gaps, so that a step of the journal stays short."""

from collections.abc import Iterable, Sequence


def to_text(ids: Iterable[int]) -> str:
    """`ids` as runs, each by its distance from the end of the one before: "1-499,2"."""
    runs: list[str] = []
    last = 0
    start = end = -1
    for number in sorted(set(ids)):
        if number == end + 1 and start >= 0:
            end = number
            continue
        if start >= 0:
            runs.append(_run(start, end, last))
            last = end
        start = end = number
    if start >= 0:
        runs.append(_run(start, end, last))
    return ",".join(runs)


def _run(start: int, end: int, last: int) -> str:
    return f"{start - last}-{end - start}" if end > start else f"{start - last}"


def from_text(text: str) -> Sequence[int]:
    """The ids in what `to_text` made, ascending. Raises ValueError."""
    ids: list[int] = []
    last = 0
    for run in filter(None, text.split(",")):
        gap, _, length = run.partition("-")
        start = last + int(gap)
        last = start + int(length or 0)
        ids.extend(range(start, last + 1))
    return ids
