"""The module as a whole: what importing costs, what is documented, what the stub says."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import musicsync
from musicsync import _core

STUB = Path(musicsync.__file__).with_name("_core.pyi")


def _members(node: ast.ClassDef) -> set[str]:
    named = [item.name for item in node.body if isinstance(item, ast.FunctionDef)]
    annotated = [
        item.target.id for item in node.body if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name)
    ]
    return {name for name in named + annotated if not name.startswith("_")}


def test_importing_the_package_loads_neither_the_engine_nor_numpy_nor_pydantic() -> None:
    code = "import sys, musicsync; print(sorted({'numpy', 'pydantic', 'musicsync._core'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_every_exported_name_exists_and_no_other() -> None:
    for name in musicsync.__all__:
        assert getattr(musicsync, name) is not None
    with pytest.raises(AttributeError, match="has no attribute 'nonsense'"):
        _ = musicsync.nonsense


def test_the_engine_has_the_version_of_the_package() -> None:
    assert musicsync.engine_version() == musicsync.__version__
    assert musicsync.model_version()


def test_everything_public_is_documented() -> None:
    for name in (name for name in dir(_core) if not name.startswith("_")):
        value = getattr(_core, name)
        assert value.__doc__, name
        if isinstance(value, type) and value is not _core.EngineError:
            for member in (member for member in vars(value) if not member.startswith("_")):
                assert getattr(value, member).__doc__, f"{name}.{member}"


def test_the_stub_names_what_the_module_has() -> None:
    stubs = [STUB, *(STUB.with_name(f"_{name}.pyi") for name in ("catalog", "columns", "ranking", "texts"))]
    body = [node for stub in stubs for node in ast.parse(stub.read_text(encoding="utf-8")).body]
    classes = {node.name: node for node in body if isinstance(node, ast.ClassDef)}
    functions = {node.name for node in body if isinstance(node, ast.FunctionDef)}
    public = {name for name in dir(_core) if not name.startswith("_")}
    assert {name for name in classes if not name.startswith("_")} | functions == public
    for name in public & set(classes):
        value = getattr(_core, name)
        real = {member for member in vars(value) if not member.startswith("_")}
        assert _members(classes[name]) == real, name


@pytest.mark.parametrize("function", ["normalize", "lower", "romanize", "parse_title", "parse_artists", "parse_isrc"])
def test_text_functions_refuse_what_is_no_text(function: str) -> None:
    with pytest.raises(TypeError, match="must be str, not int"):
        getattr(musicsync, function)(3)
    with pytest.raises(musicsync.EngineError) as caught:
        getattr(musicsync, function)("\ud800")
    assert caught.value.code == "invalid_utf8"


def test_title_parts_are_plain_values() -> None:
    parts = musicsync.parse_title("Africa (feat. Jane) - Live in Berlin, 2010")
    assert parts.base == "africa"
    assert parts.featured == ["jane"]
    assert parts.versions[0].to_dict() == {"kind": "live", "detail": "berlin", "year": 2010}
    assert parts.versions[0].changes_recording
    assert parts == musicsync.parse_title("Africa (feat. Jane) - Live in Berlin, 2010")
    assert musicsync.parse_isrc("us-sm1-82-00342") == "USSM18200342"
    assert musicsync.ratio("kitten", "sitting") == 8 / 13
