"""Merging in one article: each rule, and that nothing else is merged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.entities.conftest import found, names
from tui.domain.naming import Kind, Mention
from tui.entities.merging import entities


def test_forms_of_a_country_and_what_is_of_it() -> None:
    text = "The [l:US] and [l:U.S.] in the [l:United States]; [+:American] [+:Russian] [l:U.S]"
    assert names(text) == {
        "United States": ["US", "U.S.", "United States", "American", "U.S"],
        "Russia": ["Russian"],
    }


def test_a_derived_form_counts_for_its_country_and_is_shown_apart() -> None:
    russia, america = found("[l:Russia] and [+:Russian] and [+:American] men")
    assert (russia.name, russia.kind, russia.count) == ("Russia", Kind.PLACE, 2)
    assert [m.derived for m in russia.mentions] == [False, True]
    assert (america.name, america.kind) == ("United States", Kind.PLACE)


def test_the_screen_has_the_storys_own_spelling() -> None:
    (us,) = found("[l:US] and [l:US] and [l:U.S.]")
    assert (us.name, us.canonical, us.key) == ("US", "United States", "united states")


def test_french_names_of_countries_share_the_key() -> None:
    (us,) = found("Les [l:États-Unis] et les [+:Américains]")
    assert (us.name, us.key, us.count) == ("États-Unis", "united states", 2)


def test_the_fullest_name_tells_the_kind_of_all_mentions() -> None:
    text = "The [o:World Fog Council] (WFC) met. [+:WFC] said [m:WFC] and [m:WFC] agreed"
    (council,) = [one for one in found(text) if one.name == "World Fog Council"]
    assert council.kind is Kind.ORG
    assert {m.kind for m in council.mentions if not m.derived} == {Kind.ORG}


def test_a_person_called_like_a_country_is_none() -> None:
    assert set(names("[p:Michael Jordan] and [p:Jordan] in [l:Jordan]")) == {
        "Michael Jordan",
        "Jordan",
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "[p:Sergei Lavrov] [p:Lavrov] [p:Sergei] [p:LAVROV]",
            {"Sergei Lavrov": ["Sergei Lavrov", "Lavrov", "Sergei", "LAVROV"]},
        ),
        (
            "[p:Lavrov] met. Later [p:Sergei Lavrov] left",
            {"Sergei Lavrov": ["Lavrov", "Sergei Lavrov"]},
        ),
        (
            "[p:George W. Bush] [p:George Bush] [p:Bush]",
            {"George W. Bush": ["George W. Bush", "George Bush", "Bush"]},
        ),
        ("[p:John Smith] and [p:J. Smith]", {"John Smith": ["John Smith", "J. Smith"]}),
        (
            "[p:Ludwig van Beethoven] [p:van Beethoven]",
            {"Ludwig van Beethoven": ["Ludwig van Beethoven", "van Beethoven"]},
        ),
        ("[p:Martin King Jr.] and [p:King]", {"Martin King Jr.": ["Martin King Jr.", "King"]}),
        (
            "[p:Pieter van Houten] and [p:Mr van Houten] and [p:Dr. Houten]",
            {"Pieter van Houten": ["Pieter van Houten", "Mr van Houten", "Dr. Houten"]},
        ),
        ("[p:Lady Gaga] and [p:Gaga]", {"Lady Gaga": ["Lady Gaga", "Gaga"]}),
        (
            "[p:Mr Smith], [p:Ann Smith], [p:Joe Smith] and [p:Mrs Smith]",
            {
                "Mr Smith": ["Mr Smith"],
                "Ann Smith": ["Ann Smith"],
                "Joe Smith": ["Joe Smith"],
                "Mrs Smith": ["Mrs Smith"],
            },
        ),
    ],
)
def test_short_names_of_people(text: str, expected: dict[str, list[str]]) -> None:
    assert names(text) == expected


def test_a_surname_that_two_people_have_stays_apart() -> None:
    text = "[p:Clinton] won. [p:Bill Clinton] and [p:Hillary Clinton] came"
    assert names(text) == {
        "Clinton": ["Clinton"],
        "Bill Clinton": ["Bill Clinton"],
        "Hillary Clinton": ["Hillary Clinton"],
    }


def test_a_surname_means_who_alone_was_introduced_when_it_first_stood_alone() -> None:
    text = "[p:Ahmed Mohamed] came. [p:Mohamed] spoke. His father [p:Elhassan Mohamed] too."
    assert names(text)["Ahmed Mohamed"] == ["Ahmed Mohamed", "Mohamed"]


@pytest.mark.parametrize(
    "text",
    [
        "[p:John Smith] and [p:Jon Smith]",
        "[p:Anna Schmidt] and [p:Anna Schmitt]",
        "[o:Bank of England] and [o:Bank of Ireland]",
        "[l:Kansas] and [l:Kansas City]",
        "[l:New York] and [l:York]",
        "[o:General Motors] and [o:General Electric]",
    ],
)
def test_nothing_is_merged_for_looking_alike(text: str) -> None:
    assert len(found(text)) == 2


def test_a_lone_surname_is_not_shared_across_articles() -> None:
    lone, full = found("[p:Smith] and [p:Maria Jones]")
    assert (lone.shared, full.shared) == (False, True)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("The [o:World Health Organization] ([o:WHO]) said [o:WHO]", "World Health Organization"),
        ("The [o:Kennedy Space Center] ([o:KSC]) and [o:KSC]", "Kennedy Space Center"),
        ("[o:AHA] ([o:Amateur Hockey Association]) and [o:AHA]", "Amateur Hockey Association"),
        ("[o:Brain Injury Rehabilitation Trust] and [o:BIRT]", "Brain Injury Rehabilitation Trust"),
        ("The [o:U.N.] and the [o:United Nations]", "United Nations"),
    ],
)
def test_acronyms(text: str, canonical: str) -> None:
    assert list(names(text)) == [canonical]


def test_an_acronym_that_fits_two_names_stays_apart() -> None:
    text = "[o:New People Party], [o:Northern Peasant Party] and [o:NPP]"
    assert len(found(text)) == 3


def test_a_bracket_that_is_no_expansion_stays_apart() -> None:
    assert len(found("[o:Manchester United] ([o:EPL])")) == 2


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("[o:Harvard University] and [o:Harvard]", "Harvard University"),
        ("[o:Pirates] of [l:Tokyo], the [o:Pittsburgh Pirates]", "Pittsburgh Pirates"),
        ("[o:Google] has [m:Google Chrome], [m:Chrome]", "Google Chrome"),
        ("The [o:Church of Scientology] and [o:Scientology]", "Church of Scientology"),
        ("The [o:Gates Foundation]. The [o:Foundation] gave", "Gates Foundation"),
        ("[l:South Korea] and the [l:South]", "South Korea"),
    ],
)
def test_short_forms(text: str, canonical: str) -> None:
    spellings = names(text)[canonical]
    assert len(spellings) == 2


@pytest.mark.parametrize(
    "text",
    [
        "The [o:Gates Foundation], the [o:Ford Foundation], the [o:Foundation]",
        "[l:South Korea], [l:South Sudan] and the [l:South]",
        "[o:Critics of Rome] and [o:Rome]",
        "The [o:Bank of England] in [l:England]",
    ],
)
def test_what_may_mean_two_things_is_not_short_for_one(text: str) -> None:
    canonical = {entity.canonical for entity in found(text)}
    assert len(canonical) == text.count("[")


def test_a_place_is_not_short_for_an_organisation_in_it() -> None:
    assert len(found("[l:Tulsa] and [o:Tulsa University]")) == 2
    assert len(found("[o:U.S. Navy] and [o:United States]")) == 2


def test_headlines_in_capitals_give_way_to_the_usual_spelling() -> None:
    (org,) = found("[o:GREENPEACE] sues\n[o:Greenpeace] said")
    assert (org.name, org.count) == ("Greenpeace", 2)


@given(
    st.text(max_size=120), st.lists(st.tuples(st.integers(0, 119), st.integers(1, 12)), max_size=8)
)
def test_every_mention_with_letters_keeps_its_place(
    text: str, spans: list[tuple[int, int]]
) -> None:
    mentions = []
    last = 0
    for start, size in sorted(spans):
        if start >= last and start + size <= len(text):
            mentions.append(Mention(start, start + size, list(Kind)[start % 4]))
            last = start + size
    kept = [m for e in entities(text, mentions) for m in e.mentions]
    assert set(kept) <= set(mentions)
    assert len({e.key for e in entities(text, mentions)}) == len(entities(text, mentions))
