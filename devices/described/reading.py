"""Reads a description file into a `Description`; complains of everything at once, each complaint with line and remedy."""

from pathlib import Path

from devices.described.description import Description, Exchange, Handshake, LineSettings, Packet, Shape
from devices.described.reading_fields import FieldReader, read_bytes
from devices.described.reading_frames import read_shape
from devices.described.vocabulary import CLASSES
from kiosk.base.yaml_reading import ConfigError, Section, read_yaml

PROFILES = Path(__file__).parent.parent / "profiles"
_SPEEDS = ("300", "1200", "2400", "4800", "9600", "19200", "38400", "57600", "115200", "230400")


def profile_path(name: str) -> Path:
    """Where a shipped description lies. `name` is its file's name without ``.yaml``."""
    return PROFILES / f"{name}.yaml"


def load_description(path: Path) -> Description:
    """Reads and checks a file. Raises `ConfigError` with every complaint."""
    top = read_yaml(path)
    description = _read(top)
    if top.complaints.found:
        raise ConfigError(top.complaints.found)
    return description


def _by_number(name: str) -> list[tuple[int, str]]:
    """Cell 2 comes before cell 10."""
    return [(int(word), "") if word.isdigit() else (-1, word) for word in name.split(".")]


def _read(top: Section) -> Description:
    device = top.choice("device", CLASSES)
    model = top.text("model", pattern=r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,60}", example="IO-16A")
    line = _read_line(top.section("line", required=False))
    frame = top.section("frame")
    request = read_shape(frame)
    reply = read_shape(top.section("reply_frame")) if "reply_frame" in top else request
    handshake = _read_handshake(top.section("handshake")) if "handshake" in top else None
    fields = FieldReader(device)
    polls = _read_polls(top.section("polls", required=False), fields, request, reply)
    commands_section = top.section("commands", required=False)
    commands = _read_commands(commands_section, fields, request, reply)
    events = _read_packets(top.section("events", required=False), fields, reply)
    refusals = _read_packets(top.section("refusals", required=False), fields, reply, may_complete=True)
    gap_s = top.number("gap_s", 0.01, 2, default=0.1)
    if not polls:
        top.complain("polls", "described.no_poll")
    top.done()
    description = Description(
        device,
        model,
        line,
        request,
        reply,
        commands,
        polls,
        events,
        refusals,
        handshake,
        gap_s,
        tuple(sorted(fields.parts, key=_by_number)),
    )
    _check_codes(top, description)
    _check_until(commands_section, description)
    return description


def _read_line(section: Section) -> LineSettings:
    line = LineSettings(
        baud_rate=int(section.choice("baud_rate", _SPEEDS, default="9600")),
        data_bits=int(section.choice("data_bits", ("7", "8"), default="8")),
        parity=section.choice("parity", ("none", "even", "odd", "mark", "space"), default="none"),
        stop_bits=int(section.choice("stop_bits", ("1", "2"), default="1")),
        flow_control=section.choice("flow_control", ("none", "rtscts", "xonxoff"), default="none"),
    )
    section.done()
    return line


def _read_handshake(section: Section) -> Handshake:
    handshake = Handshake(
        ack=read_bytes(section, "ack", most=4),
        nak=read_bytes(section, "nak", most=4, required=False),
        enquiry=read_bytes(section, "enquiry", most=4, required=False),
    )
    section.done()
    return handshake


def _code(section: Section, shape: Shape, default: bytes | None = None) -> bytes:
    if "code" not in shape.layout:
        return b""
    code = default if default is not None and "code" not in section else read_bytes(section, "code", most=16)
    if code and len(code) != shape.code_size:
        section.complain("code", "described.code_size", size=str(shape.code_size), found=str(len(code)))
    return code


def _read_exchange(
    name: str,
    section: Section,
    fields: FieldReader,
    shapes: tuple[Shape, Shape],
    arguments: str | None,
) -> tuple[Packet, Packet | None]:
    code = _code(section, shapes[0])
    sent = fields.read_request(section.section("fields", required=False), arguments)
    if sum(field.size for field in sent) > shapes[0].longest:
        section.complain("fields", "described.too_long", limit=str(shapes[0].longest))
    request = Packet(name, code, sent)
    if section.choice("answered", ("true", "false"), default="true") == "false":
        return request, None
    reply = section.section("reply", required=False)
    came = Packet(name, _code(reply, shapes[1], code), fields.read_reply(reply.section("fields", required=False)))
    if came.size > shapes[1].longest:
        reply.complain("fields", "described.too_long", limit=str(shapes[1].longest))
    reply.done()
    return request, came


def _read_polls(section: Section, fields: FieldReader, request: Shape, reply: Shape) -> dict[str, Exchange]:
    polls = {}
    for name in section.names:
        poll = section.section(name)
        fields.may_complete = False
        sent, came = _read_exchange(name, poll, fields, (request, reply), None)
        if came is None:
            poll.complain("answered", "described.poll_unanswered")
        polls[name] = Exchange(
            sent,
            came,
            reply_s=poll.number("reply_s", 0.02, 2, default=0.3),
            is_repeatable=True,
            every_s=poll.number("every_s", 0.05, 60, default=0.25),
        )
        poll.done()
    section.done()
    return polls


def _read_commands(section: Section, fields: FieldReader, request: Shape, reply: Shape) -> dict[str, Exchange]:
    known = CLASSES[fields.device].commands
    commands = {}
    for name in section.names:
        command = section.section(name)
        if name not in known:
            section.complain(name, "described.no_such_command", known=", ".join(known))
        fields.may_complete = True
        sent, came = _read_exchange(name, command, fields, (request, reply), name)
        commands[name] = Exchange(
            sent,
            came,
            reply_s=command.number("reply_s", 0.02, 60, default=1),
            is_repeatable=command.flag("repeatable", default=False),
            until=fields.read_effects(command.section("until", required=False), arguments=known.get(name, {})),
            within_s=command.number("within_s", 0.1, 120, default=5),
        )
        command.done()
    section.done()
    return commands


def _read_packets(
    section: Section, fields: FieldReader, shape: Shape, *, may_complete: bool = False
) -> tuple[Packet, ...]:
    packets = []
    for name in section.names:
        packet = section.section(name)
        fields.may_complete = may_complete
        code = _code(packet, shape)
        packets.append(Packet(name, code, fields.read_reply(packet.section("fields", required=False))))
        packet.done()
    if packets and "code" not in shape.layout:
        section.complain("", "described.events_need_code")
    section.done()
    return tuple(packets)


def _check_codes(top: Section, description: Description) -> None:
    """An event's code is no reply's; where only the code tells the end, one code has one width."""
    replies = [x.reply for x in (*description.commands.values(), *description.polls.values()) if x.reply is not None]
    taken = {packet.code for packet in replies}
    for kind, packets in (("events", description.events), ("refusals", description.refusals)):
        for packet in packets:
            if packet.code in taken:
                top.complain(kind, "described.code_twice", code=packet.code.hex(" ").upper(), name=packet.name)
            taken.add(packet.code)
    if description.reply.length is None and not description.reply.end:
        widths: dict[bytes, int] = {}
        for packet in description.packets():
            if widths.setdefault(packet.code, packet.size) != packet.size:
                top.complain("reply_frame" if "reply_frame" in top else "frame", "described.width_unclear")
                return


def _check_until(commands: Section, description: Description) -> None:
    """What a command waits for must be something that a poll or an event can say."""
    told = {key.partition(".")[0] for key in description.parts}
    for name, command in description.commands.items():
        for key in command.until:
            if key != "device" and key.partition(".")[0] not in told:
                commands.complain(name, "described.until_untold", status=key)
