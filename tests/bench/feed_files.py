"""Checks of the chain against folders of feeds that know what is right. Each check gives its faults:
one line for each file that is not right.
"""

import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote

from tui.cli.commands.feed import NOWHERE, as_object
from tui.domain.errors import BroadsheetError, NotAFeed, ParseError
from tui.domain.feeds import Feed, Page, ParsedEntry, ParsedFeed
from tui.domain.text import clean_line
from tui.domain.urls import safe_url
from tui.fetching.feeds.dates import parse_date
from tui.fetching.feeds.markup import plain_text
from tui.fetching.feeds.parse import parse
from tui.fetching.sections.address import section_url

Faults = Iterator[str]


def read(file: Path, url: str = "") -> ParsedFeed:
    """The feed in `file`, as `broadsheet feed FILE` reads it."""
    address = url or NOWHERE
    return parse(Page(address, file.read_bytes()), Feed(0, address))


def real(folder: Path) -> Faults:
    """Count, title, and title, link and date of the first and the last entry."""
    for case in json.loads((folder / "expect.json").read_text())["cases"]:
        try:
            found = as_object("", read(folder / case["file"]), None)
        except BroadsheetError as error:
            if not (case.get("optional") or case.get("error")):
                yield f"{case['file']}: {error}"
            continue
        wrong = list(_differences(case, found))
        if wrong:
            yield f"{case['file']}: {'; '.join(wrong)}"


def _differences(case: dict[str, Any], found: dict[str, Any]) -> Faults:
    entries = found["entries"]
    if len(entries) != case["entries"]:
        yield f"{len(entries)} entries, not {case['entries']}"
    if found["title"] != case["title"]:
        yield f"title {found['title']!r}"
    for name, number in (("first", 0), ("last", -1)):
        if name in case and entries:
            yield from _entry_differences(case[name], entries[number], name)


def _entry_differences(want: dict[str, Any], found: dict[str, Any], name: str) -> Faults:
    # Without a title we take the first words: that is no mistake, but there must be words.
    if "title" in want and want["title"] is not None and found["title"] != want["title"]:
        yield f"{name} title {found['title']!r}"
    # A space in an address is the same address as %20.
    if "link" in want and _address(found["link"]) != _address(want["link"]):
        yield f"{name} link {found['link']!r}"
    if "date" in want and found["published"] != want["date"]:
        yield f"{name} date {found['published']!r}"


def _address(link: str | None) -> str | None:
    return unquote(link) if link else link


def edge(folder: Path) -> Faults:
    """One difficulty a file; seconds are for `hostile` to measure."""
    for case in json.loads((folder / "expect.json").read_text()):
        try:
            parsed = read(folder / case["file"], case.get("feed_url", ""))
        except ParseError as error:
            if "error" not in case and not case.get("no_crash"):
                yield f"{case['file']}: {error}"
            continue
        wrong = list(_edge_faults(case, parsed))
        if wrong:
            yield f"{case['file']}: {'; '.join(wrong)}"


def _edge_faults(case: dict[str, Any], parsed: ParsedFeed) -> Faults:
    found = as_object("", parsed, None)
    if "error" in case:
        yield f"{case['error']} was not said"
    yield from _differences(
        {"entries": len(parsed.entries), "title": found["title"], **case}, found
    )
    titles = [parsed.title, *(entry.title for entry in parsed.entries)]
    if any(clean_line(title) != title for title in titles):
        yield "a title with control characters"
    if (bad := case.get("title_not_contains")) and any(bad in title for title in titles):
        yield f"a title with {bad!r}"
    if any(len(title) > case.get("max_title_chars", 20_000) for title in titles):
        yield "a title too long"
    if case.get("fallback_title_nonempty") and not parsed.entries[0].title:
        yield "no title"
    for bad in case.get("body_not_contains", ()):
        if any(bad in entry.summary for entry in parsed.entries):
            yield f"a text with {bad!r}"


def dates(file: Path) -> Faults:
    """Dates alone."""
    for case in json.loads(file.read_text()):
        found = parse_date(case["raw"])
        text = found.strftime("%Y-%m-%dT%H:%M:%SZ") if found else None
        if text != case["utc"]:
            yield f"{case['raw']!r} is {text}, not {case['utc']}"


def front(folder: Path) -> Faults:
    """Front pages: the feeds that they name, and their headlines without a feed."""
    for case in json.loads((folder / "expect.json").read_text()):
        page = Page(case["base"], (folder / case["file"]).read_bytes())
        try:
            parse(page)
            yield f"{case['file']}: read as a feed"
        except NotAFeed as error:
            missing = [url for url in case["discover"] if url not in error.alternates]
            if missing:
                yield f"{case['file']}: {missing} not found"
        titles = [e.title for e in parse(page, Feed(0, section_url(case["base"]))).entries]
        yield from _headline_faults(case, titles)


def _headline_faults(case: dict[str, Any], titles: list[str]) -> Faults:
    for headline in case["must_include"]:
        if not any(headline in title for title in titles):
            yield f"{case['file']}: {headline!r} not found"
    for other in case["must_exclude"]:
        if other in titles:
            yield f"{case['file']}: {other!r} is no headline"
    if len(titles) < case["min_headlines"]:
        yield f"{case['file']}: {len(titles)} headlines"


def feedvalidator(folder: Path) -> Faults:
    """Documents right and wrong: entries where there are some, a clean refusal where not."""
    for case in json.loads((folder / "expect.json").read_text()):
        try:
            found = len(read(folder / case["file"]).entries)
        except ParseError:
            found = 0
        except Exception as error:
            yield f"{case['file']}: raises {error!r}"
            continue
        if found < case["min_entries"]:
            yield f"{case['file']}: {found} entries"


def no_raise(folder: Path) -> Faults:
    """Whatever is in `folder`: a feed or a clean refusal, and no character lost."""
    for file in sorted(folder.iterdir()):
        if file.suffix not in (".xml", ".atom", ".rss", ".json", ".html"):
            continue
        try:
            parsed = read(file)
        except ParseError:
            continue
        except Exception as error:
            yield f"{file.name}: raises {error!r}"
            continue
        if "\ufffd" in parsed.title + "".join(e.title + e.summary for e in parsed.entries):
            yield f"{file.name}: lost characters"


def lemon24(folder: Path) -> Faults:
    """lemon24/reader's documents and what its tests expect of them, in our words."""
    base = "http://example.com/"
    for expected in sorted(folder.glob("*.*.py")):
        file = expected.with_suffix("")
        want = _expectation(expected.read_text(), base)
        try:
            parsed = read(file, base + file.name)
        except ParseError as error:
            yield f"{file.name}: {error}"
            continue
        wrong = [*_reader_feed(want["feed"], parsed)]
        if len(parsed.entries) != len(want["entries"]):
            wrong.append(f"{len(parsed.entries)} entries, not {len(want['entries'])}")
        for wanted, entry in zip(want["entries"], parsed.entries, strict=False):
            wrong += _reader_entry(wanted, entry, parsed.url)
        if wrong:
            yield f"{file.name}: {'; '.join(wrong)}"


def _expectation(code: str, base: str) -> dict[str, Any]:
    record = SimpleNamespace
    names = ("Content", "Enclosure", "EntrySource", "EntryData", "FeedData", "Author")
    scope: dict[str, Any] = dict.fromkeys(names, record)
    scope |= {"datetime": datetime, "url_base": base, "rel_base": base}
    lines = (line for line in code.splitlines() if not line.startswith(("from reader", "import ")))
    exec("\n".join(lines), scope)
    return scope


def _reader_feed(want: Any, parsed: ParsedFeed) -> Faults:
    if (title := getattr(want, "title", None)) and parsed.title != title:
        yield f"title {parsed.title!r}"
    if (link := getattr(want, "link", None)) and parsed.site_url != link:
        yield f"site {parsed.site_url!r}"


def _reader_entry(want: Any, entry: ParsedEntry, url: str) -> Faults:
    wanted = vars(want)
    # reader joins ids with the feed's address, and then they change when the feed moves.
    if not entry.id or not want.id.endswith(entry.id):
        yield f"id {entry.id!r}, not {want.id!r}"
    for name, found in (("title", entry.title), ("published", entry.published)):
        if wanted.get(name) and found != wanted[name]:
            yield f"{want.id}: {name} {found!r}"
    # reader takes any id for a link; we only what can be opened.
    link = wanted.get("link") or ""
    if entry.link != (link if link.startswith("http") else ""):
        yield f"{want.id}: link {entry.link!r}"
    names = [a.name for a in wanted.get("authors", ()) if getattr(a, "name", None)]
    if not all(name in entry.author for name in names):
        yield f"{want.id}: author {entry.author!r}"
    texts = [plain_text(content.value) for content in wanted.get("content", ())]
    texts += [plain_text(wanted["summary"])] if wanted.get("summary") else []
    if texts and plain_text(entry.content) not in texts:
        yield f"{want.id}: content {entry.content!r}"
    # Where reader leaves a file's address relative, we join it; an empty one is the feed's own there.
    files = {safe_url(e.href, url) for e in wanted.get("enclosures", ())} - {url, ""}
    if {e.url for e in entry.enclosures} != files:
        yield f"{want.id}: enclosures {entry.enclosures!r}"
