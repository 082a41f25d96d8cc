"""Where the library is: on which kind of disk, and whether it can be written there."""

import os
import re
from pathlib import Path

# File systems whose files other machines can change behind our back, where SQLite's locks and
# shared memory can't be relied on (https://sqlite.org/wal.html, "does not work over a network").
_NETWORK = frozenset(
    "nfs nfs4 cifs smb3 smbfs ncpfs afs 9p ceph glusterfs fuse.sshfs fuse.glusterfs fuse.rclone "
    "fuse.s3fs davfs fuse.davfs lustre beegfs".split()
)
_MOUNTS = Path("/proc/mounts")


def network_disk(folder: Path, mounts: str | None = None) -> str:
    """The kind of network disk that `folder` is on ("nfs4"), or "". `mounts` is /proc/mounts."""
    if mounts is None:
        try:
            mounts = _MOUNTS.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""  # not Linux: we can't tell
    best, kind = "", ""
    path = os.path.realpath(folder)
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), fields[1])
        within = path == point or path.startswith(point.rstrip("/") + "/")
        # Of two mounts on one point the later one counts.
        if within and len(point) >= len(best):
            best, kind = point, fields[2]
    return kind if kind in _NETWORK else ""


def writable(file: Path) -> bool:
    """True if the library `file` can be changed, or made when it is not there."""
    folder = file.parent
    while not folder.exists():
        folder = folder.parent
    if not os.access(folder, os.W_OK | os.X_OK) or _read_only_disk(folder):
        return False
    return not file.exists() or os.access(file, os.W_OK)


def _read_only_disk(folder: Path) -> bool:
    return bool(os.statvfs(folder).f_flag & os.ST_RDONLY)


def free_bytes(folder: Path) -> int:
    """Bytes that we may still write where `folder` is."""
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize


def marker(library: Path) -> Path:
    """A file that says: damage was met, repair at the next start."""
    return library.with_name("library.damaged")
