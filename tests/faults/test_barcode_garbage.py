"""Stray bytes lie between the codes."""

from devices.barcode_reader.types import BarcodeRead, Symbology
from tests.devices.barcode_reader.scenes import scanner_scene


def test_a_framed_code_is_read_through_garbage() -> None:
    with scanner_scene({"window_s": 0.0}, is_framed=True) as scene:
        for count in (1, 7, 999):
            attempt = scene.lit_scan()
            scene.do("garbage", count=count)
            scene.do("show", code="goods")
            assert attempt.outcome() == BarcodeRead(Symbology.EAN, "6901234567892")
            scene.do("take_away")


def test_garbage_before_an_unframed_code_costs_one_more_showing_and_is_told() -> None:
    """Without frames nobody can tell where the code begins: a wrong number must not be taken for it."""
    with scanner_scene() as scene:
        attempt = scene.lit_scan()
        scene.do("garbage", count=50)
        scene.do("show", code="goods")
        attempt.events.wait_for(lambda event: event.problem.key == "barcode.unreadable")
        scene.do("show", code="goods")
        assert attempt.outcome() == BarcodeRead(Symbology.EAN, "6901234567892")
