"""Site rules: the user's word counts, and a wrong one costs no article."""

from pathlib import Path

import pytest

from tests.cleaning.pages import page, prose
from tui import resources
from tui.cleaning import rules
from tui.cleaning.extract import Options, extract_page
from tui.cleaning.steps.account import Account
from tui.domain.errors import SettingsError

URL = "https://www.news.example.org/story"
BODY = f"""<h1>Bridge to be repaired</h1><p id=who>By Ann Smith</p><div class=a>{prose(6)}
<p class=box>A box in the middle.</p><p>Follow us, we insist.</p></div>
<div class=b><p>Other text, which is kept.</p></div><a class=more href='/story/next'>on</a>"""


@pytest.fixture
def sites(tmp_path: Path) -> Path:
    folder = tmp_path / "sites"
    folder.mkdir()
    return folder


def read(sites: Path, account: Account | None = None):  # type: ignore[no-untyped-def]
    return extract_page(page(BODY), URL, options=Options(rules=sites), account=account)


def test_keep_drop_strip_and_facts(sites: Path) -> None:
    (sites / "example.org.toml").write_text(
        'keep = ["div.a", "//div[@class=\'b\']"]\ndrop = "p.box"\nstrip = ["^Follow us"]\n'
        'author = "#who"\nnext = "a.more"\n'
    )
    account = Account(detail=True)
    article = read(sites, account)
    assert "A box" not in article.text
    assert "insist" not in article.text
    assert article.text.endswith("Other text, which is kept.")
    assert article.bylines == ("Ann Smith",)
    assert article.next_page == "https://www.news.example.org/story/next"
    assert {"drop p.box", "strip ^Follow us"} <= {note.why for note in account.notes}


def test_the_nearest_host_wins(sites: Path) -> None:
    (sites / "example.org.toml").write_text('title = "#who"')
    (sites / "news.example.org.toml").write_text('title = "p.box"')
    assert read(sites).title == "A box in the middle."


def test_a_rule_that_finds_nothing_leaves_the_matter_to_us(sites: Path) -> None:
    (sites / "example.org.toml").write_text('keep = ["div.gone"]')
    assert "Paragraph 5" in read(sites).text


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('keep = "p[["', "is no selector"),
        ('strip = "("', "is no pattern"),
        ("kep = 1", "unknown key kep"),
        ("keep = 1", "must be a text or a list of texts"),
        ("second_opinion = 1", "must be true or false"),
        ("= 1", "example.org.toml"),
    ],
)
def test_what_is_wrong_is_said_and_costs_no_article(sites: Path, text: str, complaint: str) -> None:
    (sites / "example.org.toml").write_text(text)
    with pytest.raises(SettingsError, match=r"example\.org\.toml"):
        rules.load(sites, URL)
    article = read(sites)
    assert complaint in article.status_why
    assert "Paragraph 5" in article.text


def test_a_host_is_no_path(sites: Path) -> None:
    (sites.parent / "x.toml").write_text('title = "p"')
    assert rules.load(sites, "https://../x/") is None
    assert rules.load(sites, "") is None


def test_the_shipped_example_is_a_rule(sites: Path) -> None:
    lines = resources.read_text("sites/example.org.toml").splitlines()
    active = [line.removeprefix("# ") for line in lines if " = " in line]
    (sites / "example.org.toml").write_text("\n".join(active))
    rule = rules.load(sites, URL)
    assert rule is not None
    assert rule.keep
    assert rule.drop
