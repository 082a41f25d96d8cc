"""What holds for every file: sizes that stay readable, and things that never come in."""

import ast
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

MOST_LINES = 500
MOST_FUNCTION_LINES = 60
PACKAGE = sorted((ROOT / "tui").rglob("*.py"))
# Hosts of package registries, in pieces: this file must not name them either.
REGISTRIES = [
    "pypi" + r"\.org",
    "pythonhosted" + r"\.org",
    "registry" + r"\.npmjs",
    "crates" + r"\.io",
    "proxy" + r"\.golang",
]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def tracked() -> list[Path]:
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("this is no git checkout")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return [path for entry in listed.split("\0") if entry and (path := ROOT / entry).is_file()]


def test_no_module_is_too_long() -> None:
    long = {name(p): n for p in PACKAGE if (n := len(p.read_text().splitlines())) > MOST_LINES}
    assert long == {}


def test_no_function_is_too_long() -> None:
    long = {
        f"{name(path)}:{node.name}": lines
        for path in PACKAGE
        for node in functions(path)
        if (lines := (node.end_lineno or 0) - node.lineno + 1) > MOST_FUNCTION_LINES
    }
    assert long == {}


def test_every_module_says_what_it_is() -> None:
    silent = [
        name(path)
        for path in PACKAGE
        if path.stat().st_size and ast.get_docstring(ast.parse(path.read_text())) is None
    ]
    assert silent == []


def test_nothing_is_unpickled_evaluated_or_given_to_a_shell() -> None:
    """Data from outside never becomes code."""
    found = []
    for path in PACKAGE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Import(names=names):
                    modules = [alias.name for alias in names]
                    bad = any(
                        m.partition(".")[0] in ("pickle", "marshal", "shelve") for m in modules
                    )
                case ast.ImportFrom(module=str(module)):
                    bad = module.partition(".")[0] in ("pickle", "marshal", "shelve")
                case ast.Call(func=ast.Name(id="eval" | "exec" | "compile")):
                    bad = True
                case ast.keyword(arg="shell", value=ast.Constant(value=True)):
                    bad = True
                case ast.Attribute(value=ast.Name(id="os"), attr="system" | "popen"):
                    bad = True
                case _:
                    continue
            if bad:
                found.append(f"{name(path)}:{getattr(node, 'lineno', 0)}")
    assert found == []


def test_no_file_names_a_registry_or_this_machine() -> None:
    machine = {str(ROOT), str(Path.home())} - {"/"}
    places = [r"(?<!\w)" + re.escape(place) + r"(?![\w-])" for place in machine]
    if ROOT.parent != Path("/"):
        places.append(re.escape(f"{ROOT.parent}/shared"))
    pattern = re.compile("|".join([*REGISTRIES, *places]))
    found = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        lines = enumerate(text.splitlines(), 1)
        found += [
            f"{name(path)}:{number}: {line}" for number, line in lines if pattern.search(line)
        ]
    assert found == []


def test_ci_brings_every_tool_that_a_test_would_skip_without() -> None:
    """A skip there is a failure, on a fresh machine too."""
    asked = re.compile(r'shutil\.which\("([\w.-]+)"\)|^NEEDED = \((.+)\)', re.MULTILINE)
    wanted = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        for one, several in asked.findall(path.read_text(encoding="utf-8")):
            wanted |= {one} if one else set(re.findall(r'"([\w.-]+)"', several))
    brought = set(re.findall(r"([\w.-]+):[\w.-]+", (ROOT / ".ci" / "run").read_text("utf-8")))
    # git and bash run `.ci/run` itself.
    assert wanted - brought - {"git", "bash"} == set()
