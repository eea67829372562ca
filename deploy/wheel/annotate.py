"""Adds to a wheel what it must say about the libraries inside: licences, and an SBOM (PEP 639, PEP 770; CycloneDX).

    python annotate.py WHEEL FOLDER        # writes the wheel, by the same name, into FOLDER

Versions are those of the headers that were compiled against. A bundled file that no component claims is an error: no
library is shipped without its licence by accident.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Component:
    """A library inside the wheel. `files` matches the names of its shared libraries; none: it is compiled in."""

    name: str
    licence: str  # SPDX
    purl: str
    header: str
    version: str  # the macro of that header, or several
    debian: str  # the package whose /usr/share/doc/…/copyright holds the licence
    files: str = ""


COMPONENTS = (
    Component("ICU", "Unicode-DFS-2016", "pkg:github/unicode-org/icu@release-{dashed}", "unicode/uvernum.h",
              "U_ICU_VERSION", "libicu-dev", r"libicu(uc|data)\b.*"),
    Component("oneTBB", "Apache-2.0", "pkg:github/oneapi-src/oneTBB@v{full}", "oneapi/tbb/version.h",
              "TBB_VERSION_STRING", "libtbb-dev", r"libtbb\b.*"),
    Component("simdjson", "Apache-2.0", "pkg:github/simdjson/simdjson@v{version}", "simdjson.h",
              "SIMDJSON_VERSION", "libsimdjson-dev", r"libsimdjson\b.*"),
    Component("xxHash", "BSD-2-Clause", "pkg:github/Cyan4973/xxHash@v{version}", "xxhash.h",
              "XXH_VERSION_MAJOR.XXH_VERSION_MINOR.XXH_VERSION_RELEASE", "libxxhash-dev"),
)  # fmt: skip
PYBIND11 = "pybind11"  # headers only, from the build requirements


def version_of(component: Component) -> str:
    """As the compiler sees it."""
    source = f"#include <{component.header}>\nMUSICSYNC_VERSION_IS {component.version}\n"
    flags = os.environ.get("CPPFLAGS", "").split()
    command = [os.environ.get("CXX", "c++"), *flags, "-std=c++20", "-E", "-P", "-x", "c++", "-"]
    output = subprocess.run(command, input=source, capture_output=True, text=True, check=True).stdout
    line = next(line for line in output.splitlines() if line.startswith("MUSICSYNC_VERSION_IS"))
    return "".join(re.findall(r"[\d.]+", line))


def licence_text(component: Component) -> str:
    folder = os.environ.get("MUSICSYNC_LICENCES")
    path = Path(folder, f"{component.name}.txt") if folder else Path("/usr/share/doc", component.debian, "copyright")
    return path.read_text(encoding="utf-8")


def pybind11_licence() -> str:
    files = importlib.metadata.files(PYBIND11) or []
    return next(file for file in files if file.name == "LICENSE").read_text(encoding="utf-8")


def described(component: Component, libraries: list[Path]) -> dict[str, Any]:
    """The component in CycloneDX's words."""
    version = version_of(component)
    full = ".".join([*version.split("."), "0"][:3])
    purl = component.purl.format(version=version, full=full, dashed=version.replace(".", "-"))
    row = sbom_row(component.name, version, component.licence, purl)
    if not component.files:
        return row  # compiled into the module
    row["components"] = [
        {
            "type": "file",
            "name": path.name,
            "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(path.read_bytes()).hexdigest()}],
        }
        for path in libraries
        if re.fullmatch(component.files, path.name)
    ]
    if not row["components"]:
        raise SystemExit(f"annotate: {component.name} is not in the wheel: {[path.name for path in libraries]}")
    return row


def sbom_row(name: str, version: str, licence: str, purl: str) -> dict[str, Any]:
    licences = [{"license": {"id": licence}}]
    return {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl, "licenses": licences}


def sbom(libraries: list[Path]) -> dict[str, Any]:
    claimed = [path for path in libraries for one in COMPONENTS if re.fullmatch(one.files, path.name)]
    if unknown := sorted(path.name for path in set(libraries) - set(claimed)):
        raise SystemExit(f"annotate: no component is known for {unknown}; add it to COMPONENTS with its licence")
    version = importlib.metadata.version(PYBIND11)
    compiled_in = sbom_row(PYBIND11, version, "BSD-3-Clause", f"pkg:pypi/{PYBIND11}@{version}")
    components = [*(described(one, libraries) for one in COMPONENTS), compiled_in]
    return {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "components": components}


def annotate(folder: Path) -> None:
    """Change the unpacked wheel in place."""
    libraries = [path for pattern in ("*.libs/*", "*/.dylibs/*") for path in sorted(folder.glob(pattern))]
    (info,) = folder.glob("*.dist-info")
    target = info / "sboms" / "bundled.cdx.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(sbom(libraries), indent=1, sort_keys=True) + "\n", encoding="utf-8")

    texts = {one.name: licence_text(one) for one in COMPONENTS} | {PYBIND11: pybind11_licence()}
    (info / "licenses" / "bundled").mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (info / "licenses" / "bundled" / f"{name}.txt").write_text(text, encoding="utf-8")
    metadata = info / "METADATA"
    licences = " AND ".join(sorted({one.licence for one in COMPONENTS} | {"BSD-3-Clause"}))
    text = metadata.read_text(encoding="utf-8")
    text, count = re.subn(r"^License-Expression: MIT$", f"License-Expression: MIT AND {licences}", text, flags=re.M)
    listed = "".join(f"\nLicense-File: bundled/{name}.txt" for name in texts)
    text, also = re.subn(r"^License-File: LICENSE$", f"License-File: LICENSE{listed}", text, count=1, flags=re.M)
    if count != 1 or also != 1:
        raise SystemExit("annotate: METADATA says its licence in another way than expected")
    metadata.write_text(text, encoding="utf-8")


def main(wheel: str, out: str) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run([sys.executable, "-m", "wheel", "unpack", "--dest", scratch, wheel], check=True)
        (folder,) = Path(scratch).iterdir()
        annotate(folder)
        subprocess.run([sys.executable, "-m", "wheel", "pack", "--dest-dir", out, folder], check=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
