"""Take the README's pictures: `python -m tests.e2e.screenshots`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.conftest import SEEDS, serving
from tests.e2e.conftest import CHROMIUM, QUIET

FOLDER = Path(__file__).parent / "screenshots"
SHOTS = {
    "wide": ("/?q=光伏", 1280, 860, "light"),
    "narrow": ("/?q=光伏&city=浙江/金华/义乌", 390, 800, "light"),
    "dark": ("/?q=光伏 产业", 1280, 860, "dark"),
    "article": ("article", 1280, 860, "light"),
}


def main() -> None:
    """Write one PNG for each of SHOTS."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        with serving("--index", f"{folder}/index", "--source", str(SEEDS)) as server:
            for name, (address, width, height, scheme) in SHOTS.items():
                context = browser.new_context(
                    base_url=server,
                    viewport={"width": width, "height": height},
                    color_scheme=scheme,  # type: ignore[arg-type]
                    locale="zh-CN",
                )
                page = context.new_page()
                page.goto("/?q=光伏" if address == "article" else address)
                if address == "article":
                    page.locator(".hits h2 a").first.click()
                    page.wait_for_selector("article h1")
                page.screenshot(path=FOLDER / f"{name}.png")
                context.close()
        browser.close()


if __name__ == "__main__":
    main()
