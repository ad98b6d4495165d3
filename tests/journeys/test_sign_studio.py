"""The studio with a real browser and a fake camera: record, review, play, withdraw; troubles."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.settings import Settings
from tests.support.browser import FAKE_CAMERA, FLAGS, Kiosk, chromium, running, tap, violations
from tests.support.clips import COLOURS, footage
from tests.support.signing import colour_seen, front

pytestmark = pytest.mark.browser
PASSWORD = "quiet-lobby-2026"
ASK = "screen.menu"


def mjpeg(folder: Path, colour: str) -> Path:
    """What the fake camera sees: one colour, for as long as it is open."""
    target = folder / f"{colour}.mjpeg"
    wall = footage(folder / "wall.mp4", colour, 1, "640x360")
    command = ["ffmpeg", "-v", "error", "-y", "-i", str(wall), "-c:v", "mjpeg", "-q:v", "3"]
    subprocess.run([*command, str(target)], check=True)
    return target


@pytest.fixture(scope="module")
def studio_browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A Chromium whose camera is a green wall."""
    wall = mjpeg(tmp_path_factory.mktemp("camera"), "green")
    with chromium(*FAKE_CAMERA, f"--use-file-for-fake-video-capture={wall}") as opened:
        yield opened


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[Kiosk]:
    with running(Settings(data=tmp_path / "data", sound="page")) as one:
        staff = one.parts.queue.staff
        for name, shown in (("su", "苏静"), ("lin", "林红")):
            staff.add(name, shown, "sign_officer", PASSWORD, must_change=False)
        yield one


def signed_in(browser: Browser, kiosk: Kiosk, name: str) -> Page:
    page = browser.new_context(viewport={"width": 1600, "height": 1000}).new_page()
    page.goto(f"{kiosk.where}/studio")
    page.fill('[name="username"]', name)
    page.fill('[name="password"]', PASSWORD)
    page.click("main .btn-main")
    page.wait_for_url("**/studio")
    return page


def consent(page: Page, kiosk: Kiosk) -> None:
    page.goto(f"{kiosk.where}/studio/consent")
    page.check('[name="agreed"]')
    page.click("main .btn-main")
    page.wait_for_url("**/studio")


def record(page: Page, kiosk: Kiosk, seconds: float = 1.2) -> None:
    page.goto(f"{kiosk.where}/studio/prompts/{ASK}")
    page.click('[data-do="open"]')
    page.click('[data-do="record"]')
    page.locator('[data-do="stop"]').wait_for()
    page.wait_for_timeout(int(seconds * 1000))
    page.click('[data-do="stop"]')
    page.locator('[data-do="send"]').wait_for()


def test_from_the_camera_to_the_customer(studio_browser: Browser, kiosk: Kiosk) -> None:
    # Given a signer who agrees to be shown, and records
    su = signed_in(studio_browser, kiosk, "su")
    assert violations(su) == []
    consent(su, kiosk)
    record(su, kiosk)
    assert violations(su) == []
    su.click('[data-do="send"]')
    # When the take has become a clip, the signer sends it for review
    su.get_by_role("button", name="我看过了，送审").click()
    expect(su.locator(".clip h3")).to_have_text("待审核")
    # Then they can't approve it themselves, not even by a forged form
    expect(su.locator(".clip")).to_contain_text("要由另一位同事审核")
    clip = su.locator("[data-clip]").get_attribute("data-clip")
    token = su.locator('[name="csrf_token"]').first.input_value()
    answer = su.request.post(
        f"{kiosk.where}/studio/clips/{clip}/approve",
        form={"csrf_token": token},
        headers={"Referer": su.url},
    )
    assert (answer.status, "不能审自己的" in answer.text()) == (422, True)
    # And a second person can, beside the text
    lin = signed_in(studio_browser, kiosk, "lin")
    lin.goto(f"{kiosk.where}/studio?state=in_review")
    lin.click(".messages a")
    expect(lin.locator(".side-text")).to_have_text("您今天想办什么？")
    assert colour_seen(lin, ".clip-video") == "green"
    assert violations(lin) == []
    lin.get_by_role("button", name="审核通过").click()
    expect(lin.locator(".clip h3")).to_have_text("可用")
    # Then the kiosk plays exactly this clip
    customer = studio_browser.new_context(has_touch=True).new_page()
    customer.goto(kiosk.where)
    tap(customer, "sign")
    assert front(customer)["clip"] == clip
    assert colour_seen(customer) == "green"
    # Until its signer withdraws: then it is gone, and that is written down
    su.goto(f"{kiosk.where}/studio/consent")
    su.click("summary")
    su.get_by_role("button", name="撤回，并删掉").click()
    expect(su.locator(".erased li")).to_have_count(4)
    expect(su.locator(".erased li").first).to_contain_text("已删，已核对")
    assert not list((kiosk.parts.settings.sign / "packs/csl/media").iterdir())
    trail = [row.what for row in kiosk.parts.queue.audit.rows(limit=100)]
    assert trail.count("sign.media_deleted") == 4
    assert kiosk.parts.queue.audit.verify() is None
    customer.reload()
    expect(customer.locator(".signer-missing")).to_contain_text("还没有录成手语")


def test_a_camera_that_is_lost_keeps_what_was_recorded(
    studio_browser: Browser, kiosk: Kiosk
) -> None:
    page = signed_in(studio_browser, kiosk, "su")
    consent(page, kiosk)
    page.goto(f"{kiosk.where}/studio/prompts/{ASK}")
    page.click('[data-do="open"]')
    page.click('[data-do="record"]')
    page.locator('[data-do="stop"]').wait_for()
    # On a busy machine the first pictures of a recording are late.
    page.wait_for_timeout(2500)
    # A stopped track doesn't say so itself; a camera that is pulled out does.
    page.evaluate(
        """() => { const [track] = document.querySelector('.camera').srcObject.getVideoTracks();
                   track.stop(); track.dispatchEvent(new Event('ended')); }"""
    )
    expect(page.locator("#record .said")).to_contain_text("摄像头断开了")
    page.locator('[data-do="send"]').wait_for()
    # Then a server that can't be reached loses nothing either
    page.route("**/footage*", lambda route: route.abort())
    page.click('[data-do="send"]')
    expect(page.locator("#record .said")).to_contain_text("没有存上")
    page.unroute("**/footage*")
    page.click('[data-do="send"]')
    expect(page.locator(".clip h3")).to_have_text("草稿", timeout=60_000)


def test_no_camera_is_said_and_a_file_does_as_well(
    studio_browser: Browser, kiosk: Kiosk, tmp_path: Path
) -> None:
    launch = studio_browser.browser_type.launch
    bare = launch(executable_path="/usr/bin/chromium", args=FLAGS)
    page = signed_in(bare, kiosk, "su")
    consent(page, kiosk)
    page.goto(f"{kiosk.where}/studio/prompts/{ASK}")
    page.click('[data-do="open"]')
    expect(page.locator("#record .said")).to_contain_text("摄像头")
    # Given a file that is no film
    page.click("summary:has-text('上传')")
    bad = tmp_path / "bad.mp4"
    bad.write_bytes(b"no film at all" * 100)
    page.set_input_files('[name="file"]', bad)
    page.click("#upload .btn-main")
    expect(page.locator("#under .wrong")).to_contain_text("没有能用的画面")
    page.click("#under button")
    empty = tmp_path / "empty.mp4"
    empty.touch()
    page.click("summary:has-text('上传')")
    page.set_input_files('[name="file"]', empty)
    page.click("#upload .btn-main")
    expect(page.locator("#trouble")).to_contain_text("文件是空的")
    assert violations(page) == []
    # When it is a film, it becomes a clip
    page.set_input_files('[name="file"]', footage(tmp_path / "good.mp4", "purple"))
    page.click("#upload .btn-main")
    expect(page.locator(".clip h3")).to_have_text("草稿", timeout=60_000)
    assert colour_seen(page, ".clip-video") == "purple"
    assert "purple" in COLOURS
    with page.expect_download() as download:
        page.get_by_role("link", name="下载").click()
    assert download.value.suggested_filename.startswith(ASK)
    bare.close()


def test_the_studio_is_for_those_who_sign(studio_browser: Browser, kiosk: Kiosk) -> None:
    kiosk.parts.queue.staff.add("zhang", "张敏", "lobby", PASSWORD, must_change=False)
    page = studio_browser.new_page()
    page.goto(f"{kiosk.where}/studio")
    page.fill('[name="username"]', "zhang")
    page.fill('[name="password"]', PASSWORD)
    page.click("main .btn-main")
    expect(page.locator("#trouble")).to_contain_text("您的岗位不能做这件事")
    page.goto(f"{kiosk.where}/staff")
    expect(page.locator(".places")).not_to_contain_text("手语录制")
