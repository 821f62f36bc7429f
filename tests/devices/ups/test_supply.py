"""The power supply on a real upsd with NUT's simulated supply: mains fail, battery runs low, mains return."""

import socket
import threading
from pathlib import Path

import pytest

from devices.messages import Command, Completion
from devices.status import Action, CompletionCode, DeviceClass, DeviceState
from devices.ups.nut_driver import make
from devices.ups.supply import SupplyStatus, read_status
from devices.ups.types import Charge
from kiosk.base.errors import BudayangError, Problem
from tests.devices.scenes import Heard, completion_of
from tests.devices.ups.nut_server import nut_server
from tests.devices.ups.scenes import supply_scene


@pytest.mark.xdist_group("upsd")
def test_a_power_cut_is_told_from_the_first_second_to_the_recovery(short_tmp: Path) -> None:
    with nut_server(short_tmp) as server, supply_scene(server) as scene:
        assert scene.supply.status() == SupplyStatus(True, False, False, False)
        server.set("ups.status", "OB DISCHRG")
        status = scene.statuses.wait_for(lambda status: status.reason == "ups.on_battery")
        assert (status.state, status.action) == (DeviceState.ONLINE, Action.SUSPEND)
        server.set("ups.status", "OB LB")
        scene.statuses.wait_for(lambda status: status.reason == "ups.battery_low")
        assert scene.supply.status() == SupplyStatus(True, True, True, False)
        server.set("ups.status", "OL CHRG")
        recovered = SupplyStatus(True, False, False, True)
        scene.statuses.wait_for(lambda status: read_status(status) == recovered)
        charge = Heard()
        scene.supply.read_charge("charge", charge.add)
        assert charge.wait_for(lambda _: True) == Charge(87, 1320)
        heard = Heard()
        scene.supervisor.submit(DeviceClass.UPS, Command("move", "move", 1.0), heard.add)
        assert completion_of(heard).code is CompletionCode.UNSUPPORTED_COMMAND


@pytest.mark.parametrize(
    "settings", [{}, {"ups": ""}, {"ups": "a b"}, {"ups": "名"}, {"ups": "a\n"}, {"ups": "hall", "port": 1}]
)
def test_a_wrong_setting_is_refused(settings: dict[str, object]) -> None:
    with pytest.raises(BudayangError, match=r"device\.configuration"):
        make(settings)


class _Running:
    """An `Execution` that nobody cancels."""

    action_id = "charge"

    def is_cancelled(self) -> bool:
        return False

    def emit(self, name: str, payload: bytes = b"") -> None:
        raise AssertionError(name)


def test_what_a_supply_cannot_tell_is_none_and_another_supplys_answer_is_skipped() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            end, _ = listener.accept()
            with end, end.makefile("rwb") as file:
                file.readline()
                file.write(b'VAR other battery.charge "1"\nVAR hall ups.status "OL"\nERR VAR-NOT-SUPPORTED\n')
                file.flush()
                file.readline()
                file.write(b'VAR hall battery.runtime "full of hope"\n')
                file.flush()
                file.readline()

        thread = threading.Thread(target=serve)
        thread.start()
        driver = make({"ups": "hall", "tcp_port": listener.getsockname()[1]})
        completion = driver.execute(Command("charge", "readCharge", 1.0), _Running())
        driver.close()
        driver.close()
        thread.join(2)
    assert completion == Completion("charge", CompletionCode.SUCCESS, payload=completion.payload)
    assert completion.payload == b"\x82\xa7percent\xc0\xa9runtime_s\xc0"


@pytest.mark.parametrize(
    ("code", "action"),
    [
        ("UNKNOWN-UPS", Action.CONFIGURATION),
        ("ACCESS-DENIED", Action.CONFIGURATION),
        ("DATA-STALE", Action.MAINTENANCE),
        ("DRIVER-NOT-CONNECTED", Action.MAINTENANCE),
    ],
)
def test_who_can_mend_what_upsd_refuses(code: str, action: Action) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            end, _ = listener.accept()
            with end, end.makefile("rwb") as file:
                while file.readline():
                    file.write(f"ERR {code}\n".encode())
                    file.flush()

        thread = threading.Thread(target=serve)
        thread.start()
        driver = make({"ups": "hall", "tcp_port": listener.getsockname()[1]})
        status = [driver.open(), driver.status(), driver.status()][-1]
        driver.close()
        thread.join(2)
    assert status.action is action


def test_an_upsd_that_is_not_there_is_a_problem_with_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    driver = make({"ups": "hall", "tcp_port": port})  # nobody listens there any more
    completion = driver.execute(Command("charge", "readCharge", 1.0), _Running())
    assert (completion.code, Problem(completion.reason or "")) == (
        CompletionCode.DEVICE_NOT_READY,
        Problem("ups.gone"),
    )
