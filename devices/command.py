"""``main.py devices``: what a technician does with devices, configured, connected or described by a file."""

import sys
from collections.abc import Sequence
from pathlib import Path

DEFAULT_CONFIG = Path("/etc/budayang/terminal.yaml")

USAGE = """\
用法 usage: main.py devices list [--config FILE] [--json]    已配置的设备和现状 the configured devices and their status
            main.py devices watch [--config FILE] [--for SECONDS] [--json]
                                                             状态变化一行一条 one line for each change of a status
            main.py devices probe [--talk] [--port PATH] [--write FILE] [--json]
                                                             找出接着的设备并提出配置 finds devices, proposes a configuration
            main.py devices diagnose [--config FILE] --out FILE.tar.gz
                                                             诊断包，没有办事人信息 a bundle without personal data
            main.py devices check FILE                       检查设备描述文件 checks a description of a device
            main.py devices record PORT FILE [DESCRIPTION]   记录串口对话 records a serial conversation
            main.py devices play FILE                        按记录应答 answers as recorded

每条命令都有 --help；配置文件默认 /etc/budayang/terminal.yaml。Commands have --help; that file is the default configuration.
怎样写描述文件：docs/described-devices.md。How to write a description: the same page.
"""


def main(argv: Sequence[str]) -> int:
    """Runs one of them; returns 0, 1 when a device, port or file fails, 2 for a wrong call or a wrong file."""
    name, rest = (argv[0], list(argv[1:])) if argv else ("", [])
    if name == "list":
        from devices.inspection.listing import main as list_devices

        return list_devices(rest, DEFAULT_CONFIG)
    if name == "watch":
        from devices.inspection.watching import main as watch

        return watch(rest, DEFAULT_CONFIG)
    if name == "probe":
        from devices.probing.command import main as probe

        return probe(rest)
    if name == "diagnose":
        from devices.diagnosis.command import main as diagnose

        return diagnose(rest, DEFAULT_CONFIG)
    if name == "check":
        from devices.described.command import main as check

        return check(argv)
    if name in ("record", "play"):
        from devices.recorder.command import main as recorder

        return recorder(argv)
    is_help = name in ("-h", "--help")
    (sys.stdout if is_help else sys.stderr).write(USAGE)
    return 0 if is_help else 2
