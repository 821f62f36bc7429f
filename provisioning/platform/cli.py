"""``python main.py platform``: the reference central platform as a command."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from kiosk.base.errors import BudayangError
from kiosk.base.logs import private_umask, start_logging
from kiosk.base.sentences import sentence_of
from provisioning.platform.citizens import MOST_INVENTED
from provisioning.platform.settings import PlatformSettings


def main(argv: Sequence[str] | None = None) -> int:
    """Serves until a signal. Returns 0, or 2 when settings, database or address are refused, in words."""
    arguments = _parser().parse_args(argv)
    parent_id = os.getppid()
    if arguments.die_with_parent:
        from kiosk.base.confinement import end_with_parent

        if not end_with_parent(parent_id):
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


def _whole(low: int, high: int) -> Callable[[str], int]:
    """Reads an option that is a whole number within these bounds."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
            raise argparse.ArgumentTypeError(f"{low}–{high} 之间的整数 a whole number from {low} to {high}")
        return int(text)

    return read


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="main.py platform", description="参考中心平台 the reference central platform; Ctrl-C 结束 ends it"
    )
    parser.add_argument(
        "--database-url",
        help="数据库，默认 --data-dir 里的 SQLite; SQLAlchemy URL of SQLite or PostgreSQL; default: SQLite in --data-dir",
    )
    parser.add_argument(
        "--data-dir",
        type=Path,
        default=Path("build/platform"),
        help="数据文件夹 folder of the SQLite files (default: %(default)s)",
    )
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        help="监听地址，非本机须配 TLS; address to listen on, anything but loopback needs TLS (default: %(default)s)",
    )
    parser.add_argument(
        "--port",
        type=_whole(0, 65535),
        default=0,
        help="端口，0 由系统选定并显示; port, 0: chosen by the kernel and printed",
    )
    parser.add_argument("--tls-cert", type=Path, help="平台证书 the platform's certificate, PEM")
    parser.add_argument("--tls-key", type=Path, help="平台私钥 its private key, PEM")
    parser.add_argument(
        "--client-ca", type=Path, help="签发终端证书的 CA; CA of the terminals' certificates, PEM; three files or none"
    )
    parser.add_argument(
        "--demo",
        action="store_true",
        help="演示：虚构居民，验证码列在 /demo/codes; invented citizens; codes listed at /demo/codes",
    )
    parser.add_argument(
        "--demo-seed",
        type=_whole(0, 2**63 - 1),
        default=PlatformSettings.demo_seed,
        help="虚构居民的种子 seed of the invented citizens (default: %(default)s)",
    )
    parser.add_argument(
        "--demo-citizens",
        type=_whole(0, MOST_INVENTED),
        default=PlatformSettings.demo_citizens,
        help="虚构居民人数 how many of them, at most 14000 (default: %(default)s)",
    )
    parser.add_argument(
        "--ready-fd",
        type=int,
        help="就绪后把端口写入此文件描述符; file descriptor that gets the port once requests are answered",
    )
    parser.add_argument(
        "--die-with-parent", action="store_true", help="随父进程结束 ends with the process that started it"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
