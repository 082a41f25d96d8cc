"""What steps remove, how much, and why; and the cap that no step may pass."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from tui.cleaning.tree import length, link_length, marks, remove, text_of

# The largest share of the text outside links that one step may take.
CAP = 0.25
_SAMPLE = 90


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
