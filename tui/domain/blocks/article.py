"""An article: its blocks, what cleaning thinks of it, and where in its text each block is."""

import re
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from tui.domain.blocks.kinds import Block, block_caption, block_text
from tui.domain.records import dataclass

PART_SEPARATOR = "\n\n"
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff]")


class Status(StrEnum):
    """What cleaning thinks of a page. `letter` is for the list, `advice` for the line above."""

    FULL = "full"
    TEASER = "teaser"
    PAYWALL = "paywall"
    CONSENT = "consent"
    SCRIPT = "script"
    CHALLENGE = "challenge"
    INDEX = "index"
    GONE = "gone"
    COMPLEX = "complex"

    @property
    def letter(self) -> str:
        """One letter for the headline list; a space when all is well."""
        return _LETTERS[self]

    @property
    def advice(self) -> str:
        """One line: what this is, and what the reader can do."""
        return _ADVICE[self]

    @property
    def readable(self) -> bool:
        """True if a person gets the whole text: what a promise to read offline counts."""
        return self in (Status.FULL, Status.COMPLEX)


_LETTERS = {
    Status.FULL: " ",
    Status.TEASER: "t",
    Status.PAYWALL: "$",
    Status.CONSENT: "c",
    Status.SCRIPT: "j",
    Status.CHALLENGE: "b",
    Status.INDEX: "i",
    Status.GONE: "g",
    Status.COMPLEX: "x",
}
_ADVICE = {
    Status.FULL: "",
    Status.TEASER: "Only the beginning is here. x tries another reading, o opens the page.",
    Status.PAYWALL: "The rest is for subscribers. o opens the page; cookies.txt can sign in.",
    Status.CONSENT: "The page shows only a consent wall. x tries another reading, o opens it.",
    Status.SCRIPT: "The page builds its text by script. x tries the feed's text, o opens it.",
    Status.CHALLENGE: "The site checks for robots and gave no article. o opens it.",
    Status.INDEX: "This is a list of stories, not one. l shows its links, o opens it.",
    Status.GONE: "The page is gone. What the feed said is shown.",
    Status.COMPLEX: "Too complex to lay out: text only. o opens the page.",
}


class Source(StrEnum):
    """Which reading of an entry this article is; `x` steps through them."""

    PAGE = "page"  # ours
    FEED = "feed"  # the text in the feed
    SECOND = "second"  # the second opinion
    WHOLE = "whole"  # all text of the page
    TALK = "talk"  # the comments on it


@dataclass(frozen=True, slots=True)
class Part:
    """A block's place in `Article.text`: characters `start` to `start + len(text)`."""

    block: int
    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """Cleaned text of one page. Times are aware; `dir` is "ltr" or "rtl"; empty means unknown."""

    url: str
    title: str = ""
    blocks: tuple[Block, ...] = ()
    status: Status = Status.FULL
    status_why: str = ""
    source: Source = Source.PAGE
    bylines: tuple[str, ...] = ()
    excerpt: str = ""
    site_name: str = ""
    published: datetime | None = None
    modified: datetime | None = None
    lang: str = ""
    dir: str = "ltr"
    lead_image: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    canonical_url: str = ""
    next_page: str = ""
    fetched: datetime | None = None

    def parts(self) -> Iterator[Part]:
        """The blocks that have body text, with their offsets in `text`."""
        start = 0
        for number, block in enumerate(self.blocks):
            text = block_text(block)
            if text:
                yield Part(number, start, text)
                start += len(text) + len(PART_SEPARATOR)

    @property
    def text(self) -> str:
        """The story alone: no captions, no byline, no repeated headline."""
        return PART_SEPARATOR.join(part.text for part in self.parts())

    @property
    def text_with_captions(self) -> str:
        """The story with the captions of its figures and tables, in reading order."""
        parts = (t for b in self.blocks for t in (block_text(b), block_caption(b)) if t)
        return PART_SEPARATOR.join(parts)

    @property
    def words(self) -> int:
        """Words of the story; text without spaces (CJK) counts two characters a word."""
        return count_words(self.text)

    @property
    def minutes(self) -> int:
        """Reading time at 230 words a minute (Brysbaert 2019: 238 for English non-fiction)."""
        return max(1, round(self.words / 230))


def count_words(text: str) -> int:
    """Words in `text`; runs of CJK count one word for two characters."""
    return len(text.split()) + len(_CJK.findall(text)) // 2
