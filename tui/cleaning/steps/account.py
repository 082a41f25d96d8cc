"""What steps remove, how much, and why; and the cap that no step may pass."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from lxml.html import HtmlElement

from tui.cleaning.tree import length, link_length, marks, outermost, remove, text_of

# The largest share of the text outside links that one step may take.
CAP = 0.25
_SAMPLE = 90
# What is compared of the texts that an extractor leaves out, and how many of them are told.
_TEXTS = ("p", "li", "h2", "h3", "h4", "td", "pre", "blockquote", "figcaption", "section", "div")
_WORTH, _BEGINNING, _MOST = 40, 40, 60


@dataclass(frozen=True, slots=True)
class Removal:
    """An element that a step wants away, and why. `capped` False: it can't be text of a story."""

    element: HtmlElement
    why: str
    capped: bool = True


@dataclass(frozen=True, slots=True)
class Note:
    """One line of the account."""

    step: str
    what: str
    why: str
    characters: int
    removed: bool = False
    kept: bool = False


@dataclass
class Account:
    """All that happened to a page. Without `detail` only what is cheap is written down."""

    detail: bool = False
    notes: list[Note] = field(default_factory=list)

    def write(self, step: str, element: HtmlElement, why: str, *, kept: bool = False) -> None:
        """Write down that `step` removed (or, capped, kept) `element`."""
        if self.detail:
            text = text_of(element)
            name = " ".join(filter(None, (str(element.tag), marks(element))))[:60]
            sample = text if len(text) <= _SAMPLE else text[: _SAMPLE - 1] + "…"
            self.notes.append(Note(step, f"<{name}> {sample}", why, len(text), not kept, kept))

    def say(self, step: str, what: str, why: str, characters: int = 0) -> None:
        """Write down anything else."""
        if self.detail:
            self.notes.append(Note(step, what, why, characters))

    def compare(self, step: str, before: HtmlElement, after: HtmlElement | None) -> None:
        """Write down the texts of `before` that a choice of `after` leaves out."""
        if not self.detail:
            return
        left = text_of(after) if after is not None else ""
        self.say(step, f"takes {len(left):,} of {length(before):,} characters", "")
        lost = [e for e in before.iter(*_TEXTS) if _is_lost(text_of(e), left)]
        for element in islice(outermost(lost), _MOST):
            self.write(step, element, "outside what it takes for the story")


def _is_lost(line: str, left: str) -> bool:
    return len(line) >= _WORTH and line[:_BEGINNING] not in left


Step = Callable[[HtmlElement], Iterable[Removal]]


def run(name: str, step: Step, root: HtmlElement, account: Account, cap: float = CAP) -> None:
    """Carry out `step` on `root`: nothing is removed that would pass the cap."""
    budget: float | None = None
    for removal in list(_outermost(step(root))):
        element = removal.element
        if removal.capped:
            cost = max(0, length(element) - link_length(element))
            if cost:
                if budget is None:
                    budget = cap * max(0, length(root) - link_length(root))
                if cost > budget:
                    account.write(name, element, f"{removal.why}; kept: too much text", kept=True)
                    continue
                budget -= cost
        account.write(name, element, removal.why)
        remove(element)


def _outermost(removals: Iterable[Removal]) -> Iterator[Removal]:
    last: HtmlElement | None = None
    for removal in removals:
        if last is None or not any(up is last for up in removal.element.iterancestors()):
            last = removal.element
            yield removal
