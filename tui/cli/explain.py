"""What cleaning did to a page, step by step: for those who write a rule for a site."""

from collections.abc import Iterator

from tui.cleaning.extract import Options, extract_page
from tui.cleaning.steps.account import Account
from tui.cli.compose import Home
from tui.domain.feeds import Page
from tui.domain.text import clean_line


def explain(source: str, page: Page, at: Home) -> Iterator[str]:
    """Lines: every step with what it removed or kept and why, then the outcome."""
    account = Account(detail=True)
    options = Options(
        second_opinion=at.settings.cleaning.second_opinion,
        http_status=page.status,
        rules=at.paths.rules,
    )
    article = extract_page(
        page.body, page.url, page.headers.get("content-type", ""), options, account
    )
    yield f"{source}"
    step = ""
    for note in account.notes:
        if note.step != step:
            step = note.step
            yield f"\n{step}"
        mark = "kept   " if note.kept else "removed" if note.removed else "       "
        size = f"{note.characters:>7,} ch" if note.characters else " " * 10
        yield f"  {mark} {size}  {clean_line(note.what)}"
        if note.why:
            yield f"                      because {clean_line(note.why)}"
    yield f"\nstatus {article.status.value}: {article.status_why or 'nothing wrong found'}"
    yield f"reading {article.source.value}, {len(article.blocks)} blocks, {article.words:,} words"
