"""The document camera and the face camera (MJPEG over HTTP): one emulator, twice."""

from screens.panel.boards.board import Board, Group, Level, Row, Sign, Switch, lasting, pick


def _board(name: str) -> Board:
    return Board(
        name,
        Group.PICTURES,
        rows=(
            pick(name, "lamp", "has_light", {"light_works": True, "light_breaks": False}),
            Row("power", (Switch(name, "revive"), Switch(name, "die", mark=("mode", "dead")))),
        ),
        faults=(
            lasting(name, "normal", "stall", "repeat", "old", "truncate", "garbage", title="frames", path="mode"),
        ),
        signs=(
            Sign("mode", "dead", Level.STOPPED, "dead"),
            *(
                Sign("mode", mode, Level.LATER, mode)
                for mode in ("stall", "repeat", "old", "truncate", "garbage")
            ),
            Sign("has_light", False, Level.LATER, "light_broken"),
            Sign("streams", 0, Level.QUIET, "unwatched"),
        ),
        counters=("frames", "streams", "light"),
    )  # fmt: skip


DOCUMENT_CAMERA = _board("document_camera")
FACE_CAMERA = _board("face_camera")
