"""Writes the sha256 of every vendored file into VENDOR.toml; run by vendor.sh."""

import hashlib
import re
from pathlib import Path

STATIC = Path(__file__).parents[1] / "static"


def main() -> None:
    """Replace each `"path" = "..."` line of VENDOR.toml by the file's present hash."""
    listing = STATIC / "VENDOR.toml"
    text = re.sub(r'^"(vendor/[^"]+)" = .*$', _line, listing.read_text("utf-8"), flags=re.MULTILINE)
    listing.write_text(text, "utf-8")


def _line(found: re.Match[str]) -> str:
    digest = hashlib.sha256((STATIC / found[1]).read_bytes()).hexdigest()
    return f'"{found[1]}" = "{digest}"'


if __name__ == "__main__":
    main()
