"""The plan for state shared with a server: pending local changes win, the rest is taken over."""

from hypothesis import given
from hypothesis import strategies as st

from tui.domain.servers import Linked, RemoteStates
from tui.sync.servers import plan


def states(
    read: set[str] | None = None, starred: set[str] | None = None, ids: str = "ab"
) -> RemoteStates:
    return RemoteStates(frozenset(ids), frozenset(read or ()), frozenset(starred or ()))


def linked(remote: str = "a", *, ours: str = "", base: str = "") -> Linked:
    return Linked(1, remote, "r" in ours, "s" in ours, "r" in base, "s" in base)


def test_nothing_changed_nothing_done() -> None:
    wanted = plan([linked(ours="r", base="r")], states(read={"a"}))
    assert wanted == type(wanted)()


def test_what_we_read_is_told() -> None:
    wanted = plan([linked(ours="rs")], states())
    assert (wanted.read, wanted.starred, wanted.agreed) == (("a",), ("a",), ((1, True, True),))


def test_what_the_server_changed_is_taken_over() -> None:
    wanted = plan([linked(ours="s", base="s")], states(read={"a"}))
    assert wanted.read == wanted.unread == wanted.starred == wanted.unstarred == ()
    wanted = plan([linked()], states(read={"a"}, starred={"a"}))
    assert wanted.agreed == ((1, True, True),)


def test_our_pending_change_wins_over_the_servers_state() -> None:
    wanted = plan([linked(ours="", base="r")], states(read={"a"}))
    assert wanted.unread == ("a",)
    assert wanted.agreed == ((1, False, False),)


def test_what_the_server_no_longer_has_is_left_alone() -> None:
    wanted = plan([linked("gone", ours="r")], states())
    assert wanted == type(wanted)()


flags = st.text("rs", max_size=2)


@given(flags, flags, st.booleans(), st.booleans())
def test_after_a_plan_both_sides_and_the_base_are_equal(
    ours: str, base: str, read: bool, starred: bool
) -> None:
    entry = linked(ours=ours, base=base)
    remote = states({"a"} if read else None, {"a"} if starred else None)
    wanted = plan([entry], remote)
    there_read = (read or "a" in wanted.read) and "a" not in wanted.unread
    there_starred = (starred or "a" in wanted.starred) and "a" not in wanted.unstarred
    here = wanted.agreed[0][1:] if wanted.agreed else (entry.read, entry.starred)
    assert here == (there_read, there_starred)
    if wanted.agreed == ():
        assert here == (entry.base_read, entry.base_starred)
