"""Sign: first frame, gap between digits, normalising, and a live call, each beside its aim."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Page

from kiosk.content.signed import script
from kiosk.settings import Settings
from kiosk.sign.normalise import normalise
from tests.bench.figures import Figure, quantile, report
from tests.support.browser import Kiosk, chromium, next_customer, running, tap
from tests.support.clips import put_clips

PASSWORD = "quiet-lobby-2026"
FLAGS = (
    "--use-fake-device-for-media-stream=device-count=1,fps=30",
    "--use-fake-ui-for-media-stream",
    "--allow-loopback-in-peer-connection",
)
WALK = ("urgent", "loss_report", "card", "no", "today", "unknown", "self")
HOME = ("bar:help", "leave", "yes")
#: From the page's first paint to the first frame of its clip on the screen (ms).
FIRST_FRAME = """() => new Promise(done => {
  const video = document.querySelector('.signer-video:not(.signer-next)');
  const painted = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
  const told = () => done(Math.max(0, window.firstFrame - painted));
  if (window.firstFrame) told();
  else video.requestVideoFrameCallback((now) => { window.firstFrame ??= now; told(); });
})"""
WATCH = """document.addEventListener('DOMContentLoaded', () => {
  document.querySelector('.signer-video')
    ?.requestVideoFrameCallback((now) => { window.firstFrame = now; });
})"""
CONNECTED = """() => document.querySelector('[data-talk]').dataset.connection === 'connected'"""
FRAMES = "() => document.querySelector('.theirs').getVideoPlaybackQuality().totalVideoFrames"
SEEN = """text => new Promise(done => {
  const draft = document.querySelector('.chat-draft');
  const now = () => performance.timeOrigin + performance.now();
  const look = () => draft.textContent.includes(text) && done(now());
  new MutationObserver(look).observe(draft, {childList: true, characterData: true, subtree: true});
  look();
})"""


def first_frames(page: Page, kiosk: Kiosk, rounds: int) -> list[float]:
    page.add_init_script(WATCH)
    page.goto(kiosk.where)
    tap(page, "sign")
    found = [page.evaluate(FIRST_FRAME)]
    for _ in range(rounds):
        for target in (*WALK, *HOME):
            tap(page, target)
            if page.locator(".signer-video").count():
                found.append(page.evaluate(FIRST_FRAME))
    return found


def gaps(page: Page) -> list[float]:
    """Between the clips of a number of eight signs."""
    page.evaluate(
        """() => {
          const root = document.querySelector('#signer');
          const items = JSON.parse(root.dataset.playlist);
          window.played = items.length;
        }"""
    )
    page.wait_for_function(
        """() => { const gaps = document.querySelector('#signer').dataset.gaps ?? '';
                   return gaps.split(' ').length >= window.played - 1; }""",
        timeout=60_000,
    )
    return [float(gap) for gap in page.get_attribute("#signer", "data-gaps").split()]  # type: ignore[union-attr]


def normalising(folder: Path) -> tuple[float, float]:
    """(seconds of work a second of clip, MB a minute of clip for both codecs)."""
    raw = folder / "raw.mp4"
    # A person's share of motion: a plain wall, and something that moves before it.
    picture = "color=c=0x8899aa:size=1280x720:rate=30:duration=4[wall];"
    picture += "testsrc2=size=420x420:rate=30:duration=4[one];"
    picture += "[wall][one]overlay=x='430+60*sin(5*t)':y='150+40*cos(7*t)'"
    command = ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", picture, "-c:v", "libx264"]
    subprocess.run([*command, "-preset", "veryfast", str(raw)], check=True)
    began = time.perf_counter()
    made = normalise(raw, folder)
    took = time.perf_counter() - began
    seconds = made.duration_ms / 1000
    size = made.mp4.stat().st_size + made.webm.stat().st_size
    return took / seconds, size / 1_000_000 / seconds * 60


def live_call(browser: Browser, kiosk: Kiosk, seconds: float) -> list[Figure]:
    kiosk.parts.queue.staff.add("su", "苏静", "sign_officer", PASSWORD, must_change=False)
    officer = browser.new_context().new_page()
    officer.goto(f"{kiosk.where}/staff")
    officer.fill('[name="username"]', "su")
    officer.fill('[name="password"]', PASSWORD)
    officer.click("main .btn-main")
    officer.wait_for_url("**/staff")
    next_customer(kiosk)
    customer = browser.new_context(has_touch=True).new_page()
    customer.goto(kiosk.where)
    tap(customer, "sign")
    customer.wait_for_timeout(1500)
    customer.locator(".signer-officer").tap()
    customer.wait_for_url("**/call")
    answer = officer.locator("#talks .btn-main")
    answer.wait_for()
    began = time.perf_counter()
    answer.click()
    officer.wait_for_function(CONNECTED)
    customer.wait_for_function(CONNECTED)
    connected = (time.perf_counter() - began) * 1000
    customer.wait_for_timeout(2000)
    before, at = [page.evaluate(FRAMES) for page in (customer, officer)], time.perf_counter()
    customer.wait_for_timeout(seconds * 1000)
    passed = time.perf_counter() - at
    after = [page.evaluate(FRAMES) for page in (customer, officer)]
    rates = [(b - a) / passed for a, b in zip(before, after, strict=True)]
    return [
        Figure("answer pressed to connected on both sides", connected, 1000, "ms"),
        Figure("between frames at the kiosk", 1000 / rates[0], 50, "ms"),
        Figure("between frames at the officer's", 1000 / rates[1], 50, "ms"),
        Figure("a letter typed to seen, p95", letters(officer, customer), 500, "ms"),
    ]


def letters(writer: Page, reader: Page) -> float:
    delays = []
    text = ""
    for letter in "abcdefghijklmnopqrst":
        text += letter
        sent = writer.evaluate(
            """text => {
              const field = document.querySelector('#say');
              field.value = text;
              field.dispatchEvent(new Event('input'));
              return performance.timeOrigin + performance.now();
            }""",
            text,
        )
        delays.append(reader.evaluate(SEEN, text) - sent)
        writer.wait_for_timeout(60)
    return quantile(delays, 0.95)


def main() -> int:
    quick = "--quick" in sys.argv
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder) / "data", sign_test_clips=True, sound="off")
        ratio, size = normalising(Path(folder))
        with running(settings) as kiosk, chromium(*FLAGS) as browser:
            words = script(kiosk.parts.content, "zh-CN")
            put_clips(kiosk.parts.signs.library.store, words.wanted.values(), seconds=0.6)
            page = browser.new_context(has_touch=True).new_page()
            frames = first_frames(page, kiosk, 1 if quick else 4)
            between = gaps(page)
            page.context.close()
            call = live_call(browser, kiosk, 5 if quick else 15)
    return report(
        [
            Figure("page painted to the first frame, p50", quantile(frames, 0.5), 200, "ms"),
            Figure("page painted to the first frame, p95", quantile(frames, 0.95), 200, "ms"),
            Figure("between two clips, p95", quantile(between, 0.95), 40, "ms"),
            Figure("normalising 720p, share of the clip's length", ratio * 100, 100, "%"),
            Figure("disk a minute of clip, both codecs and poster", size, 40, "MB"),
            *call,
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
