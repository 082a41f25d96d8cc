"""What speaks for a candidate being a person, an organisation, a place, another name, or none.

`features` turns a candidate into words ("label=GPE", "head=place", "before=in"); `weights.json` says
how much each word speaks for each kind. The weights are fitted, not written by hand:
`python -m tests.bench.fit_entities` makes them from annotated text and prints how well they do on
documents that they have not seen.
"""

import re
from collections import Counter
from collections.abc import Iterator

from tui.domain.naming import fold_key
from tui.entities import lexicon
from tui.entities.models import Found
from tui.entities.story import UNSEEN, Story

_KINDS = {
    "PERSON": "person",
    "PER": "person",
    "ORG": "org",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
}
_BEFORE = re.compile(r"([\w’'\-.]+)[ \u00a0]?([^\w\s]*)\s?$")
_AFTER = re.compile(r"([^\w\s]*)\s?([\w’'\-]*)")
_SENTENCE_START = re.compile(r"(?:^|[.!?:…\n][\"”’)\]]*\s*|\n\s*)[\"“‘'(\[«]*\s*$")
_LISTING = re.compile(r",? (?:and|or|et|ou)? ?|, ")
_OPENING = tuple("\"“‘'«(")
_SHORT_LINE = 60  # characters: a headline or a list entry
_OF = re.compile(r"\b(?:of|for|de|du|des)\b")
_PREPOSITIONS = frozenset(
    "in at from near to into of by with for on between and the a an as under over".split()
)
_SAYING = frozenset(
    "said says told added wrote asked argued claimed noted was is has had who".split()
)


def group(label: str) -> str:
    """The model's label as one of our kinds, "other" or "none"."""
    return _KINDS.get(label, "other") if label else "none"


def features(name: Found, story: Story) -> Iterator[str]:
    """What is known about `name` in `story`, as words; a word may count for several kinds."""
    text = story.text[name.start : name.end]
    key = fold_key(text)
    words = text.split()
    label = name.label
    yield "bias"
    yield f"label={label}"
    yield from _votes(key, label, story)
    yield from _lists(text, key, words, label)
    yield from _shape(text, words, label)
    yield from _context(name, story, label)
    yield from _neighbours(name, story)


def _neighbours(name: Found, story: Story) -> Iterator[str]:
    """What stands beside it in a list: "Paris, Berlin and X"."""
    before, after = story.beside(name)
    if before is not None and _LISTING.fullmatch(story.text[before.end : name.start]):
        yield f"listed after={group(before.label)}"
    if after is not None and _LISTING.fullmatch(story.text[name.end : after.start]):
        yield f"listed before={group(after.label)}"


def _votes(key: str, label: str, story: Story) -> Iterator[str]:
    votes = Counter[str]()
    for other, count in story.votes.get(key, {}).items():
        votes[group(other)] += count
    total = sum(votes.values())
    if total > 1 or (total and not label):
        kind, count = votes.most_common(1)[0]
        yield f"vote={kind}" + ("!" if count > 0.8 * total else "")
        yield f"vote={kind}&label={group(label)}"
    for part, count in story.parts.get(key, Counter()).items():
        yield f"part={part}"
        if count > 1:
            yield f"parts={part}"


def _lists(text: str, key: str, words: list[str], label: str) -> Iterator[str]:
    known = lexicon.countries().get(text)
    if known is not None:
        yield "list=derived" if known.derived else "list=country"
    elif text in lexicon.places():
        yield "list=place"
    if text in lexicon.organisations():
        yield "list=organisation"
    if text in lexicon.peoples():
        yield "list=people"
    heads = lexicon.heads()
    of = _OF.search(text)
    head = (text[: of.start()].split() or words)[-1] if of else words[-1]
    if kind := heads.get(fold_key(head)):
        yield f"head={kind}"
        yield f"head={kind}&label={group(label)}"
        if len(words) == 1:
            yield "head alone"
    for word in words[:-1]:
        if kind := heads.get(fold_key(word)):
            yield f"inside={kind}"
    if words[0] in lexicon.first_names():
        yield "given name" if len(words) == 1 else "given name first"
    if words[0].rstrip(".").lower() in lexicon.titles():
        yield "title first"
    if all(
        fold_key(word) in lexicon.plain_words() or word.lower() in lexicon.plain_words()
        for word in words
    ):
        yield "plain"


def _shape(text: str, words: list[str], label: str) -> Iterator[str]:
    size = min(len(words), 4)
    yield f"words={size}"
    yield f"words={size}&label={group(label)}"
    if text.isupper() and len(text) > 1 and text.isalpha():
        yield "capitals" if len(text) <= 6 else "long capitals"
        yield f"capitals&label={group(label)}"
    if any(c.isdigit() for c in text):
        yield "digit"
        yield f"digit&label={group(label)}"
    for mark in ("-", "&", ".", "’", "'", "/", ":"):
        if mark in text:
            yield f"has {mark}"
    if _OF.search(text):
        yield "has of"
    if not any(c.isupper() for c in text):
        yield "no capital"


def _context(name: Found, story: Story, label: str) -> Iterator[str]:
    before = story.text[max(0, name.start - 40) : name.start]
    if _SENTENCE_START.search(before):
        yield from _sentence_start(name, story, label)
    elif found := _BEFORE.search(before):
        yield from _word_before(found[1], found[2], label)
    if before[-1:] in _OPENING:
        yield f"opens={before[-1:]}"
    yield from _word_after(name, story.text, label)
    end = story.text.find("\n", name.end)
    line_start = story.text.rfind("\n", 0, name.start) + 1
    if (end if end >= 0 else len(story.text)) - line_start < _SHORT_LINE:
        yield "short line"
        yield f"short line&label={group(label)}"
    if label == UNSEEN and story.lower[story.text[name.start : name.end].lower()]:
        yield "unseen&lower elsewhere"


def _sentence_start(name: Found, story: Story, label: str) -> Iterator[str]:
    yield "starts sentence"
    yield f"starts&label={group(label)}"
    first = story.text[name.start : name.end].split()[0].lower()
    if story.lower[first]:
        yield "starts&lower elsewhere"
        yield f"starts&lower&label={group(label)}"


def _word_before(word: str, mark: str, label: str) -> Iterator[str]:
    lower = word.lower()
    if mark:
        yield f"mark before={mark[0]}"
    if lower in _PREPOSITIONS and not mark:
        yield f"before={lower}"
        yield f"before={lower}&label={group(label)}"
    elif lower.rstrip(".") in lexicon.titles() and word[:1].isupper():
        yield "before=title"
    elif kind := lexicon.heads().get(lower):
        yield f"before head={kind}"


def _word_after(name: Found, text: str, label: str) -> Iterator[str]:
    after = _AFTER.match(text, name.end)
    if after is None:
        return
    mark, word = after[1], after[2].lower()
    if mark:
        yield f"mark after={mark[0]}"
    if mark[:1] in ("'", "’") and word == "s":
        yield "possessive"
        yield f"possessive&label={group(label)}"
    if (
        mark == ","
        and text[name.end + 2 : name.end + 40].split(" ", 1)[0].rstrip(".,;)") in lexicon.places()
    ):
        yield "place follows"
    if not mark and word in _SAYING:
        yield f"after={word}"
    if not mark and (kind := lexicon.heads().get(word)):
        yield f"after head={kind}"
