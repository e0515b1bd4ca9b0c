"""Makes the demo's pictures again: `python demo/draw/draw.py [name ...]`.

Every picture is a small three-dimensional scene (scenes/*.js) photographed by three.js in headless
Chromium. Needs Playwright, Pillow and, the first time, npm (it fetches three.js into var/draw/).
`--draft` is small and grainy, and many times as fast.
"""

import argparse
import base64
import functools
import http.server
import io
import os
import shutil
import subprocess
import threading
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ROOT / "var" / "draw"
PICTURES = ROOT / "demo" / "pictures"
THREE = "three@0.170.0"
SIZES = {"hero": (2000, 1100), "story": (1600, 900), "about": (1600, 900), "share": (1200, 630)}
BYTES = {"hero": 200_000, "story": 110_000, "about": 110_000, "category": 60_000}
PRODUCT_BYTES = 45_000
CHROMIUM = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


def main():
    options = parse_options()
    install_three()
    options.to.mkdir(parents=True, exist_ok=True)
    with serve(ROOT) as server, sync_playwright() as playwright:
        page = open_page(playwright, f"http://127.0.0.1:{server.server_port}/demo/draw/index.html")
        for name in wanted(page.evaluate("names"), options.names):
            kind = name.split("-")[0]
            width, height = SIZES.get(kind, (1200, 900))
            size = {"width": width, "height": height, "samples": options.samples}
            if options.draft:
                size = {"width": width // 2, "height": height // 2, "samples": 10}
            data = page.evaluate("([name, size]) => draw(name, size)", [name, size])
            picture = Image.open(io.BytesIO(base64.b64decode(data.split(",")[1]))).convert("RGB")
            save(picture, options.to / f"{name}.webp", BYTES.get(kind, PRODUCT_BYTES))
            print(name, flush=True)


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="pictures to make, or the beginnings of their names")
    parser.add_argument("--draft", action="store_true")
    parser.add_argument("--samples", type=int, default=40)
    parser.add_argument("--to", type=Path, default=PICTURES)
    return parser.parse_args()


def wanted(names, beginnings):
    return [name for name in names if not beginnings or name.startswith(tuple(beginnings))]


def install_three():
    if not (TOOLS / "node_modules" / "three").exists():
        subprocess.run([shutil.which("npm"), "install", "--prefix", TOOLS, THREE], check=True)


def serve(folder):
    handler = functools.partial(QuietHandler, directory=folder)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def open_page(playwright, address):
    browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM"), args=CHROMIUM)
    page = browser.new_page()
    page.on("console", lambda message: message.type == "error" and print(message.text))
    page.on("pageerror", lambda error: print(error))
    page.goto(address)
    page.wait_for_function("() => Boolean(window.draw)")
    return page


def save(picture, path, limit):
    """Writes WebP at the best quality that stays below `limit` bytes."""
    for quality in range(88, 40, -4):
        picture.save(path, "WEBP", quality=quality, method=6)
        if path.stat().st_size <= limit:
            return


if __name__ == "__main__":
    main()
