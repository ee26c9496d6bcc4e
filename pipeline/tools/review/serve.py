"""Serve the review pages to browsers on this machine, and accept corrections from them."""

import hmac
import json
import re
import secrets
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path, PurePosixPath
from threading import Lock

from pipeline.archive.store import CURRENT, STATE
from pipeline.errors import CorrectionError, OutputError
from pipeline.sources.folders import CORRECTIONS
from pipeline.tools.correct import NewCorrection, enter
from pipeline.tools.review.site import Site, asset

LOOPBACK = "127.0.0.1"
MAX_POSTED = 2**18
"""Bytes of a correction."""
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cache-Control": "no-store",
}
TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_DOCUMENT = re.compile(r"/documents/([0-9a-f]{16})\.html")
_ASSET = re.compile(r"/assets/([a-z]{1,20}\.[a-z]{2,4})")


class ReviewServer(ThreadingHTTPServer):
    """Serves the site of an output folder to browsers on this machine.

    Only requests for our own host name are answered, so that no other site can reach us through its DNS name. A
    correction must come from one of our pages: it carries a token that only they have.
    """

    daemon_threads = True

    def __init__(self, out: Path, *, moved: Path | None = None, port: int = 0, by: str = "") -> None:
        super().__init__((LOOPBACK, port), _Handler)
        self.out, self.moved, self.by = out, moved, by
        self.token = secrets.token_urlsafe(24)
        self._lock, self._making = Lock(), Lock()
        self._site, self._version = Site(out, moved, self.token), self._now()

    @property
    def hosts(self) -> tuple[str, str]:
        """Our host names."""
        return f"{LOOPBACK}:{self.server_port}", f"localhost:{self.server_port}"

    @property
    def url(self) -> str:
        """The address of the index."""
        return f"http://{self.hosts[0]}/"

    def site(self) -> Site:
        """The site for the current tables and corrections."""
        with self._lock:
            if (version := self._now()) != self._version:
                self._site, self._version = Site(self.out, self.moved, self.token), version
            return self._site

    def page(self, path: str) -> bytes | None:
        """The content at a path; None if there is none."""
        if match := _ASSET.fullmatch(path):
            return asset(match[1])
        with self._making:  # one page at a time, since they share what was read
            if path in ("/", "/index.html"):
                return self.site().index().encode()
            if path == "/overview.html":
                return self.site().overview().encode()
            page = self.site().document(match[1]) if (match := _DOCUMENT.fullmatch(path)) else None
        return None if page is None else page.encode()

    def _now(self) -> tuple[Path, int]:
        """Changes when a run has finished or a correction was entered."""
        path = self.out / CORRECTIONS
        return (self.out / STATE / CURRENT).resolve(), path.stat().st_mtime_ns if path.exists() else 0


class _Handler(BaseHTTPRequestHandler):
    server: ReviewServer
    server_version = "raingan"
    sys_version = ""

    def do_GET(self) -> None:
        if not self._is_our_host():
            return
        path = self.path.partition("?")[0]
        try:
            content = self.server.page(path)
        except (OutputError, CorrectionError) as error:
            self._answer(HTTPStatus.INTERNAL_SERVER_ERROR, str(error).encode(), "text/plain")
            return
        if content is None:
            self._answer(HTTPStatus.NOT_FOUND, b"not found", "text/plain")
        else:
            self._answer(HTTPStatus.OK, content, TYPES[PurePosixPath(path).suffix or ".html"])

    def do_POST(self) -> None:
        if not self._is_our_host():
            return
        if self.path != "/corrections" or not self._is_from_our_page():
            self._answer_json(
                HTTPStatus.FORBIDDEN, error="only pages of this server may send corrections; reload the page"
            )
            return
        try:
            correction = enter(self.server.site().sources.run, [self._new_correction()])[0]
        except CorrectionError as error:
            self._answer_json(HTTPStatus.BAD_REQUEST, error=str(error))
        else:
            self._answer_json(HTTPStatus.OK, value=correction.value, read_value=correction.read_value)

    def _is_our_host(self) -> bool:
        if self.headers.get("Host") in self.server.hosts:
            return True
        self._answer(HTTPStatus.MISDIRECTED_REQUEST, b"not this host", "text/plain")
        return False

    def _is_from_our_page(self) -> bool:
        """Whether token and origin are ours, and the type is one that other sites' forms cannot send."""
        origins = [f"http://{host}" for host in self.server.hosts]
        return (
            hmac.compare_digest(self.headers.get("X-Token", "").encode(), self.server.token.encode())
            and self.headers.get("Origin") in origins
            and self.headers.get_content_type() == "application/json"
        )

    def _new_correction(self) -> NewCorrection:
        """The correction that was sent.

        Raises:
            CorrectionError: it is invalid.

        """
        size = self.headers.get("Content-Length", "")
        if not size.isascii() or not size.isdecimal() or int(size) > MAX_POSTED:
            raise CorrectionError(f"a correction may have at most {MAX_POSTED:,} bytes")
        try:
            received = json.loads(self.rfile.read(int(size)))
            given = {name: received[name] for name in ("table", "row_key", "column", "value", "why")}
            by = received.get("by") or self.server.by
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise CorrectionError("the request is not a correction") from error
        if not all(isinstance(value, str) for value in (*given.values(), by)):
            raise CorrectionError("the request is not a correction")
        return NewCorrection(**given, by=by)

    def _answer_json(self, status: HTTPStatus, **values: str) -> None:
        self._answer(status, json.dumps(values, ensure_ascii=False).encode(), "application/json")

    def _answer(self, status: HTTPStatus, content: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as above
        """Log nothing: the terminal belongs to the reviewer."""
