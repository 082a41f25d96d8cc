"""feedparser's own test suite, run through our chain.

Each file says in a comment what is right, as an expression over feedparser's dictionaries. It is
evaluated over what our chain works on, with two translations, because the chain does less in one
place and more in another:

- We don't sanitise in the parser; cleaning does, later. Two strings of HTML are equal if cleaning
  makes the same words, links and pictures of them: so a value counts as right only if what the suite wants removed is
  not in our article, and what it wants kept is there. An embed is an address that the reader may
  open and of which nothing is loaded: it is left out on both sides.
- We join links when we make entries; a link is equal to what it is after joining.
- `encoding` is right if the text is the one that the encoding named by the suite gives.
"""

import datetime
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import feedparser

from tui.cleaning.decode import parse
from tui.cleaning.layout import lay_out
from tui.cleaning.steps.account import Account
from tui.cleaning.steps.before import strip
from tui.domain.blocks import Embed, block_text
from tui.domain.codec import block_to_value
from tui.domain.urls import safe_url
from tui.fetching.feeds.dates import parse_date
from tui.fetching.feeds.decode import Decoded, decode
from tui.fetching.feeds.markup import absolute_links
from tui.fetching.feeds.xmlfeed import read_document

# Where the suite's own server is.
_PLACE = "http://127.0.0.1:8097/"
_DATES = ("published", "updated", "created", "expired")


@dataclass(frozen=True, slots=True)
class Case:
    """One file; `verbatim` says that no translation was needed."""

    file: str
    expression: str
    right: bool
    verbatim: bool = False
    said: str = ""


class Said(str):
    """A string of the feed, equal to what the suite wants in the sense of this module."""

    __slots__ = ("base",)
    base: str

    def __new__(cls, text: str, base: str) -> "Said":
        self = super().__new__(cls, text)
        self.base = base
        return self

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, str):
            return False
        wanted = str(other)
        return (
            str(self) == wanted
            or safe_url(self, self.base) == wanted
            or _blocks(absolute_links(self, self.base)) == _blocks(wanted)
        )

    __hash__ = str.__hash__


class Encoding(str):
    """The name of an encoding, equal to another under which the body is the same text."""

    __slots__ = ("body", "text")
    body: bytes
    text: str

    def __eq__(self, other: object) -> bool:
        try:
            text = self.body.decode(str(other))
        except (LookupError, UnicodeDecodeError):
            return False
        return text.lstrip("\ufeff") == self.text.lstrip("\ufeff")

    __hash__ = str.__hash__


_ADDRESS = re.compile(r"https?://[^\s\"\\\\]+")


@cache
def _blocks(markup: str) -> tuple[str, list[str]]:
    """What cleaning makes of `markup`: its words, and the addresses of its links and pictures."""
    root = parse(f"<html><body><div>{markup}</div></body></html>")
    if root is None:
        return "", []
    strip(root, Account())
    blocks = [json.dumps(block_to_value(b)) for b in lay_out(root) if not isinstance(b, Embed)]
    words = " ".join(" ".join(block_text(b) for b in lay_out(root)).split())
    return words, _ADDRESS.findall(" ".join(blocks))


def run(folder: Path) -> Iterator[Case]:
    """Every file of the suite that says what is right."""
    for case in json.loads((folder / "cases.json").read_text()):
        if case["expect"]:
            yield _case(folder, case)


def _case(folder: Path, case: dict[str, Any]) -> Case:
    body = (folder / case["file"]).read_bytes()
    headers = {name.lower(): value.strip() for name, value in case["headers"].items()}
    url = urljoin(_PLACE, case["file"])
    # The suite joins with Content-Location; since RFC 7231 it is no base, so we are told instead.
    url = safe_url(headers.get("content-location", ""), url) or url
    expression = case["expect"]
    try:
        names = _names(body, headers, url)
        right = bool(eval(expression, {**names(Said), "datetime": datetime}))
        verbatim = right and bool(eval(expression, {**names(None), "datetime": datetime}))
    except Exception as error:
        return Case(case["file"], expression, right=False, said=repr(error)[:100])
    return Case(case["file"], expression, right, verbatim, _said(expression, names(None)))


def _names(body: bytes, headers: dict[str, str], url: str) -> Any:
    read = decode(body, headers.get("content-type", ""))
    document = read_document(read.text, url, headers.get("content-language", ""))

    def names(kind: type[Said] | None) -> dict[str, Any]:
        def value(raw: Any, base: str = url) -> Any:
            if isinstance(raw, dict):
                base = safe_url(str(raw.get("base") or ""), url) or url
                fields = {key: value(part, base) for key, part in raw.items()}
                fields |= _parsed(raw)
                return feedparser.FeedParserDict(fields)
            if isinstance(raw, list):
                return [value(part, base) for part in raw]
            return kind(raw, base) if kind is not None and isinstance(raw, str) else raw

        return {
            "bozo": bool(document.wrong or read.damaged),
            "feed": value(document.feed),
            "entries": value(document.entries),
            "version": document.version,
            "encoding": _encoding(read, body) if kind else read.encoding,
            "feedparser": feedparser,
            "headers": headers,
            **_validators(headers),
        }

    return names


def _validators(headers: dict[str, str]) -> dict[str, Any]:
    changed = headers.get("last-modified", "")
    found: dict[str, Any] = {"etag": headers.get("etag"), "modified": changed}
    found["modified_parsed"] = parse_date(changed)
    return {name: value for name, value in found.items() if value}


def _encoding(read: Decoded, body: bytes) -> Encoding:
    name = Encoding(read.encoding)
    name.body, name.text = body, read.text
    return name


def _parsed(raw: dict[str, Any]) -> dict[str, Any]:
    """Dates as our own reader reads them, in feedparser's form."""
    written = {key: raw[key] for key in _DATES if isinstance(raw.get(key), str)}
    moments = {key: parse_date(text) for key, text in written.items()}
    return {f"{key}_parsed": m.utctimetuple() if m else None for key, m in moments.items()}


def _said(expression: str, names: dict[str, Any]) -> str:
    """What we have in place of the first thing that `expression` compares."""
    left = expression.removeprefix("not bozo and ").removeprefix("bozo and ").split(" == ")[0]
    try:
        return repr(eval(left, {**names, "datetime": datetime}))[:160]
    except Exception as error:
        return repr(error)[:100]


def main() -> None:
    """Print every file that is not right."""
    from tests.conftest import shared_folder

    folder = shared_folder()
    assert folder is not None, "the benchmark data (../shared) is not here"
    cases = list(run(folder / "bench/feeds/feedparser"))
    for case in cases:
        if not case.right:
            print(f"{case.file}\n    wants {case.expression[:200]}\n    we    {case.said}")
    print(sum(case.right for case in cases), "of", len(cases))


if __name__ == "__main__":
    os.environ.setdefault("PYTHONWARNINGS", "ignore")
    main()
