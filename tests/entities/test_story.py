"""What the whole story says of a name, and the evidence made of it."""

from tui.entities.evidence import features
from tui.entities.models import Found
from tui.entities.story import UNSEEN, Story


def _story(text: str, **names: str) -> Story:
    """A story in which the model saw `names` (spelling with "_" for a space) with a label each."""
    found = []
    for name, label in names.items():
        spelling = name.replace("_", " ")
        start = text.index(spelling)
        found.append(Found(start, start + len(spelling), label))
    return Story(text, sorted(found, key=lambda one: one.start))


def _spellings(story: Story, label: str) -> list[str]:
    return [story.text[c.start : c.end] for c in story.candidates() if c.label == label]


def _evidence(story: Story, spelling: str) -> set[str]:
    (name,) = [c for c in story.candidates() if story.text[c.start : c.end] == spelling]
    return set(features(name, story))


def test_names_that_the_model_did_not_see_are_offered() -> None:
    text = "However Mérida is old. The eHow site and Bank of Poland know FIRST and the moon."
    story = _story(text)
    assert _spellings(story, UNSEEN) == ["Mérida", "eHow", "Bank of Poland", "FIRST"]


def test_candidates_do_not_overlap_what_the_model_saw() -> None:
    story = _story("Angela Merkel Street is in Berlin.", Angela_Merkel="PERSON", Berlin="GPE")
    assert [story.text[c.start : c.end] for c in story.candidates()] == [
        "Angela Merkel",
        "Street",
        "Berlin",
    ]


def test_a_surname_is_known_by_the_full_name() -> None:
    story = _story("Brock Holt ran. Then Holt sat.", Brock_Holt="PERSON")
    assert "part=last:person" in _evidence(story, "Holt")


def test_lists_heads_and_context() -> None:
    text = "It is near Carter Airport, Ohio. Mr Blue said no."
    story = _story(text, Carter_Airport="ORG", Blue="PERSON")
    airport = _evidence(story, "Carter Airport")
    assert {"label=ORG", "head=place", "before=near", "place follows"} <= airport
    assert {"list=place"} <= _evidence(story, "Ohio")
    assert {"before=title", "after=said"} <= _evidence(story, "Blue")


def test_neighbours_in_a_list() -> None:
    story = _story("He saw Lyon, Xanu and Bonn.", Lyon="GPE", Bonn="GPE")
    assert {"listed after=place", "listed before=place"} <= _evidence(story, "Xanu")
