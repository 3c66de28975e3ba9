"""Starts the web server and one background worker, keeps both alive, and ends both together."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

HOST = "127.0.0.1"
WORKERS = "2"
THREADS = "4"  # in each worker; more than the cores can use only queue inside instead of outside
PATIENCE = 15.0  # seconds given to a process to end before it is killed
EARLY = 5.0  # a process that dies younger than this did not start
TRIES = 3  # so often it is started again before giving up


class Unserved(Exception):
    """The server cannot start; str() is a sentence for the one who started it."""


def port() -> int:
    """The port named by LUOSHI_PORT, 8000 without it. Raises Unserved for anything that is no port."""
    text = os.environ.get("LUOSHI_PORT", "8000")
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise Unserved(f"LUOSHI_PORT is {text!r}; give a number from 1 to 65535, for example LUOSHI_PORT=8001.")
    return int(text)


@contextmanager
def held(number: int) -> Iterator[None]:
    """Keep the port while the database is made ready, so that a second start says so at once.

    Raises Unserved where something already listens on it.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as one:
        if os.name != "nt":
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind((HOST, number))
            one.listen(1)  # binding alone would not keep another process out
        except OSError:
            other = number + 1 if number < 65535 else 8000
            raise Unserved(f"Port {number} is already in use, perhaps by this program in another window. Stop that one, "
                           f"or choose another port: LUOSHI_PORT={other} make run") from None
        yield


@dataclass(slots=True)
class Process:
    """One child, started again when it dies."""

    name: str
    words: list[str]
    child: subprocess.Popen[bytes] | None = None
    born: float = 0.0
    early: int = field(default=0)  # deaths in a row soon after the start

    def start(self) -> None:
        self.born = time.monotonic()
        # A session of its own: Ctrl+C reaches this process alone, which then ends its children in order, once each.
        self.child = subprocess.Popen(self.words, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603

    def tend(self) -> None:
        """Start it again where it has ended. Raises Unserved after several starts in a row that did not last."""
        if self.child is None or self.child.poll() is None:
            return
        self.early = self.early + 1 if time.monotonic() - self.born < EARLY else 0
        if self.early >= TRIES:
            raise Unserved(f"The {self.name} does not start (exit status {self.child.returncode}); "
                           "what it said stands above.")
        print(f"The {self.name} ended with status {self.child.returncode} and is started again.", flush=True)  # noqa: T201
        self.start()

    def ask_to_end(self) -> None:
        if self.child and self.child.poll() is None:
            self.child.terminate()

    def end(self, by: float) -> None:
        if self.child:
            try:
                self.child.wait(max(0.1, by - time.monotonic()))
            except subprocess.TimeoutExpired:
                self.child.kill()
                self.child.wait()


def processes(number: int) -> list[Process]:
    """The web server and the worker that does what takes long."""
    web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(number),
           "--workers", WORKERS, "--blocking-threads", THREADS, "--workers-kill-timeout", "5", "--no-ws",
           "--log-level", "warning", "luoshi.config.wsgi:application"]
    # One worker: SQLite has one writer, and jobs are few.
    worker = [sys.executable, "-m", "luoshi", "db_worker", "--no-startup-delay", "--interval", "1", "-v", "0"]
    return [Process("web server", web), Process("background worker", worker)]


def serve(number: int, ready: Callable[[], None]) -> int:
    """Run until Ctrl+C or SIGTERM; `ready` is called once the first page can be opened. Exit status, 1 on failure."""
    wanted_end = threading.Event()
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: wanted_end.set())
    its = processes(number)
    try:
        for process in its:
            process.start()
        told = False
        while not wanted_end.wait(0.15 if not told else 0.5):
            for process in its:
                process.tend()
            if not told and answers(number):
                ready()
                told = True
    except Unserved as reason:
        print(reason, file=sys.stderr, flush=True)  # noqa: T201
        return 1
    finally:
        _end(its)
    return 0


def answers(number: int) -> bool:
    """Whether the health page says ok."""
    plain: Any = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with plain.open(f"http://{HOST}:{number}/health/", timeout=2) as page:
            return bool(page.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _end(its: list[Process]) -> None:
    by = time.monotonic() + PATIENCE
    for process in its:
        process.ask_to_end()
    for process in its:
        process.end(by)
