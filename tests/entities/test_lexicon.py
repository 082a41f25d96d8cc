"""Our own lists hold together."""

from tui.domain.naming import fold_key
from tui.entities import lexicon


def test_countries_and_what_is_of_them() -> None:
    known = lexicon.countries()
    assert known["U.S."] == lexicon.Known("United States")
    assert known["Russians"] == lexicon.Known("Russia", derived=True)
    assert known["Allemagne"] == lexicon.Known("Germany")


def test_a_name_is_never_both_a_country_and_of_another() -> None:
    names = {line.split("|")[0].strip() for line in lexicon._lines("countries.txt")}
    assert [n for n in names if lexicon.countries()[n] != lexicon.Known(n)] == []


def test_one_spelling_has_one_country() -> None:
    seen: dict[str, str] = {}
    for line in lexicon._lines("countries.txt"):
        canonical, names, _ = (part.strip() for part in f"{line} | |".split("|")[:3])
        for form in (canonical, *lexicon._commas(names)):
            assert seen.setdefault(form, canonical) == canonical


def test_places_and_organisations() -> None:
    assert lexicon.places()["Moscou"] == "Moscow"
    assert lexicon.organisations()["OTAN"] == "NATO"
    assert not lexicon.places().keys() & lexicon.organisations().keys()


def test_titles_heads_and_words() -> None:
    assert "dr" in lexicon.titles()
    assert "secretary of state" in lexicon.titles()
    assert lexicon.heads()["university"] == "org"
    assert lexicon.heads()["inc"] == "org"
    assert lexicon.heads()["airport"] == "place"
    assert set(lexicon.heads().values()) == {"org", "place", "other", "person"}
    assert all(key == fold_key(key) for key in lexicon.heads())
    assert "Sergei" in lexicon.first_names()
    assert "however" in lexicon.plain_words()
