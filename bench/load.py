"""A small load: a few keep-alive connections to a server on this machine, bounded in time; and the final line."""

import json
import os
import platform
import socket
import statistics
import threading
import time
from dataclasses import dataclass, field
from importlib.metadata import version


@dataclass
class Tally:
    answers: int = 0
    wrong: int = 0
    times: list[float] = field(default_factory=list)


def run(port: int, path: str, *, cookie: str, seconds: float, connections: int = 4) -> Tally:
    """Requests until the time is over; every answer is read whole and must be 200."""
    request = (f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\nAccept-Encoding: identity\r\n\r\n").encode()
    total, lock, end = Tally(), threading.Lock(), time.monotonic() + seconds

    def work() -> None:
        own = Tally()
        with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
            while time.monotonic() < end:
                start = time.monotonic()
                line.sendall(request)
                own.wrong += not _answer(line)
                own.answers += 1
                own.times.append(time.monotonic() - start)
        with lock:
            total.answers += own.answers
            total.wrong += own.wrong
            total.times += own.times

    threads = [threading.Thread(target=work) for _n in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return total


def _answer(line: socket.socket) -> bool:
    data = b""
    while b"\r\n\r\n" not in data:
        data += line.recv(65536)
    head, _gap, body = data.partition(b"\r\n\r\n")
    length = next(int(h.split(b":")[1]) for h in head.split(b"\r\n") if h.lower().startswith(b"content-length"))
    while len(body) < length:
        body += line.recv(65536)
    return head.startswith(b"HTTP/1.1 200")


def cpu_seconds(pid: int) -> float:
    """Processor time that a server and its workers have used so far (Linux); fairer than the clock on a busy machine."""
    ticks = 0.0
    for entry in os.listdir("/proc"):
        if entry.isdecimal():
            try:
                with open(f"/proc/{entry}/stat") as stat:
                    words = stat.read().rsplit(")", 1)[1].split()
            except OSError:
                continue
            if int(entry) == pid or int(words[1]) == pid:
                ticks += int(words[11]) + int(words[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def median(numbers: list[float]) -> float:
    return statistics.median(numbers)


def last_line(name: str, ratios: dict[str, float], sizes: dict[str, int], packages: list[str]) -> None:
    """The table's end: machine load, and one JSON object."""
    print(f"load average {os.getloadavg()[0]:.2f}, {os.cpu_count()} cores")
    versions = {"python": platform.python_version(), **{p: version(p) for p in packages}}
    print(json.dumps({"name": name, "ratios": {k: round(v, 2) for k, v in ratios.items()}, "sizes": sizes,
                      "versions": versions}, ensure_ascii=False))
