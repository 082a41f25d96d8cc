"""Who said what, in English and French."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.entities.conftest import marked
from tui.entities.merging import entities
from tui.entities.quotes import quotes


def said(text: str, lang: str = "en") -> list[tuple[str, str]]:
    """(speaker, first words of the quotation) of a marked text."""
    plain, mentions = marked(text)
    found = quotes(plain, entities(plain, mentions), lang)
    return [
        (q.speaker, " ".join(plain[q.start : q.end].strip('“”"«»‘’\u00a0 ').split()[:2]))
        for q in found
    ]


@pytest.mark.parametrize(
    "text",
    [
        '"We will see what comes of it," [p:Sergei Lavrov] said.',
        '"We will see what comes of it," said [p:Sergei Lavrov].',
        "“We will see what comes of it,” Mr [p:Sergei Lavrov] told [p:Anna Lee].",
        "“We will see what comes of it,” said the minister, [p:Sergei Lavrov].",
        '[p:Sergei Lavrov] said: "We will see what comes of it."',
        "[p:Sergei Lavrov], the minister, told reporters on Monday that “We will see”.",
        "‘We will see what comes of it,’ [p:Sergei Lavrov] said.",
        'According to [p:Sergei Lavrov], "We will see what comes of it."',
        '[p:Sergei Lavrov] left. "We will see what comes of it," he said.',
        '"We will see," said Dr. [p:Sergei Lavrov]. [p:Anna Lee] left.',
    ],
)
def test_english(text: str) -> None:
    assert said(text) == [("sergei lavrov", "We will")]


@pytest.mark.parametrize(
    "text",
    [
        "« Nous verrons bien la suite », a déclaré [p:Anne Roux].",
        "«\u00a0Nous verrons bien la suite\u00a0», dit [p:Anne Roux].",
        "[p:Anne Roux] a expliqué : « Nous verrons bien la suite. »",
        "Selon [p:Anne Roux], « Nous verrons bien la suite ».",
        "[p:Anne Roux] est là. « Nous verrons bien la suite », a-t-elle ajouté.",
        "“Nous verrons bien la suite”, estime [p:Anne Roux].",
    ],
)
def test_french(text: str) -> None:
    assert said(text, "fr") == [("anne roux", "Nous verrons")]


def test_speakers_are_merged_with_their_entity() -> None:
    text = '[p:Sergei Lavrov] came. "That was not our idea," [p:Lavrov] said.'
    assert said(text) == [("sergei lavrov", "That was")]


def test_a_quotation_goes_on_after_an_aside_and_in_the_next_paragraph() -> None:
    text = (
        '"We will see," said [p:Anna Lee]. "It takes time and much patience."\n\n'
        '"Then we go on with what we have."'
    )
    assert [speaker for speaker, _ in said(text)] == ["anna lee"] * 3


def test_a_paragraph_between_ends_a_quotations_speaker() -> None:
    text = (
        '"We will see," said [p:Anna Lee].\n\nThe house stood empty.\n\n'
        '"It was cold and it was raining."'
    )
    assert [speaker for speaker, _ in said(text)] == ["anna lee", ""]


def test_an_organisation_can_speak() -> None:
    assert said('"This is not how it was," the [o:White House] said.')[0][0] == "white house"


def test_a_people_is_no_speaker() -> None:
    assert said('"This is not how it was," a [+:Russian] official said.') == [("", "This is")]


def test_titles_and_words_in_marks_are_no_quotations() -> None:
    assert said('She sang "Blue Moon of Old Kentucky" in [l:Tulsa].') == []
    assert said("The so-called “experts” of [l:Tulsa] left.") == []


def test_apostrophes_are_no_marks() -> None:
    assert said("It's [p:Anna Lee]'s and the dogs' house, isn't it, she said.") == []


def test_a_mark_that_is_never_closed_ends_with_its_paragraph() -> None:
    plain, mentions = marked("“We went on and on and on. [p:Anna Lee]\nAnother day.")
    (quote,) = quotes(plain, entities(plain, mentions), "en")
    assert quote.end == plain.index("\n")


@given(st.text(alphabet="ab \"“”«»‘’'.\nsaidhe", max_size=200))
def test_any_marks(text: str) -> None:
    found = quotes(text, [], "en")
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    assert list(found) == sorted(found, key=lambda q: q.start)
