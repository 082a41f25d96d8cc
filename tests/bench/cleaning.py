"""Cleaning against reference texts, beside plain readability-lxml and trafilatura in the same run.

Scores are computed by the functions of `score.py` that lies with the data. Times are CPU time of
one process, the page already in memory; pages are given as text, as `score.py` gives them.
"""

import importlib.util
import json
import statistics
import sys
import time
import types
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.table import Table
from tests.conftest import shared_folder

Outcome = dict[str, Any]
MUST = {"scrapinghub": (0.972, 0.982), "mozilla": (0.962, 0.978), "snippets": (0.915, 0.935)}
META = {"title": 0.97, "siteName": 0.97, "publishedTime": 0.97, "lang": 0.97}


@dataclass(frozen=True)
class Case:
    """One page with its references."""

    suite: str
    name: str
    raw: bytes
    text: str | None
    snippets: dict[str, list[str]] | None
    facts: dict[str, Any] | None


@dataclass
class Row:
    """What one reader made of one page."""

    suite: str
    milliseconds: float
    empty: bool
    error: str
    precision: float | None = None
    recall: float | None = None
    hits: int = 0
    missed: int = 0
    wrong: int = 0
    facts: dict[str, tuple[bool, bool]] | None = None


def load_scorer(folder: Path) -> types.ModuleType:
    """`score.py` as a module."""
    spec = importlib.util.spec_from_file_location("broadsheet_score", folder / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def cases(folder: Path, score: types.ModuleType) -> Iterator[Case]:
    """All pages of all suites."""
    for suite, name, place in score.find_pages(str(folder), None, 0):
        path = Path(place)
        yield Case(
            suite,
            name,
            score.read_page(place),
            _read(path / "expected.txt"),
            json.loads(_read(path / "snippets.json") or "null"),
            json.loads(_read(path / "expected.json") or "null"),
        )


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


def ours(html: str) -> Outcome:
    """Broadsheet, in this process."""
    from tui.cleaning.extract import extract_page

    article = extract_page(html.encode(), content_type="text/html; charset=utf-8")
    return {
        "text": article.text,
        "textWithCaptions": article.text_with_captions,
        "title": article.title,
        "byline": ", ".join(article.bylines),
        "siteName": article.site_name,
        "publishedTime": article.published.isoformat() if article.published else None,
        "lang": article.lang,
    }


def plain_readability(html: str) -> Outcome:
    """readability-lxml as its manual shows it; block ends count as line ends."""
    import lxml.html
    from readability import Document

    tree = lxml.html.document_fromstring(Document(html).summary())
    for element in tree.iter("p", "div", "br", "li", "h1", "h2", "h3", "h4", "td", "blockquote"):
        element.tail = "\n" + (element.tail or "")
    return {"text": tree.text_content()}


def trafilatura(html: str) -> Outcome:
    """trafilatura as its manual shows it, without comments."""
    from trafilatura import extract

    return {"text": extract(html, include_comments=False) or ""}


def measure(case: Case, reader: Callable[[str], Outcome], score: types.ModuleType) -> Row:
    """One page through one reader."""
    html = case.raw.decode("utf-8", "replace")
    begun = time.process_time()
    error = ""
    try:
        got = reader(html)
    except Exception as failure:
        got, error = {"text": ""}, repr(failure)[:200]
    spent = (time.process_time() - begun) * 1000
    text: str = got["text"]
    if case.suite == "mozilla":
        text = got.get("textWithCaptions", text)
    row = Row(case.suite, spent, not text.strip(), error)
    if case.text is not None:
        row.precision, row.recall = score.compare(case.text, text)
    if case.snippets is not None:
        flat = score.squash(text)
        row.hits = sum(score.squash(s) in flat for s in case.snippets["with"])
        row.missed = len(case.snippets["with"]) - row.hits
        row.wrong = sum(score.squash(s) in flat for s in case.snippets["without"])
    if case.facts is not None and "title" in got:
        row.facts = {
            key: (bool(case.facts.get(key)), score.meta_equal(key, case.facts.get(key), got[key]))
            for key in (*META, "byline")
        }
    return row


def f1(rows: Iterable[Row], score: types.ModuleType) -> tuple[float, float, float]:
    """F1, precision and recall of one suite, as score.py computes them."""
    rows = list(rows)
    if rows[0].precision is not None or rows[0].recall is not None:
        precision = score.mean([row.precision for row in rows])
        recall = score.mean([row.recall for row in rows])
    else:
        hits, missed, wrong = (
            sum(getattr(row, name) for row in rows) for name in ("hits", "missed", "wrong")
        )
        precision, recall = hits / max(1, hits + wrong), hits / max(1, hits + missed)
    return score.harmonic(precision, recall), precision, recall


def report(rows: list[Row], peers: dict[str, list[Row]], score: types.ModuleType) -> Table:
    """The table."""
    table = Table("Cleaning: 4-gram F1 (snippets: snippet F1) of the body text")
    for suite, (must, aim) in MUST.items():
        value, precision, recall = f1([r for r in rows if r.suite == suite], score)
        note = f"P {precision:.4f} R {recall:.4f}"
        table.add(f"{suite} F1", value, must, aim, note=note)
        for name, theirs in peers.items():
            value, precision, recall = f1([r for r in theirs if r.suite == suite], score)
            note = f"P {precision:.4f} R {recall:.4f}"
            table.add(f"  {suite} F1, {name}", value, note=note)
    table.add("empty", sum(row.empty for row in rows), 0, 0, most=True)
    table.add("raised", sum(bool(row.error) for row in rows), 0, 0, most=True)
    facts = [row.facts for row in rows if row.facts]
    for key in (*META, "byline"):
        wanted = [fact[key][1] for fact in facts if fact[key][0]]
        share = sum(wanted) / max(1, len(wanted))
        note = f"{sum(wanted)} of {len(wanted)}"
        table.add(
            f"mozilla {key}", share, 0.9 if key in META else None, META.get(key, 0.75), note=note
        )
    for name, theirs in {"": rows, **peers}.items():
        spent = sorted(row.milliseconds for row in theirs)
        p95 = spent[int(0.95 * (len(spent) - 1))]
        bounds = ((25, 10), (80, 35)) if not name else ((None, None), (None, None))
        label = f", {name}" if name else ""
        table.add(
            f"CPU a page, median{label}", statistics.median(spent), *bounds[0], most=True, unit="ms"
        )
        table.add(f"CPU a page, p95{label}", p95, *bounds[1], most=True, unit="ms")
    return table


def main() -> None:
    """Measure all, print the table."""
    folder = shared_folder()
    if folder is None:
        sys.exit("the benchmark data (../shared) is not here")
    score = load_scorer(folder / "bench" / "extraction")
    pages = list(cases(folder / "bench" / "extraction", score))
    readers = {"": ours, "readability-lxml": plain_readability, "trafilatura": trafilatura}
    results: dict[str, list[Row]] = {}
    for name, reader in readers.items():
        for page in pages[:: len(pages) // 5]:
            measure(page, reader, score)  # imports and caches are not a page's time
        results[name] = [measure(page, reader, score) for page in pages]
    rows = results.pop("")
    report(rows, results, score).finish()


if __name__ == "__main__":
    import logging

    logging.disable(logging.CRITICAL)  # the peers log what they could not read
    main()
