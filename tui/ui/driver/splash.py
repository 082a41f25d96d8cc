"""The last session's first screen, painted before the imports.

Runs before anything else of Broadsheet, so it imports next to nothing: what is here costs about a
millisecond. The file holds no terminal commands: each line is a row of (column, SGR parameters,
text) pieces, and what is not digits or printable text is refused.

    paint()      by the entry point, before the imports
    take()       by the driver, which goes on from what is on the screen
    leave()      by whoever ends without a driver: the terminal is as it was
    save(...)    by the driver at the end of a session
"""

import os
import termios

TYPE_CHECKING = False  # typing itself takes milliseconds to import
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

_MAGIC = "broadsheet first screen 1"
_PIECE = "\x1f"
_LARGEST = 1 << 20
_ENTER = "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[m\x1b[H\x1b[2J"
_LEAVE = "\x1b[m\x1b[?7h\x1b[H\x1b[2J\x1b[?1049l\x1b[?25h"
_SIGNALS = (1, 15)  # SIGHUP, SIGTERM


class _State:
    """What this process has painted."""

    file = ""
    frame: str | None = None
    attributes: "list[Any] | None" = None
    size = (0, 0)


def first_screen(environment: "Mapping[str, str]") -> str:
    """The file; the same as `tui.paths.find().first_screen`, without its imports."""
    if home := environment.get("BROADSHEET_HOME"):
        return os.path.expanduser(home) + "/state/first-screen"  # noqa: PTH111 - pathlib is slow
    state = environment.get("XDG_STATE_HOME", "")
    if not state.startswith("/"):
        state = os.path.expanduser(environment.get("HOME") or "~") + "/.local/state"  # noqa: PTH111
    return state + "/broadsheet/first-screen"


def paint() -> bool:
    """Paint the saved screen if this is the terminal it was saved on. True if it was painted."""
    _State.file = first_screen(os.environ)
    try:
        if not (os.isatty(0) and os.isatty(1)):
            return False
        size = os.get_terminal_size(1)
        frame = _read(_State.file, _header(os.environ, size.columns, size.lines))
        if not frame:
            return False
        _State.attributes = termios.tcgetattr(0)
        _State.frame, _State.size = frame, (size.columns, size.lines)
        _guard()
        _quiet(_State.attributes)
        _write(_ENTER + frame + "\x1b[m")
    except (OSError, termios.error, ValueError):
        leave()
        return False
    return True


def take() -> str | None:
    """What is on the screen, as a frame, for the driver that takes over; None if nothing."""
    frame, _State.frame = _State.frame, None
    if frame is not None:
        import signal

        for number in _SIGNALS:
            signal.signal(number, signal.SIG_DFL)
        if tuple(os.get_terminal_size(1)) != _State.size:
            return None
    return frame


def attributes() -> "list[Any] | None":
    """The termios attributes from before `paint`, once."""
    found, _State.attributes = _State.attributes, None
    return found


def leave() -> None:
    """Put the terminal back, if we are still the ones who changed it."""
    if _State.frame is None:
        return
    _State.frame = None
    found = attributes()
    try:
        _write(_LEAVE)
        if found is not None:
            termios.tcsetattr(0, termios.TCSANOW, found)
    except (OSError, termios.error):
        return


def save(rows: "list[list[tuple[int, str, str]]]", columns: int) -> None:
    """Keep a screen for the next start: rows of (column from 1, SGR parameters, text). Does nothing
    unless `paint` was asked first; a screen that can't be kept is no error."""
    if not _State.file:
        return
    lines = [_header(os.environ, columns, len(rows))]
    for row in rows:
        pieces = [str(part) for piece in row for part in piece]
        lines.append(_PIECE.join(pieces))
    new = f"{_State.file}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(new), mode=0o700, exist_ok=True)  # noqa: PTH103, PTH120
        target = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        with os.fdopen(target, "w", encoding="utf-8", newline="\n") as file:
            file.write("\n".join(lines))
        os.replace(new, _State.file)  # noqa: PTH105
    except OSError:
        try:
            os.unlink(new)  # noqa: PTH108
        except OSError:
            return


def _header(environment: "Mapping[str, str]", columns: int, rows: int) -> str:
    known = [environment.get(name, "") for name in ("TERM", "COLORTERM", "NO_COLOR", "TMUX")]
    # That we are in tmux matters, not in which.
    terminal = "|".join([*known[:3], str(bool(known[3]))])
    return f"{_MAGIC} {columns}x{rows} {terminal}"


def _read(name: str, header: str) -> str | None:
    source = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        status = os.fstat(source)
        # Only our own file, that no one else could write.
        if status.st_uid != os.geteuid() or status.st_mode & 0o022 or status.st_size > _LARGEST:
            return None
        data = os.read(source, _LARGEST)
    finally:
        os.close(source)
    found, *lines = data.decode("utf-8").split("\n")
    if found != header:
        return None
    return "".join(_row(y, line) for y, line in enumerate(lines, 1))


def _row(y: int, line: str) -> str:
    """One row as a frame. Raises ValueError if there is anything in it but digits and text."""
    pieces = line.split(_PIECE) if line else []
    out: list[str] = []
    at, last = 0, "?"
    for index in range(0, len(pieces), 3):
        column, parameters, text = pieces[index : index + 3]
        if parameters.strip("0123456789;") or not text.isprintable():
            raise ValueError("the saved screen is damaged")
        x = int(column)
        if x != at:
            out.append(f"\x1b[{y};{x}H")
        out.append(f"\x1b[;{parameters}m{text}" if parameters != last else text)
        at, last = x + len(text) if text.isascii() else 0, parameters
    return "".join(out)


def _quiet(before: "list[Any]") -> None:
    """No echo: what is typed before the reader is there waits for it, Ctrl+Z too, or the shell would
    go on on our screen. Ctrl+C still ends us."""
    now = list(before)
    now[0] &= ~termios.ICRNL
    now[3] &= ~(termios.ECHO | termios.ICANON)
    now[6] = [*now[6]]
    now[6][termios.VSUSP] = b"\0"
    termios.tcsetattr(0, termios.TCSANOW, now)


def _guard() -> None:
    import signal

    def end(number: int, frame: object) -> None:
        del frame
        leave()
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    for number in _SIGNALS:
        signal.signal(number, end)


def _write(text: str) -> None:
    data = text.encode()
    while data:
        data = data[os.write(1, data) :]
