"""The configuration that findings propose: a ``devices:`` section as YAML with the reason behind every line.

Policy: what has said itself what it is goes before what only looks like it; among equals the first found. No wire is used twice.
Of several cameras the second becomes the face camera when none is named like one. Whatever else would fit a class stands
below as a comment, so that the technician chooses and nothing is hidden.
"""

from collections.abc import Iterable, Sequence

import msgspec
import yaml

from devices.probing.findings import Finding, Reason, Scalar
from devices.status import DeviceClass
from kiosk.base.device_tables import DEVICES
from kiosk.base.device_wires import shared_wires
from kiosk.base.sentences import sentence

_HEAD = "probe.proposal_head"


class Proposal(msgspec.Struct, frozen=True):
    """`chosen` by class, in the configuration's order; `others` would fit a class too."""

    chosen: dict[DeviceClass, Finding]
    others: tuple[Finding, ...]


def propose(findings: Iterable[Finding]) -> Proposal:
    """Chooses among the findings that name a class. One that another program holds may be proposed: it is in use for a reason."""
    usable = sorted((found for found in findings if found.device is not None), key=lambda found: not found.is_certain)
    chosen: dict[DeviceClass, Finding] = {}
    others: list[Finding] = []
    for found in usable:
        for device in _classes(found):
            if device not in chosen and not _shares(chosen, device, found):
                chosen[device] = found
                break
        else:
            others.append(found)
    order = [DeviceClass(name) for name in DEVICES if name in set(DeviceClass)]
    return Proposal({device: chosen[device] for device in order if device in chosen}, tuple(others))


def _classes(found: Finding) -> Sequence[DeviceClass]:
    assert found.device is not None
    cameras = (DeviceClass.DOCUMENT_CAMERA, DeviceClass.FACE_CAMERA)
    if found.device not in cameras:
        return (found.device,)
    return sorted(cameras, key=lambda device: device is not found.device)


def _shares(chosen: dict[DeviceClass, Finding], device: DeviceClass, found: Finding) -> bool:
    wires = {known.value: dict(other.settings) for known, other in chosen.items()}
    return any(True for _ in shared_wires({**wires, device.value: dict(found.settings)}))


def as_yaml(proposal: Proposal) -> str:
    """The section's text; ends with a line break."""
    lines = [f"# {both(Reason(_HEAD))}"]
    lines.append("devices:" if proposal.chosen else f"devices: {{}}  # {both(Reason('probe.proposal_empty'))}")
    for device, found in proposal.chosen.items():
        lines += _section(device, found, "")
    if proposal.others:
        lines.append(f"  # {both(Reason('probe.proposal_others'))}")
    for found in proposal.others:
        assert found.device is not None
        lines += _section(found.device, found, "  # ")
    return "\n".join(lines) + "\n"


def _section(device: DeviceClass, found: Finding, mark: str) -> list[str]:
    indent = mark or "  "
    lines = [f"{indent}# {both(note)}" for note in found.notes]
    lines.append(f"{indent}{device.value}:  # {_what(found)}")
    for key, value in {"driver": found.driver, **found.settings}.items():
        lines.append(f"{indent}  {key}: {_scalar(value)}  # {both(found.why.get(key, Reason('probe.why_unknown')))}")
    return lines


def _what(found: Finding) -> str:
    return " ".join(f"{found.name} @ {found.place}".split())


def both(reason: Reason) -> str:
    """A reason in Chinese and English, on one line."""
    told = (sentence(reason.key, language, **reason.values) for language in ("zh_CN", "en"))
    return " ".join(" ".join(told).split())


def _scalar(value: Scalar) -> str:
    """As YAML writes it, so that a device's own words cannot change the structure."""
    if isinstance(value, str):
        text: str = yaml.safe_dump(value, allow_unicode=True, width=10_000, default_style='"')
    else:
        text = yaml.safe_dump(value)
    return text.removesuffix("...\n").strip()
