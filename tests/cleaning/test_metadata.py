"""What a page says about itself, from the best source that it has."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cleaning.pages import page, prose
from tui.cleaning.decode import parse
from tui.cleaning.metadata import Metadata, dates, names, read
from tui.cleaning.metadata.pages import next_page
from tui.cleaning.metadata.title import from_title_tag


def facts(head: str = "", body: str = "", url: str = "https://example.org/a") -> Metadata:
    root = parse(page(body or prose(2), head=head).decode())
    assert root is not None
    return read(root, url)


def json_ld(**node: Any) -> str:
    value = {"@context": "https://schema.org", "@type": "NewsArticle", **node}
    return f"<script type='application/ld+json'>{json.dumps(value)}</script>"


def test_json_ld_comes_first() -> None:
    found = facts(
        json_ld(
            headline="The bridge &amp; the flood",
            author=[{"@type": "Person", "name": "Ann Smith"}, {"name": "Bo Li"}],
            datePublished="2022-05-03T10:15:00+02:00",
            dateModified="2022-05-04",
            publisher={"name": "Daily News"},
            articleSection="Local",
            keywords=["bridges", "floods"],
            isAccessibleForFree="False",
            wordCount=512,
        )
        + "<meta property='og:title' content='Other'><meta name=author content='Nobody'>"
    )
    assert found.title == "The bridge & the flood"
    assert found.bylines == ("Ann Smith", "Bo Li")
    assert found.published == datetime(2022, 5, 3, 10, 15, tzinfo=timezone(timedelta(hours=2)))
    assert found.modified == datetime(2022, 5, 4, tzinfo=UTC)
    assert (found.site_name, found.section) == ("Daily News", "Local")
    assert found.tags == ("bridges", "floods")
    assert (found.free, found.words) == (False, 512)


def test_a_graph_is_searched_and_broken_blocks_cost_nothing() -> None:
    broken = "<script type='application/ld+json'>{broken</script>"
    graph = {"@graph": [{"@type": "WebSite", "name": "S"}, {"@type": "Article", "headline": "H"}]}
    block = f"<script type='application/ld+json'>{json.dumps(graph)}</script>"
    assert facts(broken + block).title == "H"


def test_meta_tags_then_microdata_then_the_page() -> None:
    found = facts(
        "<meta property='og:site_name' content='Daily News'>"
        "<meta property='article:published_time' content='2022-05-03T08:00:00Z'>"
        "<meta name='DC.title' content='By Dublin Core'>",
        "<span itemprop=author><span itemprop=name>Ann Smith</span>, reporter</span>" + prose(2),
    )
    assert found.title == "By Dublin Core"
    assert found.bylines == ("Ann Smith",)
    assert found.published == datetime(2022, 5, 3, 8, tzinfo=UTC)


def test_a_property_counts_more_than_a_name_of_the_same_spelling() -> None:
    found = facts("<meta name=dc:title content=name><meta property=dc:title content=property>")
    assert found.title == "property"


def test_values_of_a_weaker_attribute_are_not_added() -> None:
    found = facts("<meta property=author content='Ann Smith'><meta name=author content='Bo Li'>")
    assert found.bylines == ("Ann Smith",)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("By Ann Smith May 25, 2015", ("Ann Smith",)),
        ("Ann Smith, 25.05.2015 10:15", ("Ann Smith",)),
        ("erstellt von Ann Smith, aktualisiert am 25. Mai", ("Ann Smith",)),
        ("Written by Ann Smith Edited by Bo Li", ("Ann Smith",)),
        ("Analysis by Ann Smith", ("Ann Smith",)),
        ("Ann Smith @annsmith", ("Ann Smith",)),
        ("Ann Smith ann@example.org", ("Ann Smith",)),
        ("Ann Smith Follow", ("Ann Smith",)),
        ("May Li and April Jones", ("May Li and April Jones",)),
        ("Bündnis 90", ("Bündnis 90",)),
        ("admin", ()),
        ("jdadmin", ()),
        ("Posted on", ()),
        ("Von", ()),
        ("Name (erforderlich)", ()),
        ("Copyright Example Ltd", ()),
        ("Comments: 0", ()),
    ],
)
def test_what_stands_behind_a_name_and_in_its_place(value: str, found: tuple[str, ...]) -> None:
    assert names.names([value]) == found


def test_a_page_that_names_everybody_is_not_read_to_the_end() -> None:
    read_on = iter(f"Ann Smith {'abcdefghij'[n % 10]}" for n in range(100_000))
    assert len(names.names(read_on)) == 6
    assert sum(1 for _ in read_on) > 99_000


def test_a_log_in_gives_way_to_the_name_on_the_page() -> None:
    login = json_ld(headline="H", author="CC7567")
    assert facts(login, "<p class=author-name>Ann Smith</p>").bylines == ("Ann Smith",)
    assert facts(login).bylines == ("CC7567",)


def test_who_wrote_a_comment_is_not_the_author() -> None:
    comment = "<ol class=comment-list><li><cite class=author>Bo Li</cite> Nice.</li></ol>"
    assert facts(body=comment).bylines == ()
    assert facts(body=f"{comment}<p class=author>Ann Smith</p>").bylines == ("Ann Smith",)


def test_addresses_in_brackets_are_no_part_of_a_name() -> None:
    assert facts("<meta name=author content='Ann (https://a.org/)'>").bylines == ("Ann",)


def test_an_h_card_names_the_author() -> None:
    body = "<div class='p-author h-card'><a class='fn' href=/a>Ann Smith</a></div>"
    assert facts(body=body + prose(2)).bylines == ("Ann Smith",)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("By Ann Smith and Bo Li", ("Ann Smith", "Bo Li")),
        ("Von Ann Smith", ("Ann Smith",)),
        ("par Ann Smith | AFP", ("Ann Smith",)),
        ("Ann Smith, Staff Writer", ("Ann Smith",)),
        ("https://example.org/ann", ()),
        ("May 3, 2022", ()),
    ],
)
def test_bylines_are_names(text: str, found: tuple[str, ...]) -> None:
    assert names.split(text) == found


@pytest.mark.parametrize(
    ("raw", "headings", "site", "title"),
    [
        (
            "Bridge repaired at last | Daily News",
            ["Bridge repaired at last"],
            "",
            "Bridge repaired at last",
        ),
        ("Bridge repaired - Daily News", [], "Daily News", "Bridge repaired"),
        ("Bridge - repaired", [], "", "Bridge - repaired"),
        ("", ["Only heading"], "", "Only heading"),
    ],
)
def test_titles_lose_the_name_of_the_site(
    raw: str, headings: list[str], site: str, title: str
) -> None:
    assert from_title_tag(raw, headings, site) == title


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2022-05-03", datetime(2022, 5, 3, tzinfo=UTC)),
        ("2022-05-03T10:15:30.123Z", datetime(2022, 5, 3, 10, 15, 30, tzinfo=UTC)),
        ("2022-05-03 10:15+0200", datetime(2022, 5, 3, 8, 15, tzinfo=UTC)),
        ("Tue, 03 May 2022 10:15:00 GMT", datetime(2022, 5, 3, 10, 15, tzinfo=UTC)),
        ("May 3, 2022 at 1:05 p.m.", datetime(2022, 5, 3, 13, 5, tzinfo=UTC)),
        ("3. März 2022, 9:05 Uhr", datetime(2022, 3, 3, 9, 5, tzinfo=UTC)),
        ("3 de mayo de 2022", datetime(2022, 5, 3, tzinfo=UTC)),
        ("le 3 août 2022", datetime(2022, 8, 3, tzinfo=UTC)),
        ("03.05.2022", datetime(2022, 5, 3, tzinfo=UTC)),
        ("2022年5月3日", datetime(2022, 5, 3, tzinfo=UTC)),
        ("1651572900", datetime(2022, 5, 3, 10, 15, tzinfo=UTC)),
        ("yesterday", None),
        ("1970-01-01T00:00:00Z", None),
        ("2022-13-45", None),
    ],
)
def test_dates(text: str, moment: datetime | None) -> None:
    assert dates.parse(text) == moment


@given(st.text(max_size=40) | st.integers() | st.floats() | st.none())
def test_any_date_is_aware_or_none(value: object) -> None:
    found = dates.parse(value)
    assert found is None or found.tzinfo is not None


@pytest.mark.parametrize(("title", "side"), [("إصلاح الجسر", "rtl"), ("Bridge إصلاح", "ltr")])
def test_where_no_language_is_named_the_title_shows_the_direction(title: str, side: str) -> None:
    root = parse(f"<html><head><title>{title}</title></head><body><p>x</p></body></html>")
    assert root is not None
    assert read(root, "").dir == side


def test_language_and_direction() -> None:
    root = parse("<html lang=ar><body><p>x</p></body></html>")
    assert root is not None
    found = read(root, "")
    assert (found.lang, found.dir) == ("ar", "rtl")


@pytest.mark.parametrize(
    ("written", "lang"), [("EN", "en"), ("en_us", "en-US"), ("de-CH", "de-CH"), ("x y", "")]
)
def test_languages_are_written_in_one_way(written: str, lang: str) -> None:
    root = parse(f"<html lang='{written}'><body><p>x</p></body></html>")
    assert root is not None
    assert read(root, "").lang == lang


def test_links_of_the_head_are_made_absolute_and_checked() -> None:
    found = facts(
        "<link rel=canonical href='/story?utm_source=x'>"
        "<meta property='og:image' content='javascript:x'>"
    )
    assert found.canonical_url == "https://example.org/story"
    assert found.lead_image == ""


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        (
            "<div class=pagination><a href='/a?page=2'>Next</a></div>",
            "https://example.org/a?page=2",
        ),
        ("<a rel=next href='/a?page=2'>older</a>", "https://example.org/a?page=2"),
        ("<a rel=next href='/another-story'>older</a>", ""),
        ("<div class=pager><a href='https://else.org/a?page=2'>Next</a></div>", ""),
        ("<p>Go to the <a href='/a?page=2'>Next</a></p>", ""),
    ],
)
def test_the_next_page_is_of_this_story(markup: str, found: str) -> None:
    root = parse(markup)
    assert root is not None
    assert next_page(root, "https://example.org/a") == found
