"""The rules of the design that keep the rooms apart."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "translate"
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted((ROOT / "dragoman").rglob("*.py"))
}
# A library and the rooms that may import it.
ONLY_THESE_ROOMS_IMPORT = {
    "polib": ("dragoman.catalog",),
    "torch": ("dragoman.engines", "dragoman.training"),
    "transformers": ("dragoman.engines", "dragoman.training"),
    "sentencepiece": ("dragoman.engines", "dragoman.training"),
    "ctranslate2": ("dragoman.engines",),
    "pymorphy3": ("dragoman.languages",),
    "ahocorasick_rs": ("dragoman.glossary",),
    "trafilatura": ("dragoman.releases",),
    "razdel": ("dragoman.segment",),
    "typer": ("dragoman.cli",),
    "rich": ("dragoman.cli",),
    "ray": ("dragoman.cluster",),
}
# Too slow to load for a run that has nothing to translate.
LAZY = {"torch", "transformers", "sentencepiece", "ctranslate2", "pymorphy3", "trafilatura", "ray"}
LONGEST_MODULE = 250


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imports(path: Path, *, top_level_only: bool = False) -> Iterator[str]:
    """The modules that a file imports; those for type checkers alone do not count."""
    tree = parsed(path)
    nodes: list[ast.AST] = []
    for node in tree.body if top_level_only else list(ast.walk(tree)):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            for child in ast.walk(node):
                child.skip = True  # type: ignore[attr-defined]
        nodes.append(node)
    for node in nodes:
        if getattr(node, "skip", False):
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            # `from package import module` is about the module, not about the package.
            for alias in node.names:
                name = f"{node.module}.{alias.name}"
                yield name if name in MODULES else node.module


@pytest.mark.parametrize("library", ONLY_THESE_ROOMS_IMPORT)
def test_only_its_room_imports(library: str) -> None:
    rooms = ONLY_THESE_ROOMS_IMPORT[library]
    strangers = [
        module
        for module, path in MODULES.items()
        if any(name.split(".")[0] == library for name in imports(path))
        and not any(module == room or module.startswith(room + ".") for room in rooms)
    ]
    assert not strangers, f"{library} belongs to {rooms}, but {strangers} import it"


def test_slow_libraries_are_imported_inside_functions() -> None:
    eager = [
        f"{module} imports {name}"
        for module, path in MODULES.items()
        for name in imports(path, top_level_only=True)
        if name.split(".")[0] in LAZY
    ]
    assert not eager, eager


def test_no_import_cycles() -> None:
    graph = {
        module: {
            name
            for name in imports(path, top_level_only=True)
            if name in MODULES and name != module
        }
        for module, path in MODULES.items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"import cycle: {' -> '.join(error.args[1])}")


def test_records_import_nothing_of_ours() -> None:
    ours = [n for n in imports(MODULES["dragoman.records"]) if n.startswith("dragoman")]
    assert not ours


def test_translate_folder_is_not_a_package() -> None:
    assert not (ROOT / "__init__.py").exists(), "the Translate Toolkit owns the name `translate`"


def test_modules_stay_readable() -> None:
    long = {
        module: lines
        for module, path in MODULES.items()
        if (lines := len(path.read_text("utf-8").splitlines())) > LONGEST_MODULE
    }
    assert not long, f"longer than {LONGEST_MODULE} lines: {long}"
