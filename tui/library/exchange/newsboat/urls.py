"""newsboat's `urls`: one feed a line with its tags, query feeds, commands and filters.

https://example.org/feed.xml news "long reads" "~My title" !
"query:Long reads:tags # \\"long reads\\" and unread = \\"yes\\""
"exec:~/bin/make-feed --all"
"filter:~/bin/tidy.sh:https://example.org/feed.xml"
"""

import re
from collections.abc import Iterator

from tui.domain.errors import SourceError
from tui.domain.text import clean_line
from tui.library.exchange.markup import decode
from tui.library.exchange.newsboat.addresses import feed_address
from tui.library.exchange.newsboat.filters import Untranslatable, translate
from tui.library.exchange.transfer import Subscription, Transfer

_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"?|(#.*)|([^\s"#]\S*)')
_ESCAPED = re.compile(r"\\(.)")


def looks_like(data: bytes) -> bool:
    """True if most lines of `data` could be lines of `urls`."""
    lines = [tokens[0] for tokens in _lines(decode(data[:20_000])) if tokens]
    known = re.compile(r"(https?|file|feed)://|query:|exec:|filter:")
    return bool(lines) and sum(bool(known.match(line)) for line in lines) * 2 > len(lines)


def read(data: bytes, what: str = "the file") -> Transfer:
    """The subscriptions and query feeds of a `urls` file. Raises SourceError."""
    subscriptions: dict[str, Subscription] = {}
    queries: list[tuple[str, str]] = []
    problems: list[str] = []
    several = 0
    for address, *tags in _lines(decode(data)):
        if address.startswith("query:"):
            _query(address, queries, problems)
            continue
        subscription = _subscription(address, tags)
        if subscription is None:
            problems.append(f"no address of a feed, left out: {clean_line(address, 100)}")
        elif subscription.url in subscriptions:
            problems.append(f"twice in the file: {subscription.url}")
        else:
            subscriptions[subscription.url] = subscription
            several += sum(1 for tag in tags if _is_tag(tag)) > 1
    if not subscriptions and not queries:
        raise SourceError(f"{what} holds no feeds; nothing was imported")
    commands = [url for url in subscriptions if url.startswith("exec:")]
    problems += [f"will be run at each sync: {clean_line(url, 100)}" for url in commands]
    if several:
        problems.append(f"feeds with more than one tag: {several}; the first is their folder")
    return Transfer(
        "newsboat urls", tuple(subscriptions.values()), tuple(queries), problems=tuple(problems)
    )


def _lines(text: str) -> Iterator[list[str]]:
    for line in text.splitlines():
        tokens = []
        for found in _TOKEN.finditer(line):
            if found[2]:
                break
            tokens.append(found[3] or _ESCAPED.sub(r"\1", found[1] or ""))
        if tokens and tokens[0]:
            yield tokens


def _is_tag(tag: str) -> bool:
    return bool(tag) and not tag.startswith(("~", "!"))


def _subscription(address: str, tags: list[str]) -> Subscription | None:
    url = feed_address(address)
    if not url:
        return None
    titles = [tag[1:] for tag in tags if tag.startswith("~")]
    folders = [clean_line(tag).replace("/", "-") for tag in tags if _is_tag(tag)]
    return Subscription(
        url, clean_line(titles[0]) if titles else "", "", folders[0] if folders else ""
    )


def _query(address: str, queries: list[tuple[str, str]], problems: list[str]) -> None:
    name, _, expression = address.removeprefix("query:").partition(":")
    name = clean_line(name, 100)
    try:
        queries.append((name, translate(expression)))
    except Untranslatable as error:
        problems.append(f"query feed “{name}” left out: {error}")
