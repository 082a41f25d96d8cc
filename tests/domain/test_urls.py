"""Which links pass, which are equal, what is stripped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.urls import canonical_url, host_key, safe_url, site_name, strip_tracking


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "http://",
        "http://user:secret@example.org/",
        "http://exa mple.org/",
        "http://example.org:99999/",
        "http://[::1/",
        "http://$(reboot)/",
        "http://`id`/",
        "x" * 5000,
    ],
)
def test_what_is_no_link_is_refused(bad: str) -> None:
    assert safe_url(bad) == ""


def test_links_are_joined_with_their_base() -> None:
    base = "https://example.org/news/"
    assert safe_url("../a b", base) == "https://example.org/a%20b"
    assert safe_url("//cdn.example.org/x", base) == "https://cdn.example.org/x"
    assert safe_url("javascript:alert(1)", base) == ""


@given(st.text(), st.text())
def test_safe_url_never_raises_and_passes_only_web_links(url: str, base: str) -> None:
    safe = safe_url(url, base)
    assert safe == "" or safe.startswith(("http://", "https://"))
    assert all(c.isprintable() and c != " " for c in safe)


def test_tracking_goes_and_the_rest_stays_in_place() -> None:
    url = "https://example.org/a?id=3&utm_source=x&fbclid=y&q=a%20b#part"
    assert strip_tracking(url) == "https://example.org/a?id=3&q=a%20b#part"
    assert strip_tracking("https://example.org/a?UTM_Medium=x") == "https://example.org/a"
    assert strip_tracking("https://example.org/a?mine_1=x&k=1", ["mine*"]) == (
        "https://example.org/a?k=1"
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://www.example.org/a/", "https://example.org/a"),
        ("https://example.org/a/index.html", "https://example.org/a/"),
        ("https://m.example.org/a?b=1&a=2", "https://example.org/a?a=2&b=1"),
        ("https://example.org/a/amp", "https://example.org/a"),
        ("https://example.org/a?utm_campaign=z#top", "https://example.org/a"),
        ("https://example.org:443/a", "https://example.org/a"),
    ],
)
def test_links_to_the_same_page_have_one_key(one: str, other: str) -> None:
    assert canonical_url(one) == canonical_url(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a", "https://example.org/b"),
        ("https://example.org/?p=1", "https://example.org/?p=2"),
        ("https://example.org:8080/a", "https://example.org/a"),
        ("https://example.org/a", "https://example.net/a"),
    ],
)
def test_links_to_different_pages_have_two_keys(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


@given(st.text())
def test_canonical_url_never_raises_on_what_safe_url_passes(url: str) -> None:
    if safe := safe_url(url):
        assert canonical_url(canonical_url(safe)) == canonical_url(safe)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://News.example.org/a?b", "news.example.org"),
        ("http://example.org:80/", "example.org"),
        ("https://example.org:443/", "example.org"),
        ("http://example.org:443/", "example.org:443"),
        ("https://example.org:8443/", "example.org:8443"),
        ("exec:date", "exec:date"),
        ("file:///feeds/a.xml", "file:///feeds/a.xml"),
        ("http://[::1/", "http://[::1/"),
    ],
)
def test_one_key_for_one_server(url: str, key: str) -> None:
    assert host_key(url) == key


def test_a_site_is_called_as_people_call_it() -> None:
    assert site_name("https://www.example.org/news") == "example.org"
    assert site_name("https://m.example.org/news") == "m.example.org"
    assert site_name("exec:date") == ""
