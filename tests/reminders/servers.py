"""Small real servers on this machine: one takes mail, one answers like a robot's service."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any


class _Mail(socketserver.StreamRequestHandler):
    """As much of SMTP as one letter needs."""

    def handle(self) -> None:
        self.say("220 test")
        while line := self.rfile.readline().decode().strip():
            word = line[:4].upper()
            if word == "DATA":
                self.say("354 go on")
                lines = iter(self.rfile.readline, b".\r\n")
                self.server.letters.append((self.server.to, b"".join(lines)))  # type: ignore[attr-defined]
            elif word == "RCPT":
                self.server.to = line  # type: ignore[attr-defined]
                if self.server.refusing:  # type: ignore[attr-defined]
                    self.say("550 no such mailbox")
                    continue
            elif word == "QUIT":
                self.say("221 bye")
                return
            self.say("250 ok")

    def say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")


class _Robot(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.calls.append((self.path, body))  # type: ignore[attr-defined]
        status, said, headers = self.server.answer  # type: ignore[attr-defined]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(said)

    def do_GET(self) -> None:
        """Where a redirect would end."""
        self.server.calls.append((self.path, b""))  # type: ignore[attr-defined]
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_words: Any) -> None:
        """Silent: what was called is kept."""


@contextmanager
def running(server: Any) -> Iterator[Any]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def mail() -> Any:
    server: Any = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Mail)
    server.letters, server.to, server.refusing = [], "", False
    return server


def robot() -> Any:
    server: Any = HTTPServer(("127.0.0.1", 0), _Robot)
    server.calls, server.answer = [], (200, b'{"errcode":0,"errmsg":"ok"}', {})
    return server
