"""Words of evidence of a candidate's own words, and of one word beside it: spelling and our lists."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from tui.domain.naming import fold_key
from tui.entities import lexicon
from tui.entities.spans import has_capital

_OF = frozenset("of for de du des".split())
ARTICLES = frozenset({"The", "A", "An"})


@lru_cache(maxsize=20_000)
def shape(word: str) -> str:
    """ "Aa" of "Paris", "AA" of "UN", "a" of "in", "9" of "12", "." of a mark, "" of no word."""
    if not word:
        return ""
    if word.isdigit():
        return "9"
    if word.isupper():
        return "A" if len(word) == 1 else "AA"
    if word.islower():
        return "a"
    if word[:1].isupper():
        return "Aa" if word[1:].islower() else "AaA"
    if any(c.isdigit() for c in word):
        return "x9"
    return "aA" if any(c.isalpha() for c in word) else "."


@lru_cache(maxsize=20_000)
def head_of(word: str) -> str | None:
    """What `word` says that a name names, if our list has it."""
    return lexicon.heads().get(fold_key(word)) if any(c.isalpha() for c in word) else None


def head(words: Sequence[str]) -> str | None:
    """The kind of the word that says what the name names: its last, or the one before "of"."""
    for position in range(1, len(words)):
        if words[position].lower() in _OF:
            return head_of(words[position - 1])
    return head_of(words[-1])


def facts(word: str, side: str) -> Iterator[str]:
    """What our lists say of the word on one side."""
    if kind := head_of(word):
        yield f"head {side}={kind}{'^' if word[:1].isupper() else ''}"
    if word in lexicon.first_names():
        yield f"given name {side}"
    if known := lexicon.countries().get(word):
        yield f"derived {side}" if known.derived else f"country {side}"
    if word in lexicon.places():
        yield f"place {side}"


def _listed(text: str) -> str:
    known = lexicon.countries().get(text)
    if known is not None:
        return "derived" if known.derived else "country"
    if text in lexicon.places():
        return "place"
    if text in lexicon.organisations():
        return "organisation"
    return "people" if text in lexicon.peoples() else ""


def lists(text: str, words: Sequence[str], top: str) -> Iterator[str]:
    """What our lists say of the span and its words."""
    if listed := _listed(text):
        yield f"list={listed}"
        yield f"list={listed}&{top}"
    yield from _heads(words, top)
    yield from _people(text, words, top)
    plain = [word.lower() in lexicon.plain_words() for word in words]
    if all(plain):
        yield "plain"
        yield f"plain&{top}"
    elif plain[0]:
        yield "plain first"
    if len(words) > 1:
        if plain[-1]:
            yield "plain last"
        for word, side in ((words[0], "first"), (words[-1], "last")):
            if listed := _listed(word):
                yield f"list {side}={listed}"


def _heads(words: Sequence[str], top: str) -> Iterator[str]:
    kind = head(words)
    if kind:
        yield f"head={kind}"
        if len(words) == 1:
            yield f"head alone={kind}"
    yield f"head={kind}&{top}"
    yield from (f"inside={inner}" for word in words[:-1] if (inner := head_of(word)))


def _people(text: str, words: Sequence[str], top: str) -> Iterator[str]:
    given, titles = lexicon.first_names(), lexicon.titles()
    if words[0] in given:
        yield "given name" if len(words) == 1 else "given name first"
        yield f"given name&{top}"
    if any(word in given for word in words[1:]):
        yield "given name inside"
    if len(words) == 1 and text.rstrip(".").lower() in titles:
        yield "title itself"
    if len(words) > 1 and words[0].rstrip(".").lower() in titles:
        yield "title first"
        yield f"title first&{top}"
    if len(words) > 2 and " ".join(words[:2]).lower() in titles:
        yield "title first"


def spelling(text: str, words: Sequence[str], top: str) -> Iterator[str]:
    """How the span is written."""
    yield f"words={min(len(words), 6)}"
    yield f"words={min(len(words), 4)}&{top}"
    shapes = [shape(word) for word in words]
    for side, form in (("first", shapes[0]), ("last", shapes[-1])):
        yield f"{side}={form}"
        yield f"{side}={form}&{top}"
    if len(words) > 1 and words[0] in ARTICLES:
        yield "article first"
        yield f"article first&{top}"
    if len(words) == 1:
        yield f"only={shapes[0]}"
        if shapes[0] == "AA":
            yield f"capitals={min(len(text), 7)}"
    if all(form in ("AA", "A") for form in shapes):
        yield "all capitals"
    inner = {word for word in words[1:-1] if not has_capital(word)}
    for word in inner:
        yield f"in={'9' if word.isdigit() else word.lower()}"
    if inner:
        yield f"small inside&{top}"
    if any(form in ("9", "x9") for form in shapes):
        yield "digit"
        yield f"digit&{top}"
    for mark in "-&.’'/:\"":
        if mark in text:
            yield f"has {mark}"
    if " " not in text:
        yield "no space"
    if len(text) <= 2:
        yield "tiny"
