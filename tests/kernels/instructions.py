"""Which machine instructions an object file has, and what it gives away to the linker."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from pathlib import Path

_FUNCTION = re.compile(r"^[0-9a-f]+ <(.+)>:$")
_INSTRUCTION = re.compile(r"^\s*[0-9a-f]+:\t(?:(?:rep|repz|repnz|lock|notrack|bnd|data16|cs|ds) )*(\w+)(.*)$")
_BEYOND = re.compile(
    r"andn|bextr|bls(?:i|r|msk)|bzhi|mulx|pdep|pext|rorx|sarx|shlx|shrx|lzcnt|movbe|k(?:mov|and|or|xor|not|shift)\w*"
)
_NOT_VECTOR = frozenset({"verr", "verw", "vmcall", "vmmcall"})


def _is_beyond(name: str, operands: str) -> bool:
    vector = name.startswith("v") and name not in _NOT_VECTOR
    return vector or bool(_BEYOND.fullmatch(name)) or "%ymm" in operands or "%zmm" in operands


def beyond_baseline(binary: Path) -> Counter[str]:
    """How many instructions each function has that x86-64-v2 does not have, which the core is compiled
    for (VEX and EVEX forms, BMI, LZCNT, …)."""
    command = ["objdump", "--disassemble", "--demangle", "--no-show-raw-insn", binary]
    found: Counter[str] = Counter()
    function = ""
    for line in subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines():
        if named := _FUNCTION.match(line):
            function = named[1]
        elif (told := _INSTRUCTION.match(line)) and _is_beyond(told[1], told[2]):
            found[function] += 1
    return found


def shared_definitions(binary: Path) -> list[str]:
    """Weak and unique symbols that an object defines: the linker may take them for those of another object, and then
    code for one CPU runs on all."""
    lines = subprocess.run(["nm", "--demangle", binary], capture_output=True, text=True, check=True).stdout.splitlines()
    return [line.split(" ", 2)[2] for line in lines if re.match(r"[0-9a-f]+ [WVu] ", line)]
