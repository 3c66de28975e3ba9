"""A throw-away PostgreSQL server on a free port, in a folder of its own, as a user that is not root."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def binaries() -> Path | None:
    """The folder of the newest installed server, None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


def servant() -> str | None:
    """Whom the server runs as: the server refuses root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@contextmanager
def server(bin_folder: Path, *, durable: bool = False) -> Iterator[str]:
    """Start a server and give its address; it and its folder are gone afterwards.

    It does not wait for the disk, as a throw-away one need not; a `durable` one does, as in production.
    """
    home = Path(tempfile.mkdtemp(prefix="luoshi-pg-"))
    user = servant()
    if user:
        shutil.chown(home, user)
    port = free_port()
    data = home / "data"

    def run(*words: str) -> None:
        subprocess.run([str(bin_folder / words[0]), *words[1:]], check=True, user=user, cwd=home,
                       stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT)

    try:
        run("initdb", "-D", str(data), "-U", "luoshi", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8")
        settings = f"-c port={port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={home} -c max_connections=60"
        if not durable:
            settings += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        run("pg_ctl", "-D", str(data), "-w", "-l", str(home / "log"), "-o", settings, "start")
        yield f"postgresql://luoshi@127.0.0.1:{port}/postgres"
    finally:
        if (data / "postmaster.pid").exists():
            run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")
            time.sleep(0.2)
        shutil.rmtree(home, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
