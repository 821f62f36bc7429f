"""The driver against the emulator's wires."""

import io
import time

import msgspec
import pytest
import zxingcpp
from PIL import Image, ImageChops

from devices.emulators.receipt_printer import ReceiptPrinterEmulator
from devices.messages import Command
from devices.receipt_printer.escpos_driver import make
from devices.receipt_printer.types import PRINT, Align, Line, Outcome, Style
from devices.status import CompletionCode, DeviceState, Paper
from kiosk.base.errors import BudayangError
from tests.devices.receipt_printer.slips import (
    LONG,
    SHORT,
    Stage,
    command,
    in_background,
    print_slip,
    result_of,
    stage,
    wait_until,
)


def picture(emulator: ReceiptPrinterEmulator) -> Image.Image:
    png = emulator.last_receipt_png()
    assert png is not None
    return Image.open(io.BytesIO(png)).convert("L")


@pytest.mark.parametrize("wire", ["serial", "tcp", "usb"])
def test_a_slip_is_printed_and_cut_once(wire: str) -> None:
    with stage(wire=wire) as (emulator, driver):
        status = driver.open()
        assert (status.state, status.paper, status.cover_open) == (DeviceState.ONLINE, Paper.FULL, False)
        assert print_slip(driver, "j-1").outcome is Outcome.PRINTED
        assert print_slip(driver, "j-2").outcome is Outcome.PRINTED
        state = emulator.state()
        assert state["cuts_by_job"] == [1, 1]
        assert state["unknown"] == 0
        assert state["buffered"] == 0


def test_a_cancelled_slip_ends_within_the_hosts_grace_though_the_line_is_blocked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def take_nothing(_: object, data: bytes, within_s: float) -> int:
        time.sleep(within_s if data else 0)
        return 0

    with stage(paced=True, mm_per_s=120.0) as (emulator, driver):
        driver.open()
        held = Stage()
        with in_background(lambda: driver.execute(command("j-1", LONG), held)) as result:
            wait_until(lambda: int(str(emulator.state()["lines"])) >= 2)
            monkeypatch.setattr(type(driver._wire), "send_some", take_nothing)  # the line is held: DTR or XOFF
            held.cancelled.set()
            began = time.monotonic()
            assert result_of(result()).outcome is Outcome.UNKNOWN
            assert time.monotonic() - began < 1.5


def test_text_mode_and_dots_put_the_same_slip_on_paper() -> None:
    lines = (*SHORT, Line("下一步：请到窗口，带好 ID card 与材料。"), Line("小字说明", Style.SMALL, Align.CENTRE))
    pictures = []
    for chinese_font in (True, False):
        with stage(wire="tcp", chinese_font=chinese_font) as (emulator, driver):
            assert print_slip(driver, "j-1", lines).outcome is Outcome.PRINTED
            pictures.append(picture(emulator))
    assert pictures[0].size == pictures[1].size
    assert pictures[0].width == 576
    black = pictures[0].histogram()[0]
    assert black > 5000
    difference = ImageChops.difference(*pictures).histogram()[255]
    assert difference < black * 0.02


def test_a_rare_name_is_on_the_paper() -> None:
    pictures = []
    for name in ("𠮷*", "  *"):
        with stage() as (emulator, driver):
            assert print_slip(driver, "j-1", (Line("姓名", right=name),)).outcome is Outcome.PRINTED
            pictures.append(picture(emulator))
    right = (576 - 36, 0, 576 - 12, pictures[0].height)
    assert pictures[0].crop(right).histogram()[0] > 60
    assert pictures[1].crop(right).histogram()[0] == 0


def test_the_code_on_the_slip_can_be_read() -> None:
    content = "BDY1:GZ-LH-0001:0007:K:7QJX:" + "A1b2" * 40
    with stage() as (emulator, driver):
        assert print_slip(driver, "j-1", (Line("扫码核对"), Line(content, Style.QR))).outcome is Outcome.PRINTED
        codes = zxingcpp.read_barcodes(picture(emulator))
    assert [code.text for code in codes] == [content]


def test_a_plain_slip_takes_less_than_a_second_at_115200_baud() -> None:
    with stage(paced=True) as (_, driver):
        driver.open()
        print_slip(driver, "warm", (Line("一"),))
        started = time.monotonic()
        assert print_slip(driver, "j-1").outcome is Outcome.PRINTED
        assert time.monotonic() - started < 1.0


def test_a_repeated_job_is_refused_also_after_a_reconnect() -> None:
    with stage() as (emulator, driver):
        assert print_slip(driver, "j-1").outcome is Outcome.PRINTED
        driver.close()
        driver.close()
        driver.open()
        completion = driver.execute(command("j-1"), Stage())
        assert completion.code is CompletionCode.INVALID_REQUEST_ID
        assert result_of(completion).reason == "receipt_printer.repeated_job"
        assert emulator.state()["cuts"] == 1


def test_a_cancelled_slip_stops_and_its_fragment_is_cut_off() -> None:
    with stage(paced=True, mm_per_s=40.0) as (emulator, driver):
        driver.open()
        held = Stage()
        with in_background(lambda: result_of(driver.execute(command("j-1", LONG), held))) as result:
            wait_until(lambda: emulator.state()["lines"] != 0)
            held.cancelled.set()
            assert result().outcome is Outcome.UNKNOWN
            assert result().reason == "receipt_printer.cancelled"
        wait_until(lambda: emulator.state()["cuts_by_job"] == [1])
        assert int(str(emulator.state()["lines"])) < len(LONG)


def test_a_job_cancelled_before_it_began_is_not_printed() -> None:
    with stage() as (emulator, driver):
        held = Stage()
        held.cancelled.set()
        completion = driver.execute(command("j-1"), held)
        assert completion.code is CompletionCode.CANCELED
        assert result_of(completion).outcome is Outcome.NOT_PRINTED
        assert emulator.state()["bytes"] == 0


def test_a_printer_without_in_order_replies_prints_on_a_clean_status() -> None:
    with stage(in_order_reply=False, settle_s=0.1) as (emulator, driver):
        assert print_slip(driver, "j-1", LONG).outcome is Outcome.PRINTED
        assert emulator.state()["cuts_by_job"] == [1]


def test_a_character_that_cannot_be_drawn_is_refused_in_words() -> None:
    with stage() as (emulator, driver):
        completion = driver.execute(command("j-1", (Line("名\u0378"),)), Stage())
        assert completion.code is CompletionCode.UNSUPPORTED_DATA
        assert result_of(completion).outcome is Outcome.NOT_PRINTED
        assert emulator.state()["receipts"] == 0


def test_other_commands_and_broken_jobs_are_refused() -> None:
    with stage() as (_, driver):
        assert driver.execute(Command("a", "dispense", 1.0), Stage()).code is CompletionCode.UNSUPPORTED_COMMAND
        broken = driver.execute(Command("a", PRINT, 1.0, b"\xc1"), Stage())
        assert broken.code is CompletionCode.INVALID_DATA
        assert result_of(broken).outcome is Outcome.NOT_PRINTED


def test_the_second_opener_of_a_line_is_refused() -> None:
    with stage() as (emulator, driver):
        assert driver.open().state is DeviceState.ONLINE
        other = make({"port": emulator.port})
        assert other.open().state is DeviceState.POWER_OFF
        other.close()
        assert driver.status().state is DeviceState.ONLINE


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"port": "/dev/x", "host": "10.0.0.1"},
        {"port": 7},
        {"port": "/dev/x", "colour": True},
        {"host": "10.0.0.1", "tcp_port": "9100"},
        {"usb_vendor": "04b8"},
        {"usb_vendor": "04b8", "usb_product": "e28"},
        {"usb_vendor": 1208, "usb_product": 3624},
        {"usb_serial": "A1", "port": "/dev/x"},
        {"path": "/dev/usb/lp0", "port": "/dev/x"},
    ],
)
def test_wrong_settings_are_refused(settings: dict[str, object]) -> None:
    with pytest.raises(BudayangError, match=r"receipt_printer\.bad_settings"):
        make(settings)


def test_nothing_personal_shows_in_a_repr() -> None:
    job = msgspec.msgpack.encode({"job_id": "j", "lines": [{"text": "张三"}]})
    assert "张三" not in repr(Line("张三"))
    assert "张三".encode() in job
