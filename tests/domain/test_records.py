"""The quick `dataclass` makes what the standard one makes."""

import copy
import dataclasses
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain import records

OPTIONS = [
    {"frozen": frozen, "slots": slots, **more}
    for frozen in (False, True)
    for slots in (False, True)
    for more in ({}, {"eq": False}, {"order": True}, {"repr": False}, {"kw_only": True})
]


def both(options: dict[str, Any]) -> tuple[Any, Any]:
    """The same class by the quick decorator and by the standard one."""

    def make(decorator: Any) -> Any:
        @decorator(**options)
        class Thing:
            """A thing."""

            name: str
            size: int = 3
            parts: tuple[int, ...] = dataclasses.field(default=(), repr=False)
            note: str = dataclasses.field(default="", compare=False)

        return Thing

    return make(records.dataclass), make(dataclasses.dataclass)


VALUES = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["", "a", "b"]),
        "size": st.integers(0, 2),
        "parts": st.tuples(st.integers(0, 1)),
        "note": st.sampled_from(["", "x"]),
    }
)


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@given(VALUES, VALUES)
def test_behaves_as_the_standard_one(
    options: dict[str, Any], one: dict[str, Any], other: dict[str, Any]
) -> None:
    results = []
    for kind in both(options):
        a, b = kind(**one), kind(**other)
        same = (a == b, a != b, a == kind(**one), a == "a", a == copy.copy(a))
        hashed = None
        if kind.__hash__ is not None and kind.__hash__ is not object.__hash__:
            hashed = (hash(a) == hash(kind(**one)), hash(a) == hash(b))
        printed = repr(a) if options.get("repr", True) else None
        fields = [field.name for field in dataclasses.fields(kind)]
        results.append((same, hashed, printed, fields, kind.__match_args__, dataclasses.asdict(a)))
        assert dataclasses.replace(a, **other) == b or not options.get("eq", True)
    assert results[0] == results[1]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_frozen_is_frozen(options: dict[str, Any]) -> None:
    for kind in both(options):
        thing = kind(name="a")
        if options["frozen"]:
            with pytest.raises(dataclasses.FrozenInstanceError):
                thing.name = "b"
        else:
            thing.name = "b"
            assert thing.name == "b"


@records.dataclass(frozen=True, slots=True)
class Base:
    """With a method of its own."""

    name: str

    def __repr__(self) -> str:
        return f"<{self.name}>"


@records.dataclass(frozen=True, slots=True)
class Derived(Base):
    """One more field, in the hash too."""

    size: int = 0


def test_derived_classes_and_own_methods() -> None:
    assert repr(Base("a")) == "<a>"
    assert Derived("a", 1) != Derived("a", 2)
    assert Base("a") != Derived("a")
    assert {Derived("a", 1), Derived("a", 1)} == {Derived("a", 1)}
    assert repr(Derived("a", 1)) == "Derived(name='a', size=1)"
    assert pickle.loads(pickle.dumps(Derived("a", 1))) == Derived("a", 1)
    match Derived("a", 5):
        case Derived(name, size):
            assert (name, size) == ("a", 5)
