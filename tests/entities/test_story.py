"""What the whole story offers as names, for models without weights."""

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
