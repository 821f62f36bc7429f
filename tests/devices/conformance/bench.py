"""What a bench is: everything that the conformance suite must know of one driver, and nothing that a clause could decide itself.

A bench per row of `devices.drivers.BUILT_IN`. It says how the driver's real counterpart is started and broken, and which clauses
cannot apply to it, each with its reason: such pairs of clause and driver are not made at all, and `test_table.py` lists them.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from types import MappingProxyType
from typing import Any

from devices.status import CompletionCode, DeviceClass

Asked = tuple[str, bytes]
"""A command's name and its payload."""


class Clause(str, Enum):
    """The clauses of the suite; the value is the name of the test without ``test_``."""

    SETTINGS = "wrong_settings_are_refused_with_a_sentence"
    TWICE = "one_port_has_one_driver"
    CLOSE_TWICE = "it_is_closed_twice_and_opened_again"
    THREE_MISSES = "it_is_gone_after_three_misses_and_not_before"
    CAPABILITIES = "its_capabilities_are_honest"
    BUSY = "a_second_command_waits_its_turn"
    CANCEL = "a_cancelled_command_ends_at_once"
    UNPLUG = "unplugged_in_mid_command_it_says_so_and_comes_back"
    SILENCE = "silence_costs_the_command_alone"
    GARBAGE = "garbage_costs_the_command_alone"
    SLOW = "a_slow_device_is_waited_for"
    LOGGED_ONCE = "a_loss_is_logged_once_and_the_recovery_once"
    HOST_KILLED = "a_killed_host_is_replaced_and_its_action_not_repeated"
    HOST_STOPPED = "a_stopped_host_is_replaced"
    PARENT_KILLED = "the_host_of_a_killed_terminal_is_gone_and_the_port_free"
    GRACEFUL_STOP = "it_stops_within_two_seconds"


@dataclass
class Rig:
    """The standing counterpart of one driver. All actions have taken effect when they return.

    Attributes:
        settings: of the driver, with waits that suit a test.
        long: a command that goes on until something ends it; what it needs is arranged by the call.
        has_begun: waits until that command is at work on the wire.
        quick: a command that succeeds on a device that is well, within the context.
        samples: for each command that the capabilities name, a payload that the device could carry out.
        sample_s: the time that a sample is given.
        mend: everything is well again; also ends what `long` has arranged.
        unplug, silence, garble, slow: faults that last until `mend`. ``None`` where the bench is exempt from the clause.
        silence_may_cost_host: the driver's library may not come back from it, for which the host ends.
        lose: how the device vanishes while idle, where that is neither `silence` nor `unplug`.
        is_there: false where no counterpart can be made; then the device is `powerOff` for good.
        cancelled: how a cancelled long command ends, where it is not `canceled`, with the reason in the bench.
    """

    settings: dict[str, object]
    long: Callable[[], Asked]
    has_begun: Callable[[], None]
    quick: Callable[[], AbstractContextManager[Asked]]
    samples: Mapping[str, bytes]
    mend: Callable[[], None]
    unplug: Callable[[], None] | None = None
    silence: Callable[[], None] | None = None
    garble: Callable[[], None] | None = None
    slow: Callable[[], None] | None = None
    silence_may_cost_host: bool = False
    lose: Callable[[], None] | None = None
    sample_s: float = 0.3
    is_there: bool = True
    cancelled: CompletionCode = CompletionCode.CANCELED


Stand = Callable[[Path], AbstractContextManager[Rig]]


@dataclass(frozen=True)
class Bench:
    """One driver.

    Attributes:
        stand: starts the counterpart; gets a folder of its own with a short path.
        wrong: settings that the driver must refuse, each merged over the good ones; ``None`` as a value takes a key away.
        wire: which of the driver's wires, where it has several with a conduct of their own.
        group: of xdist, where the counterpart is one per machine.
        exempt: clauses that cannot apply, with the reason.
    """

    device: DeviceClass
    driver: str
    stand: Stand
    wrong: tuple[Mapping[str, object], ...]
    wire: str = ""
    group: str | None = None
    exempt: Mapping[Clause, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def name(self) -> str:
        """For the test's id."""
        return ".".join(filter(None, (self.device.value, self.driver, self.wire)))

    @property
    def xdist_group(self) -> str:
        """Tests of one bench share a worker, and so its counterpart and its host."""
        return self.group or f"conformance {self.name}"


def merged(good: Mapping[str, object], wrong: Mapping[str, object]) -> dict[str, object]:
    """Good settings with wrong ones in their place."""
    both = {**good, **wrong}
    return {key: value for key, value in both.items() if value is not None}


def given(name: str, payload: bytes = b"") -> Callable[[], AbstractContextManager[Asked]]:
    """A quick command that needs nothing arranged."""
    return lambda: nullcontext((name, payload))


def packed(**arguments: Any) -> bytes:
    """A payload of a map."""
    import msgspec

    return msgspec.msgpack.encode(arguments)
