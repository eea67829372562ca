"""The compiled module as a file: what it shows to others, and how it is hardened."""

from __future__ import annotations

import subprocess
import sys

import pytest

from musicsync import _core

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads ELF")


def tool(*command: str) -> str:
    return subprocess.run([*command, _core.__file__], capture_output=True, text=True, check=True).stdout


def undefined() -> set[str]:
    return {line.split()[-1].split("@")[0] for line in tool("nm", "-D", "--undefined-only").splitlines()}


def test_one_name_leaves_the_module() -> None:
    """Templates of the standard library would be exported otherwise, and meet those of other modules of the process."""
    assert [line.split()[-1] for line in tool("nm", "-D", "--defined-only").splitlines()] == ["PyInit__core"]


def test_what_the_loader_has_written_is_read_only_afterwards() -> None:
    assert "GNU_RELRO" in tool("readelf", "-lW")
    assert "BIND_NOW" in tool("readelf", "-dW")


def test_the_stack_cannot_be_executed() -> None:
    (stack,) = [line for line in tool("readelf", "-lW").splitlines() if "GNU_STACK" in line]
    assert " RW " in stack


def test_the_stack_is_protected_and_calls_into_the_c_library_are_checked() -> None:
    assert "__stack_chk_fail" in undefined()
    assert [name for name in undefined() if name.endswith("_chk")]


def test_the_module_names_no_folder_to_look_for_libraries_in() -> None:
    """In a development build. A wheel names one, relative to itself."""
    for line in tool("readelf", "-dW").splitlines():
        assert "PATH" not in line or "$ORIGIN" in line
