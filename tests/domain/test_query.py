"""The search language: what is read, what is said of the rest, and that nothing is an error."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.query import FIELDS, Term, moment, narrowed, parse, quoted, without

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=timezone(timedelta(hours=1)))


def test_words_phrases_beginnings_and_fields() -> None:
    query = parse('climate "polar ice" prefi* -sport feed:bbc -is:read person:"Angela Merkel"')
    assert query.groups == (
        (
            Term("", "climate"),
            Term("", "polar ice", exact=True),
            Term("", "prefi", start=True),
            Term("", "sport", without=True),
            Term("feed", "bbc"),
            Term("is", "read", without=True),
            Term("person", "Angela Merkel", exact=True),
        ),
    )
    assert query.problems == ()
    assert [t.value for t in query.words] == ["climate", "polar ice", "prefi"]


def test_either_side() -> None:
    assert [[t.value for t in g] for g in parse("a b OR c").groups] == [["a", "b"], ["c"]]
    assert len(parse('"OR" or').groups) == 1


def test_a_word_with_a_colon_is_text() -> None:
    query = parse("https://example.org/a Wars:")
    assert [t.field for g in query.groups for t in g] == ["", ""]
    assert query.problems == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("is:unred", "did you mean is:unread?"),
        ("is:xyzzy", "is not known: cached"),
        ("befor:2026", "did you mean before:?"),
        ("before:someday", "is no time; write 2026-11-25"),
        ("age:2d..soon", "is no time"),
        ("foo:bar", "foo: is no field, it was taken as text; fields are about, "),
        ('climate "polar ice', 'a quote is not closed: write "polar ice"'),
        ('by:"Jane  Doe', 'a quote is not closed: write "Jane Doe"'),
        ("(climate OR energy) is:unread", "parentheses group nothing; write both sides of OR"),
        ("energy)", "parentheses group nothing"),
    ],
)
def test_what_could_not_be_used_is_said(text: str, said: str) -> None:
    (problem,) = parse(text).problems
    assert said in problem


def test_an_open_quote_ends_at_the_next_side() -> None:
    query = parse('"polar ice OR ids:3,4')
    assert query.groups == ((Term("", "polar ice", exact=True),), (Term("ids", "3,4"),))
    assert parse('"this OR that"').groups == ((Term("", "this OR that", exact=True),),)
    assert parse("f(x) sin(y)").problems == ()


def test_typographic_quotes_are_quotes() -> None:
    assert parse("“polar ice”").groups == parse('"polar ice"').groups


@given(st.text(max_size=60))
def test_nothing_that_is_typed_is_an_error(text: str) -> None:
    query = parse(text)
    assert all(group for group in query.groups)
    assert all(t.field in FIELDS | {""} for g in query.groups for t in g)


@given(
    st.sampled_from(["", *sorted(FIELDS - {"is", "before", "after", "age"})]), st.text(max_size=30)
)
def test_quoted_is_read_back(field: str, value: str) -> None:
    query = parse(quoted(field, value))
    found = [(t.field, t.exact, t.without) for g in query.groups for t in g]
    assert found in ([], [(field, True, False)])
    if any(c.isalnum() for c in value):
        assert len(found) == 1


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026", datetime(2025, 12, 31, 23, tzinfo=UTC)),
        ("2026-11", datetime(2026, 10, 31, 23, tzinfo=UTC)),
        ("2026-11-25", datetime(2026, 11, 24, 23, tzinfo=UTC)),
        ("2026-11-25T08:00:00+00:00", datetime(2026, 11, 25, 8, tzinfo=UTC)),
        ("12h", NOW - timedelta(hours=12)),
        ("2w", NOW - timedelta(days=14)),
        ("today", NOW.replace(hour=0, minute=0)),
        ("yesterday", NOW.replace(day=24, hour=0, minute=0)),
        ("soon", None),
        ("99999999y", None),
        ("0001-01-01", None),
    ],
)
def test_moments_are_in_the_readers_zone(value: str, expected: datetime | None) -> None:
    assert moment(value, NOW) == expected


@given(st.text(max_size=20))
def test_no_time_is_an_error(value: str) -> None:
    found = moment(value, NOW)
    assert found is None or found.tzinfo is not None


QUERIES = st.lists(
    st.sampled_from(["climate", "OR", '"a OR b"', "-sport", "feed:x", "is:unread", "tag:“b c”"]),
    max_size=6,
).map(" ".join)


@given(QUERIES, QUERIES)
def test_a_query_within_another_finds_what_both_find(one: str, other: str) -> None:
    pairs = {
        frozenset((*a, *b))
        for a in parse(one).groups or ((),)
        for b in parse(other).groups or ((),)
    }
    assert {frozenset(group) for group in parse(narrowed(one, other)).groups} == pairs - {
        frozenset()
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("is:unread", ""),
        ("", ""),
        ("feed:x is:unread", "feed:x"),
        ("is:unread a OR b is:unread", "a OR b"),
        ("a OR is:unread", ""),
        ("-is:unread", "-is:unread"),
    ],
)
def test_a_term_is_taken_out_of_a_query(query: str, expected: str) -> None:
    assert without(query, "is:unread") == expected
