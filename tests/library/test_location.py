"""Network disks are told from the table of mounts."""

from pathlib import Path

import pytest

from tui.library import location

MOUNTS = """\
/dev/vda / ext4 rw 0 0
server:/home /home nfs4 rw 0 0
/dev/vdb /home/me/local ext4 rw 0 0
me@host:/ /mnt/far\\040away fuse.sshfs rw 0 0
tmpfs /tmp tmpfs rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/me/.local/share/broadsheet", "nfs4"),
        ("/home", "nfs4"),
        ("/homestead", ""),
        ("/home/me/local/broadsheet", ""),
        ("/mnt/far away/x", "fuse.sshfs"),
        ("/var/lib", ""),
    ],
)
def test_the_nearest_mount_decides(folder: str, kind: str) -> None:
    assert location.network_disk(Path(folder), MOUNTS) == kind


def test_a_later_mount_on_the_same_point_counts() -> None:
    mounts = "a / ext4 rw 0 0\nb:/x /data nfs rw 0 0\nc /data xfs rw 0 0\n"
    assert location.network_disk(Path("/data/x"), mounts) == ""


def test_the_user_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from tui import paths as places
    from tui.library.store import open_library
    from tui.settings import Settings

    table = tmp_path / "mounts"
    table.write_text(f"server:/x {tmp_path} nfs4 rw 0 0\n")
    monkeypatch.setattr(location, "_MOUNTS", table)
    paths = places.find({"BROADSHEET_HOME": str(tmp_path / "home")})
    shelf = open_library(paths, Settings())
    assert "network disk (nfs4)" in shelf.problems[0]
    shelf.subscribe("https://a.example/feed")
    # No memory shared with other processes, which a network disk can't give.
    assert shelf.database.reader().execute("PRAGMA journal_mode").fetchone()[0] != "wal"
    assert not paths.library.with_name("library.db-shm").exists()
    shelf.close()
