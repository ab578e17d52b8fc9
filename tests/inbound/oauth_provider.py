"""A provider of OAuth2 for tests: its token endpoint, and the one by which dovecot asks of a token.

Private to a test, on loopback: http://127.0.0.1:<port>/token and /introspect.
"""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from oauthlib.oauth2 import WebApplicationClient

CLIENT, SECRET, CODE = "desk-client", "desk-secret", "code-of-the-browser"


class Provider:
    """Whom it gives leave to: `refresh_tokens` to accounts, `access_tokens` to accounts."""

    def __init__(self) -> None:
        self.refresh_tokens = {"leave-1": "desk"}
        self.access_tokens: dict[str, str] = {}
        self.challenge = ""  # of the code that a browser was given (PKCE)
        self.is_down = False
        self.lasts = 3600
        self.asked: list[dict[str, str]] = []
        provider = self

        class Answers(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length", 0))
                form = {k: v[0] for k, v in parse_qs(self.rfile.read(length).decode()).items()}
                status, said = provider.answer(self.path, form)
                body = json.dumps(said).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: Any) -> None:
                """Nothing on the terminal."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    @property
    def token_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/token"

    def answer(self, path: str, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if path == "/introspect":
            account = self.access_tokens.get(form.get("token", ""))
            return 200, {"active": account is not None, "username": account or ""}
        self.asked.append(form)
        if self.is_down:
            return 503, {}
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT, SECRET):
            return 401, {"error": "invalid_client", "error_description": "The secret has run out."}
        if form["grant_type"] == "authorization_code":
            return self._for_a_code(form)
        account = self.refresh_tokens.get(form["refresh_token"])
        if account is None:
            said = "Token has been expired or revoked."
            return 400, {"error": "invalid_grant", "error_description": said}
        return 200, self._leave(account)

    def _for_a_code(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        verifier = form.get("code_verifier", "")
        made = WebApplicationClient(CLIENT).create_code_challenge(verifier, "S256")
        if form.get("code") != CODE or made != self.challenge:
            return 400, {"error": "invalid_grant", "error_description": "Malformed auth code."}
        self.refresh_tokens["leave-2"] = "desk"
        return 200, {**self._leave("desk"), "refresh_token": "leave-2"}

    def _leave(self, account: str) -> dict[str, Any]:
        token = f"token-{len(self.access_tokens) + 1}"
        self.access_tokens[token] = account
        return {"access_token": token, "token_type": "Bearer", "expires_in": self.lasts}
