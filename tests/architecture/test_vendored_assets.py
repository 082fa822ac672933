import hashlib
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "shared" / "web" / "static"
ASSETS = tomllib.loads((STATIC / "VENDOR.toml").read_text("utf-8"))["asset"]
HASHES = {path: digest for asset in ASSETS for path, digest in asset["sha256"].items()}
TEMPLATES = sorted(
    path for folder in ("services", "shared") for path in (ROOT / folder).rglob("*.html")
)
ELSEWHERE = re.compile(r"""(?:src|href|action)\s*=\s*["']?\s*(?:https?:)?//""", re.IGNORECASE)
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|\son[a-z]+\s*=|\sstyle\s*=|<style", re.IGNORECASE)


@pytest.mark.parametrize("path", HASHES)
def test_a_vendored_file_is_the_one_that_was_reviewed(path: str) -> None:
    assert hashlib.sha256((STATIC / path).read_bytes()).hexdigest() == HASHES[path]


def test_every_vendored_file_is_listed() -> None:
    there = {
        path.relative_to(STATIC).as_posix()
        for path in (STATIC / "vendor").rglob("*")
        if path.is_file()
    }

    assert there == HASHES.keys()


@pytest.mark.parametrize("asset", ASSETS, ids=lambda asset: asset["name"])
def test_every_asset_says_its_licence_version_and_purpose(asset: dict[str, str]) -> None:
    folder = f"vendor/{asset['name']}-{asset['version']}"

    assert asset["licence"]
    assert asset["why"]
    assert (STATIC / folder / "LICENSE").exists()
    assert all(path.startswith(folder) for path in asset["sha256"])


@pytest.mark.parametrize("path", sorted(STATIC.rglob("*.css")), ids=lambda path: path.name)
def test_no_style_fetches_anything(path: Path) -> None:
    assert not re.search(r"url\(|@import|@font-face", path.read_text("utf-8"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_points_nowhere_else_and_runs_nothing_inline(path: Path) -> None:
    text = path.read_text("utf-8")

    assert not ELSEWHERE.search(text)
    assert not INLINE.search(text)


@pytest.mark.parametrize(
    "forbidden", ['<a href="https://x.id">', "<img src=//x.id>", '<form action="http://x.id">']
)
def test_the_check_sees_an_address_elsewhere(forbidden: str) -> None:
    assert ELSEWHERE.search(forbidden)
    assert not ELSEWHERE.search('<a href="/keluar-cepat">')
