"""Full text: accents, inflection by language, scripts without spaces, snippets; nothing is syntax."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.library.conftest import article, deliver, entries, titles
from tui.domain.editions import Edition, Order
from tui.domain.query import Term
from tui.library.inflection import forms
from tui.library.snippets import CLOSE, OPEN, Finder
from tui.library.store import SqliteLibrary

TEXTS = {
    "English": ("en", "The elections were stopped. A kind woman reads about running cities."),
    "Deutsch": ("de", "Die Kinder spielen auf der Straße. Zwei Häuser in Köln, ein Gesetz."),
    "Français": ("fr", "Les élections nationales. L'œuvre du cœur, des journaux marchés."),
    "日本語": ("ja", "東京都で会議が開かれた。カタカナ"),
    "中文": ("zh", "中华人民共和国的首都是北京。"),
    "한국어": ("ko", "서울에서 회의가 열렸다"),
}


@pytest.fixture
def library(shelf: SqliteLibrary) -> SqliteLibrary:
    feed = shelf.subscribe("https://a.example/feed")
    listed = tuple(entries(*TEXTS))
    for entry, (lang, text) in zip(deliver(shelf, feed, listed), TEXTS.values(), strict=True):
        shelf.save_article(entry, article(text, lang=lang), None)
    return shelf


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("elections", ["English", "Français"]),
        ("ELECTION", ["English", "Français"]),
        ("élection", ["English", "Français"]),
        ('"election"', []),
        ("stop", ["English"]),
        ("city", ["English"]),
        ("read", ["English"]),
        ("Kinder", ["Deutsch"]),
        ("kind", ["English", "Deutsch"]),
        ('"kind"', ["English"]),
        ("Gesetze", ["Deutsch"]),
        ("national", ["Français"]),
        ("journal", ["Français"]),
        ("strasse", ["Deutsch"]),
        ("straße", ["Deutsch"]),
        ("koln", ["Deutsch"]),
        ("oeuvre", ["Français"]),
        ("cœur", ["Français"]),
        ("l'œuvre", ["Français"]),
        ("京都", ["日本語"]),
        ("都で会", ["日本語"]),
        ("京会", []),
        ("ｶﾀｶﾅ", ["日本語"]),
        ("人民", ["中文"]),
        ("北京", ["中文"]),
        ("회의", ["한국어"]),
        ("elect*", ["English", "Français"]),
        ('"were stopped"', ["English"]),
        ('"stopped were"', []),
        ("elections -kind", ["Français"]),
        ("title:english", ["English"]),
        ("title:elections", []),
        ("koln OR city", ["English", "Deutsch"]),
        ("says", []),  # the summary gave way to the article
    ],
)
def test_what_is_found(library: SqliteLibrary, query: str, found: list[str]) -> None:
    assert titles(library, query) == found


def test_a_text_that_is_cleaned_again_is_found_by_its_new_words_only(
    library: SqliteLibrary,
) -> None:
    english = library.headlines(Edition("title:english"), 1)[0].id
    library.save_article(english, article("Wholly different"), None)
    assert titles(library, "running") == []
    assert titles(library, "wholly") == ["English"]
    with library.database.transaction() as writer:
        writer.execute("INSERT INTO search(search) VALUES ('integrity-check')")


def test_best_first(shelf: SqliteLibrary) -> None:
    feed = shelf.subscribe("https://a.example/feed")
    ids = deliver(shelf, feed, entries("Weather", "Budget vote", "Sport"))
    shelf.save_article(ids[0], article("Rain, and a word about the budget, and so on."), None)
    shelf.save_article(ids[2], article("Football. " * 50 + "The budget of the club."), None)
    assert titles(shelf, "budget", "newest") == ["Weather", "Budget vote", "Sport"]
    assert titles(shelf, "budget", "best")[0] == "Budget vote"
    assert titles(shelf, "budget", "best")[-1] == "Sport"


def test_snippets_mark_what_was_found(library: SqliteLibrary) -> None:
    def snippet(query: str) -> str:
        return library.window(Edition(query, Order.BEST), 0, 1).headlines[0].snippet

    assert snippet("koln") == (
        f"Die Kinder spielen auf der Straße. Zwei Häuser in {OPEN}Köln{CLOSE}, ein Gesetz."
    )
    assert f"{OPEN}Straße{CLOSE}" in snippet("strasse")
    assert f"東{OPEN}京都{CLOSE}で" in snippet("京都")
    assert f"{OPEN}stopped{CLOSE}" in snippet("stop")


def test_a_long_text_is_cut_around_the_hits() -> None:
    text = "Nothing here. " * 50 + "Then the treaty was signed: a treaty at last. " + "More. " * 90
    found = Finder([Term("", "treaty")]).snippet(text)
    assert found.count(f"{OPEN}treaty{CLOSE}") == 2
    assert found.startswith("…")
    assert found.endswith("…")
    assert len(found) < 200


def test_a_text_of_200_000_words_is_no_burden(shelf: SqliteLibrary) -> None:
    (entry,) = deliver(shelf, shelf.subscribe("https://a.example/feed"), entries("long"))
    shelf.save_article(entry, article("word " * 200_000 + "end"), None)
    (found,) = shelf.window(Edition("word", Order.BEST), 0, 5).headlines
    assert found.snippet.startswith(f"{OPEN}word{CLOSE} {OPEN}word{CLOSE}")
    assert titles(shelf, "end") == ["long"]


@given(st.text(max_size=400), st.text(min_size=1, max_size=12), st.booleans(), st.booleans())
def test_a_snippet_is_a_piece_of_the_text(text: str, word: str, exact: bool, start: bool) -> None:
    snippet = Finder([Term("", word, exact, start)]).snippet(text)
    bare = snippet.replace(OPEN, "").replace(CLOSE, "").strip("…").strip()
    flat = " ".join(text.replace(OPEN, "").replace(CLOSE, "").split())
    assert " ".join(bare.split()) in flat or OPEN in text or CLOSE in text or "…" in text


@given(query=st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("order", [Order.BEST])
def test_nothing_that_is_typed_is_an_error(
    library: SqliteLibrary, order: Order, query: str
) -> None:
    library.window(Edition(query, order), 0, 5)


@pytest.mark.parametrize(
    "query",
    ['"', '""', '"*', "*", "-", "-*", "NEAR(a b)", "a AND", "NOT", "{title}:x", "a^b", "title:", "(",
     "'; DROP TABLE entries; --", "feed:%", "ids:,,", "id:99999999999999999999", "before:never",
     "age:..", "is:nonsense", "OR", "OR OR", "a OR", "x\x00y", "\x00", "tag:*", "person:*", "é*"],
)  # fmt: skip
def test_odd_queries_are_answered(library: SqliteLibrary, query: str) -> None:
    for order in Order:
        library.window(Edition(query, order), 0, 5)
    library.count(query)


def test_forms_are_of_their_language_and_short_words_have_none() -> None:
    assert "election" in forms("elections", "en")
    assert "stopped" in forms("stop", "en")
    assert "kind" in forms("Kinder", "de")
    assert "kind" not in forms("Kinder", "en")
    assert "nationaux" in forms("national", "fr")
    assert forms("uno", "en") == forms("京都", "en") == forms("border treaty", "en") == []
