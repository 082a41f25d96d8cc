"""Which entry of a feed document is which entry of the library. Pure.

An entry is known by `(feed, key)`. When a feed changes its keys (a new system, http to https), an
entry whose key is new is still the old one if an old key has vanished from the document and the
two share their canonical link, or their title and date; a link or title that stands for several
entries decides nothing. What retention removed is recognised the same way and stays away.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from tui.domain.feeds import ParsedEntry
from tui.domain.records import dataclass
from tui.domain.urls import canonical_url
from tui.library.folding import fold

K = TypeVar("K")
_SHORTEST_TITLE = 24
_FEWEST_WORDS = 5


def number(*parts: object) -> int:
    """A 64-bit number for `parts`, as SQLite holds it; never 0."""
    import hashlib  # loads OpenSSL: not for who only reads

    text = "\x1f".join(map(str, parts))
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True) or 1


def link_number(url: str) -> int:
    """Equal for links to the same page; 0 for none."""
    return number(canonical_url(url)) if url else 0


def headline_number(title: str) -> int:
    """Equal for titles that tell a story apart from all others; 0 if `title` is too short for that.

    "Live updates" or "Letters to the editor" stand above many stories: a title counts from five
    words and 24 letters.
    """
    folded = fold(title)
    if len(folded) < _SHORTEST_TITLE or len(folded.split()) < _FEWEST_WORDS:
        return 0
    return number(folded)


@dataclass(frozen=True, slots=True)
class Known:
    """An entry of the library, as far as it matters here. `published` in seconds or None."""

    id: int
    key: str
    link: int
    title: str
    published: int | None
    digest: int = 0


@dataclass(frozen=True, slots=True)
class Matches:
    """`same` holds (entry, known) by key, `renamed` those whose key changed, `new` the others."""

    same: tuple[tuple[ParsedEntry, Known], ...]
    renamed: tuple[tuple[ParsedEntry, Known], ...]
    new: tuple[ParsedEntry, ...]


def distinct(entries: Iterable[ParsedEntry]) -> list[ParsedEntry]:
    """Entries with one key each: of exact repeats the first, others with a key made longer."""
    seen: dict[str, ParsedEntry] = {}
    for entry in entries:
        other = seen.get(entry.id)
        if other is None:
            seen[entry.id] = entry
        elif (other.link, other.title) != (entry.link, entry.title):
            key = f"{entry.id}#{entry.link or entry.title}"
            seen.setdefault(key, replace(entry, id=key))
    return list(seen.values())


def match(
    entries: Sequence[ParsedEntry],
    known: Mapping[str, Known],
    gone_keys: Iterable[int],
    gone_links: Iterable[int],
) -> Matches:
    """Sort the `entries` of one document by what they are.

    `known` are the feed's entries by key; `gone_keys` and `gone_links` number what was removed.
    """
    same = tuple((e, known[e.id]) for e in entries if e.id in known)
    fresh = [e for e in entries if e.id not in known]
    listed = {e.id for e in entries}
    vanished = [k for key, k in known.items() if key not in listed]
    renamed, rest = _rename(fresh, vanished, entries)
    away = _Removed(frozenset(gone_keys), frozenset(gone_links), _unique_links(entries))
    return Matches(same, tuple(renamed), tuple(e for e in rest if not away.holds(e)))


@dataclass(frozen=True, slots=True)
class _Removed:
    keys: frozenset[int]
    links: frozenset[int]
    unique: frozenset[int]

    def holds(self, entry: ParsedEntry) -> bool:
        link = link_number(entry.link)
        return number(entry.id) in self.keys or (link in self.links and link in self.unique)


def _unique_links(entries: Iterable[ParsedEntry]) -> frozenset[int]:
    """Links that stand for one entry only, in this document."""
    often = Counter(link_number(entry.link) for entry in entries)
    return frozenset(link for link, count in often.items() if link and count == 1)


def _rename(
    fresh: list[ParsedEntry], vanished: list[Known], entries: Sequence[ParsedEntry]
) -> tuple[list[tuple[ParsedEntry, Known]], list[ParsedEntry]]:
    if not fresh or not vanished:
        return [], fresh
    links = _singles((k.link, k) for k in vanished)
    titles = _singles(((fold(k.title), k.published), k) for k in vanished if k.published)
    unique = _unique_links(entries)
    renamed: list[tuple[ParsedEntry, Known]] = []
    rest: list[ParsedEntry] = []
    taken: set[int] = set()
    for entry in fresh:
        link = link_number(entry.link)
        found = links.get(link) if link in unique else None
        if found is None and entry.title and entry.published:
            found = titles.get((fold(entry.title), int(entry.published.timestamp())))
        if found is None or found.id in taken:
            rest.append(entry)
        else:
            taken.add(found.id)
            renamed.append((entry, found))
    return renamed, rest


def _singles(pairs: Iterable[tuple[K, Known]]) -> dict[K, Known]:
    """What stands for one known entry only."""
    found: dict[K, Known] = {}
    several: set[K] = set()
    for name, known in pairs:
        if name in found:
            several.add(name)
        found[name] = known
    return {name: known for name, known in found.items() if name not in several}
