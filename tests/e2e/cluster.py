# SPDX-License-Identifier: GPL-3.0-or-later
"""A real sandbox for a test, and how to talk to its replicas."""
import base64
import http.client
import json
import os
import shutil
import ssl
import subprocess
import tempfile
import time
from urllib.parse import urlsplit


class Sandbox:
    """Three replicas in a folder of their own, removed at the end."""

    def __init__(self, bin_dir):
        self.folder = tempfile.mkdtemp(prefix="pilothouse-e2e-")
        self.name = f"py{os.getpid()}"
        self._ctl = os.path.join(bin_dir, "pilothousectl")
        self._environment = dict(os.environ, XDG_DATA_HOME=self.folder + "/data",
                                 XDG_CONFIG_HOME=self.folder + "/config")

    def __enter__(self):
        try:
            started = self.ctl("sandbox", "start", "--name", self.name, "--replicas", "3",
                               "--dir", self.folder + "/box", "--json")
        except BaseException:
            self.__exit__(None, None, None)
            raise
        self.facts = json.loads(started)
        with open(self.facts["password_file"], encoding="utf-8") as file:
            self.password = file.read().strip()
        self.replicas = [Replica(self, facts) for facts in self.facts["replicas"]]
        return self

    def __exit__(self, kind, *_):
        if kind is not None:
            for name in os.listdir(self.folder + "/box") if os.path.isdir(self.folder + "/box") else []:
                if name.endswith(".log"):
                    with open(f"{self.folder}/box/{name}", encoding="utf-8") as log:
                        print(f"--- {name}\n{log.read()[-4000:]}")
        subprocess.run([self._ctl, "sandbox", "remove", self.name, "--yes"], env=self._environment, timeout=60,
                       capture_output=True, check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def ctl(self, *arguments):
        done = subprocess.run([self._ctl, *arguments], env=self._environment, capture_output=True, text=True,
                              timeout=120, check=False)
        assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
        return done.stdout

    def basic(self, user=None, secret=None):
        pair = f"{user or self.facts['username']}:{secret or self.password}"
        return "Basic " + base64.b64encode(pair.encode()).decode()


class Answer:
    def __init__(self, response, head_only):
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.body = b"" if head_only else response.read()

    def json(self):
        return json.loads(self.body)


class Replica:
    def __init__(self, sandbox, facts):
        self.sandbox = sandbox
        self.id, self.name, self.url, self.http_url = (facts[key] for key in ("id", "name", "url", "http_url"))
        self.data_dir = facts["data_dir"]

    def connect(self, plain=False, as_member=None):
        where = urlsplit(self.http_url if plain else self.url)
        if plain:
            return http.client.HTTPConnection(where.hostname, where.port, timeout=15)
        context = ssl.create_default_context(cafile=self.sandbox.facts["ca_file"])
        if as_member is not None:
            context.load_cert_chain(f"{as_member.data_dir}/tls/node.crt", f"{as_member.data_dir}/tls/node.key")
        return http.client.HTTPSConnection(where.hostname, where.port, timeout=15, context=context)

    def ask(self, method, target, body=None, headers=None, plain=False, as_member=None):
        connection = self.connect(plain, as_member)
        try:
            connection.request(method, target, body=body, headers=headers or {})
            return Answer(connection.getresponse(), method == "HEAD")
        finally:
            connection.close()

    def raw(self, request, plain=False):
        """The whole answer to exactly these bytes."""
        connection = self.connect(plain)
        try:
            connection.connect()
            connection.sock.sendall(request)
            answer = b""
            while piece := connection.sock.recv(65536):
                answer += piece
            return answer.decode()
        finally:
            connection.close()

    def stream(self, last_event_id=None):
        return Stream(self, last_event_id)


class Stream:
    """Server-sent events, frame by frame."""

    def __init__(self, replica, last_event_id=None):
        self._connection = replica.connect()
        headers = {"Authorization": replica.sandbox.basic()}
        if last_event_id is not None:
            headers["Last-Event-ID"] = str(last_event_id)
        self._connection.request("GET", "/api/v0/stream", headers=headers)
        self.response = self._connection.getresponse()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._connection.close()

    def frames(self, seconds):
        """(event, id, data) as they come, until the time is over."""
        end = time.monotonic() + seconds
        fields = {}
        while time.monotonic() < end:
            line = self.response.readline().decode().rstrip("\n")
            if line == "":
                if fields:
                    yield fields.get("event"), fields.get("id"), fields.get("data")
                fields = {}
            elif not line.startswith(":"):
                name, _, value = line.partition(": ")
                fields[name] = value
            else:
                yield "comment", None, None


def eventually(what, holds, seconds=20):
    end = time.monotonic() + seconds
    last = None
    while time.monotonic() < end:
        last = holds()
        if last:
            return last
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds} s: {what} (last: {last!r})")
