"""The terminal is killed (SIGKILL): no host stays behind and keeps the port."""

import os
import signal
import subprocess
import sys

import psutil

from devices.id_card_reader.serial_driver import make
from devices.status import DeviceState
from tests.devices.scenes import PATIENCE_S, QUICK, line_of

TERMINAL = """
import sys, time
from devices.status import DeviceClass, DeviceState
from devices.supervisor import Supervisor

def told(device, status):
    if status.state is DeviceState.ONLINE:
        print(supervisor.pids()[device], flush=True)

supervisor = Supervisor({DeviceClass.ID_CARD_READER: {"driver": "serial", "port": sys.argv[1]}}, told)
supervisor.start()
time.sleep(60)
"""


def test_its_host_is_gone_and_the_port_free() -> None:
    with line_of() as emulator:
        terminal = subprocess.Popen([sys.executable, "-c", TERMINAL, emulator.port], stdout=subprocess.PIPE, text=True)
        try:
            assert terminal.stdout is not None
            host = psutil.Process(int(terminal.stdout.readline()))
            assert host.is_running()
        finally:
            os.kill(terminal.pid, signal.SIGKILL)
            terminal.wait(PATIENCE_S)
            if terminal.stdout is not None:
                terminal.stdout.close()
        host.wait(PATIENCE_S)
        driver = make({"port": emulator.port, "times": QUICK})
        try:
            assert driver.open().state is DeviceState.ONLINE
        finally:
            driver.close()
