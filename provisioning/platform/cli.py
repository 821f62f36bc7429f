"""``python main.py platform``: the reference central platform as a command."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from kiosk.base.errors import BudayangError
from kiosk.base.logs import private_umask, start_logging
from kiosk.base.sentences import sentence_of
from provisioning.platform.settings import PlatformSettings


def main(argv: Sequence[str] | None = None) -> int:
    """Serves until a signal. Returns 0, or 2 when settings, database or address are refused, in words."""
    arguments = _parser().parse_args(argv)
    parent_id = os.getppid()
    if arguments.die_with_parent:
        from provisioning.platform.parent import die_with_parent

        if not die_with_parent(parent_id):
            return 0
    settings = PlatformSettings(
        database_url=arguments.database_url,
        data_dir=arguments.data_dir,
        host=arguments.host,
        port=arguments.port,
        tls_certificate=arguments.tls_cert,
        tls_key=arguments.tls_key,
        client_ca=arguments.client_ca,
        demo=arguments.demo,
        demo_seed=arguments.demo_seed,
        demo_citizens=arguments.demo_citizens,
    )
    private_umask()
    try:
        settings.check()  # before the slow imports: a refusal comes at once
        from provisioning.platform.server import serve

        with start_logging("platform", None):
            serve(settings, arguments.ready_fd)
    except BudayangError as error:
        for language in ("zh_CN", "en"):
            print(sentence_of(error.problem, language), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 0
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="main.py platform", description="the reference central platform")
    parser.add_argument("--database-url", help="SQLAlchemy URL of SQLite or PostgreSQL; default: SQLite in --data-dir")
    parser.add_argument("--data-dir", type=Path, default=Path("build/platform"))
    parser.add_argument("--host", default="127.0.0.1", help="anything but loopback needs TLS")
    parser.add_argument("--port", type=int, default=0, help="0: chosen by the kernel and printed")
    parser.add_argument("--tls-cert", type=Path)
    parser.add_argument("--tls-key", type=Path)
    parser.add_argument("--client-ca", type=Path, help="CA of the terminals' certificates")
    parser.add_argument("--demo", action="store_true", help="invented citizens; codes listed at /demo/codes")
    parser.add_argument("--demo-seed", type=int, default=PlatformSettings.demo_seed)
    parser.add_argument("--demo-citizens", type=int, default=PlatformSettings.demo_citizens)
    parser.add_argument("--ready-fd", type=int, help="file descriptor that gets the port once requests are answered")
    parser.add_argument("--die-with-parent", action="store_true")
    return parser


if __name__ == "__main__":
    sys.exit(main())
