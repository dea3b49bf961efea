#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds every answer of real replicas against resources/openapi.json.

openapi_test.py BIN_DIR OPENAPI_FILE

Every described operation is asked for, with success and with what can go wrong; every answer's status, headers, media
type and body must be as described. Fields that are not described are an error here, though clients ignore them.
"""
import base64
import copy
import hashlib
import json
import re
import subprocess
import sys

import jsonschema

from cluster import Sandbox, eventually

CLUSTER_STATUS = {"$ref": "#/components/schemas/ClusterStatus"}
EVENT = {"$ref": "#/components/schemas/Event"}
METHODS = ("get", "put", "post", "patch", "delete")
FORMATS = jsonschema.FormatChecker(formats=())


@FORMATS.checks("date-time")
def is_date_time(value):
    return re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", value) is not None


@FORMATS.checks("uri")
def is_uri(value):
    return re.match(r"https?://[^/ ]+", value) is not None


def strict(schema):
    """The same, with every object closed."""
    if isinstance(schema, list):
        return [strict(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: strict(value) for key, value in schema.items()}
    if schema.get("type") == "object" and isinstance(schema.get("properties"), dict):
        closed.setdefault("additionalProperties", False)
    return closed


class Description:
    def __init__(self, document):
        self.document = document
        self.closed = copy.deepcopy(document)
        self.closed["components"]["schemas"] = strict(document["components"]["schemas"])
        self.seen = {}  # (method, path) -> statuses

    def operations(self):
        paths = self.document["paths"].items()
        return {(method, path): item[method] for path, item in paths for method in METHODS if method in item}

    def resolve(self, node):
        while "$ref" in node:
            target = self.closed
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            node = target
        return node

    def validate(self, value, schema, what):
        resolver = jsonschema.RefResolver("", self.closed)
        validator = jsonschema.Draft202012Validator(strict(schema), resolver=resolver, format_checker=FORMATS)
        found = validator.iter_errors(value)
        errors = ["/".join(map(str, error.absolute_path)) + ": " + error.message for error in found]
        assert not errors, f"{what}: " + "; ".join(errors)

    def check_document(self):
        assert self.document["openapi"].startswith("3.")
        names = [operation["operationId"] for operation in self.operations().values()]
        assert len(names) == len(set(names)), "an operationId is there twice"
        for name, schema in self.document["components"]["schemas"].items():
            jsonschema.Draft202012Validator.check_schema(schema)
            for example in schema.get("examples", []):
                self.validate(example, schema, f"the example of {name}")
        for name, response in self.document["components"]["responses"].items():
            for media in response["content"].values():
                if "example" in media:
                    self.validate(media["example"], media["schema"], f"the example of {name}")
        text = json.dumps(self.document)
        for kind in ("schemas", "responses", "headers"):
            for name in self.document["components"][kind]:
                assert f'"#/components/{kind}/{name}"' in text, f"{kind}/{name} is used nowhere"

    def check_answer(self, method, path, answer, replica, plain=False):
        what = f"{method.upper()} {path} -> {answer.status}"
        operation = self.operations()[(method, path)]
        self.seen.setdefault((method, path), set()).add(answer.status)
        assert str(answer.status) in operation["responses"], f"{what} is not described: {answer.body[:500]!r}"
        response = self.resolve(operation["responses"][str(answer.status)])
        for name, header in response.get("headers", {}).items():
            assert name.lower() in answer.headers, f"{what}: no {name}"
            value = answer.headers[name.lower()]
            schema = self.resolve(header)["schema"]
            self.validate(int(value) if schema["type"] == "integer" else value, schema, f"{what}, {name}")
        if not plain:
            assert answer.headers.get("pilothouse-replica") == replica.id, what
        self.check_body(what, response, answer)

    def check_body(self, what, response, answer):
        content = response.get("content")
        if not content:
            assert answer.body == b"", f"{what}: a body {answer.body!r}"
            return
        media_type = answer.headers["content-type"].split(";")[0]
        assert media_type in content, f"{what}: {media_type}"
        value = answer.json() if media_type.endswith("json") else answer.body.decode()
        self.validate(value, content[media_type]["schema"], what)


class Client:
    """Asks, and holds each answer against the description."""

    def __init__(self, sandbox, description):
        self.sandbox, self.description = sandbox, description

    def ask(self, replica, method, path, expect, body=None, *, query="", auth="admin", as_member=None, plain=False,
            headers=None, **names):
        sent = dict(headers or {})
        if auth is not None:
            sent["Authorization"] = self.sandbox.basic() if auth == "admin" else auth
        text = body
        if isinstance(body, dict):
            text = json.dumps(body)
            sent.setdefault("Content-Type", "application/json")
            if expect < 400:
                described = self.description.operations()[(method, path)]["requestBody"]["content"]
                self.description.validate(body, described["application/json"]["schema"], f"the body of {method} {path}")
        answer = replica.ask(method.upper(), path.format(**names) + query, text, sent, plain, as_member)
        what = f"{method.upper()} {path}{query} -> {answer.status}, not {expect}: {answer.body[:500]!r}"
        assert answer.status == expect, what
        self.description.check_answer(method, path, answer, replica, plain)
        return answer


def check_public(client, replica):
    for plain in (False, True):
        for path in ("/_ping", "/health", "/nginx_status"):
            client.ask(replica, "get", path, 200, auth=None, plain=plain)
        for query in ("", "?format=table", "?format=json", "?format=csv"):
            client.ask(replica, "get", "/load_balancer_status", 200, auth=None, plain=plain, query=query)
        client.ask(replica, "get", "/load_balancer_status", 400, auth=None, plain=plain, query="?format=xml")
        old = replica.raw(b"GET /_ping HTTP/1.0\r\n\r\n", plain)
        assert old.startswith("HTTP/1.1 200 ") and old.endswith('{"Error":"","Healthy":true}'), old
        old = replica.raw(b"HEAD /_ping HTTP/1.0\r\n\r\n", plain)
        assert old.startswith("HTTP/1.1 200 ") and old.endswith("\r\n\r\n"), old
    client.ask(replica, "get", "/ca", 200, auth=None)
    client.ask(replica, "get", "/api/v0/openapi.json", 200, auth=None)


def check_status(client, replicas):
    first = replicas[0]
    for replica in replicas:
        for path in ("/api/v0/cluster", "/api/v0/replica", "/api/v0/events", "/metrics", "/api/v0/meta/cluster_status",
                     "/api/v0/meta/settings", "/api/v0/meta/alerts"):
            client.ask(replica, "get", path, 200)
        heartbeat = client.ask(replica, "get", "/api/v0/replica/heartbeat", 200, auth=None, as_member=first).json()
        assert heartbeat["id"] == replica.id

    def health(replica):
        return client.ask(replica, "get", "/api/v0/meta/cluster_status", 200).json()["replica_health"]
    well = {replica.id: "OK" for replica in replicas}
    eventually("every replica is OK for every other", lambda: all(health(each) == well for each in replicas))
    settings = client.ask(first, "get", "/api/v0/meta/settings", 200).json()
    assert settings["replicaID"] == first.id
    ports = {replica.id: int(replica.url.rsplit(":", 1)[1]) for replica in replicas}
    assert {key: value["HTTPSPort"] for key, value in settings["replicaSettings"].items()} == ports
    client.ask(first, "get", "/api/v0/replica/heartbeat", 403)
    way = {"name": "reg-1", "port": "https", "address": first.url.removeprefix("https://")}
    ways = {"paths": [way, dict(way, address="127.0.0.1:1")]}
    tried = client.ask(replicas[1], "post", "/api/v0/replica/paths", 200, ways, auth=None, as_member=first).json()["paths"]
    assert [each["reach"] for each in tried] == ["ok", "refused"], tried
    client.ask(first, "post", "/api/v0/replica/paths", 403, ways)
    check_blob_copies(client, first, replicas[1])
    for query in ("?limit=1", "?after=0&limit=1000", "?before=0"):
        client.ask(first, "get", "/api/v0/events", 200, query=query)
    client.ask(first, "get", "/api/v0/events", 400, query="?limit=0")


def check_blob_copies(client, replica, peer):
    path = "/api/v0/replica/blobs/{digest}/{incarnation}"
    blob = {"digest": "sha256:" + hashlib.sha256(b"bytes").hexdigest(), "incarnation": "0123456789abcdef"}
    member = {"auth": None, "as_member": peer}
    client.ask(replica, "get", path, 403, **blob)
    client.ask(replica, "get", path, 404, **member, **blob)
    client.ask(replica, "put", path, 400, b"other bytes", **member, **blob)
    client.ask(replica, "put", path, 204, b"bytes", **member, **blob)
    assert client.ask(replica, "get", path, 200, **member, **blob).body == b"bytes"
    client.ask(replica, "get", path, 400, **member, **dict(blob, incarnation="x"))
    check_growing_copies(client, replica, member)
    client.ask(replica, "get", "/api/v0/replica/applied", 204, query="?revision=1&within_ms=1000", **member)
    client.ask(replica, "get", "/api/v0/replica/applied", 400, query="?revision=-1&within_ms=1000", **member)
    client.ask(replica, "get", "/api/v0/replica/applied", 503, query="?revision=999999999&within_ms=1", **member)


def check_growing_copies(client, replica, member):
    path = "/api/v0/replica/uploads/{incarnation}"
    digest = "sha256:" + hashlib.sha256(b"bytes that grow").hexdigest()
    body = "5\r\nbytes\r\na\r\n that grow\r\n0\r\n{}\r\n"
    whole = body.format(f"Docker-Content-Digest: {digest}\r\n").encode()
    chunked = {"headers": {"Transfer-Encoding": "chunked", "Trailer": "Docker-Content-Digest"}}
    name = {"incarnation": "0123456789abcdef", "query": "?algorithm=sha256"}
    client.ask(replica, "put", path, 403, whole, **chunked, **name)
    client.ask(replica, "put", path, 400, body.format("").encode(), **chunked, **member, **name)
    other = whole.replace(b"grow\r\n0", b"grew\r\n0")
    client.ask(replica, "put", path, 400, other, **chunked, **member, **name)
    client.ask(replica, "put", path, 400, whole, **chunked, **member, **dict(name, query="?algorithm=md5"))
    client.ask(replica, "put", path, 400, b"bytes that grow", **member, **name)
    copy_of_it = {"digest": digest, "incarnation": "0123456789abcdef"}
    client.ask(replica, "get", "/api/v0/replica/blobs/{digest}/{incarnation}", 404, **member, **copy_of_it)
    client.ask(replica, "put", path, 204, whole, **chunked, **member, **name)
    client.ask(replica, "get", "/api/v0/replica/blobs/{digest}/{incarnation}", 200, **member, **copy_of_it)


def check_users(client, replica):
    user = {"name": "ada", "password": "a long password", "role": "reader", "operation_id": "u-1"}
    client.ask(replica, "post", "/api/v0/users", 201, user)
    client.ask(replica, "post", "/api/v0/users", 409, dict(user, operation_id="u-2"))
    client.ask(replica, "get", "/api/v0/users", 200)
    client.ask(replica, "patch", "/api/v0/users/{name}", 200, {"role": "writer", "operation_id": "u-3"}, name="ada")
    ada = client.sandbox.basic("ada", "a long password")
    promotion = {"role": "admin", "operation_id": ""}
    client.ask(replica, "patch", "/api/v0/users/{name}", 403, promotion, auth=ada, name="ada")
    client.ask(replica, "patch", "/api/v0/users/{name}", 404, promotion, name="nobody")
    check_tokens(client, replica, ada)
    check_grants(client, replica)
    check_settings(client, replica)
    check_repositories(client, replica)
    check_registry_tokens(client, replica, ada)
    client.ask(replica, "get", "/api/v0/users", 403, auth=ada)
    client.ask(replica, "delete", "/api/v0/users/{name}", 403, auth=ada, name="ada")
    client.ask(replica, "delete", "/api/v0/users/{name}", 204, name="ada")
    client.ask(replica, "delete", "/api/v0/users/{name}", 404, name="ada")
    client.ask(replica, "delete", "/api/v0/users/{name}", 409, name="admin")
    client.ask(replica, "delete", "/api/v0/users/{name}", 400, name="ada", query="?operation_id=not%20one")


def check_tokens(client, replica, ada):
    wanted = {"user": "", "description": "d", "lifetime_s": 600, "operation_id": "t-1"}
    token = client.ask(replica, "post", "/api/v0/tokens", 201, wanted, auth=ada).json()
    bearer = "Bearer " + token["secret"]
    client.ask(replica, "get", "/api/v0/tokens", 200, auth=bearer)
    for user, status, auth in (("admin", 403, bearer), ("nobody", 404, "admin")):
        body = {"user": user, "description": "", "operation_id": ""}
        client.ask(replica, "post", "/api/v0/tokens", status, body, auth=auth)
    client.ask(replica, "delete", "/api/v0/tokens/{id}", 204, id=token["token"]["id"], query="?operation_id=t-2")
    client.ask(replica, "delete", "/api/v0/tokens/{id}", 404, id="0" * 16)
    client.ask(replica, "get", "/api/v0/tokens", 401, auth=bearer)


def check_grants(client, replica):
    path = "/api/v0/users/{name}/grants/{repository}"
    grant = {"role": "writer", "operation_id": "g-1"}
    user = client.ask(replica, "put", path, 200, grant, name="ada", repository="team%2F*").json()
    assert user["grants"] == [{"repository": "team/*", "role": "writer"}], user
    client.ask(replica, "put", path, 400, dict(grant, role="admin", operation_id=""), name="ada", repository="app")
    client.ask(replica, "put", path, 404, dict(grant, operation_id=""), name="nobody", repository="app")
    client.ask(replica, "get", "/api/v0/users", 200)
    assert "grants" not in client.ask(replica, "delete", path, 200, name="ada", repository="team%2F*").json()
    client.ask(replica, "delete", path, 404, name="ada", repository="team%2F*")


def check_settings(client, replica):
    path, limit = "/api/v0/settings/{name}", {"value": "500", "operation_id": "s-1"}
    assert client.ask(replica, "put", path, 200, limit, name="kept_events").json()["value"] == "500"
    client.ask(replica, "put", path, 400, dict(limit, value="many", operation_id=""), name="kept_events")
    client.ask(replica, "put", path, 404, dict(limit, operation_id=""), name="colour")
    values = {one["name"]: one["value"] for one in client.ask(replica, "get", "/api/v0/settings", 200).json()["settings"]}
    assert values["kept_events"] == "500", values


def push_blob(replica, repository, bytes_, login):
    """Gives the digest."""
    digest = "sha256:" + hashlib.sha256(bytes_).hexdigest()
    headers = {"Authorization": login, "Content-Type": "application/octet-stream"}
    pushed = replica.ask("POST", f"/v2/{repository}/blobs/uploads/?digest={digest}", bytes_, headers)
    assert pushed.status == 201, pushed.body
    return {"digest": digest, "size": len(bytes_)}


def push_image(client, replica, repository, tag, subject=None):
    login = client.sandbox.basic()
    config = dict(push_blob(replica, repository, b'{"os":"linux","architecture":"amd64"}', login),
                  mediaType="application/vnd.oci.image.config.v1+json")
    layer = dict(push_blob(replica, repository, b"a layer", login),
                 mediaType="application/vnd.oci.image.layer.v1.tar")
    media_type = "application/vnd.oci.image.manifest.v1+json"
    manifest = {"schemaVersion": 2, "mediaType": media_type, "config": config, "layers": [layer]}
    if subject:
        manifest["subject"] = subject
    text = json.dumps(manifest).encode()
    reference = tag or "sha256:" + hashlib.sha256(text).hexdigest()
    pushed = replica.ask("PUT", f"/v2/{repository}/manifests/{reference}", text,
                         {"Authorization": login, "Content-Type": media_type})
    assert pushed.status == 201, pushed.body
    return {"mediaType": media_type, "digest": pushed.headers["docker-content-digest"], "size": len(text)}


def check_repositories(client, replica):
    image = push_image(client, replica, "team/app", "v1")
    push_image(client, replica, "team/app", None, subject=image)
    push_image(client, replica, "team/other", "v1")
    one, manifest = "/api/v0/repositories/{repository}", "/api/v0/repositories/{repository}/manifests/{reference}"
    app = {"repository": "team%2Fapp"}
    assert client.ask(replica, "get", "/api/v0/repositories", 200, query="?search=v1").json()["total"] == 2
    client.ask(replica, "get", "/api/v0/repositories", 400, query="?limit=many")
    client.ask(replica, "get", one, 200, **app)
    client.ask(replica, "get", one, 404, repository="nothing")
    client.ask(replica, "get", one + "/tags", 200, **app)
    client.ask(replica, "get", one + "/tags", 400, query="?order=size", **app)
    details = client.ask(replica, "get", manifest, 200, reference="v1", **app).json()
    assert details["platforms"] == ["linux/amd64"] and len(details["referrers"]) == 1, details
    assert details["layers"][0]["also_used"][1]["repository"] == "team/other", details
    client.ask(replica, "get", manifest, 404, reference="v2", **app)
    client.ask(replica, "delete", manifest, 400, query="?dry_run=perhaps", reference="v1", **app)
    client.ask(replica, "delete", manifest, 400, query="?tag_only=true", reference=image["digest"], **app)
    for query in ("?dry_run=true", "?operation_id=r-1", "?operation_id=r-1"):
        gone = client.ask(replica, "delete", manifest, 200, query=query, reference="v1", **app).json()
        assert gone["manifest_count"] == 2, gone
    client.ask(replica, "delete", manifest, 404, reference="v1", **app)
    for query in ("?dry_run=true", ""):
        client.ask(replica, "delete", one, 200, query=query, repository="team%2Fother")
    client.ask(replica, "delete", one, 404, repository="team%2Fother")
    client.ask(replica, "post", "/api/v0/registry/collect", 200, {"dry_run": True})


def check_registry_tokens(client, replica, ada):
    path, form_type = "/auth/token", {"Content-Type": "application/x-www-form-urlencoded"}
    wanted = "?service=s&scope=repository:team/app:pull,push&scope=registry:catalog:*&offline_token=true"
    token = client.ask(replica, "get", path, 200, auth=ada, query=wanted).json()
    assert token["scope"] == "repository:team/app:pull,push registry:catalog:*", token
    assert client.ask(replica, "get", path, 200, auth=None, query=wanted).json()["scope"] == ""
    client.ask(replica, "get", path, 401, auth=client.sandbox.basic("ada", "wrong password"))
    for form, status in (("grant_type=password&username=ada&password=a+long+password&access_type=offline", 200),
                         ("grant_type=password&username=ada&password=wrong+password", 401),
                         ("grant_type=refresh_token&refresh_token=" + token["refresh_token"], 200),
                         ("grant_type=refresh_token&refresh_token=" + token["token"], 401),
                         ("grant_type=else", 400), ("%", 400), ("x" * 70000, 413)):
        client.ask(replica, "post", path, status, form, auth=None, headers=form_type)
    client.ask(replica, "post", path, 415, "{}", auth=None, headers={"Content-Type": "application/json"})


def check_what_is_wrong(client, replica):
    """The same for every operation that has a login or a body."""
    for (method, path), operation in client.description.operations().items():
        names = {"name": "nobody", "id": "0" * 16, "repository": "app", "digest": "sha256:" + "0" * 64,
                 "incarnation": "0" * 16, "reference": "v1"}
        if path == "/auth/token":
            continue  # speaks the registry's own language
        body = {} if "application/json" in operation.get("requestBody", {}).get("content", {}) else None
        if operation["security"]:
            answer = client.ask(replica, method, path, 401, body, auth=None, **names)
            assert answer.json()["code"] == "unauthorized"
            client.ask(replica, method, path, 401, body, auth="Bearer ph_" + "0" * 48, **names)
        if body is None:
            continue
        # What only members may ask for is asked for as one.
        asker = {"auth": "admin" if operation["security"] else None}
        if operation["security"] == [{"memberCertificate": []}]:
            asker = {"auth": None, "as_member": replica}
        mistyped = {"operation_id": 3, "draining": 3, "replica": 3, "role": 3, "dry_run": 3, "instance": 3, "paths": 3}
        detail = client.ask(replica, method, path, 400, mistyped, **asker, **names).json()["detail"]
        assert re.match(r"[a-z_]+: ", detail), f"{path}: the path is not named in {detail}"
        for status, text, media_type in ((400, "{", "application/json"), (415, "{}", "text/plain"),
                                         (413, " " * 70000, "application/json")):
            client.ask(replica, method, path, status, text, headers={"Content-Type": media_type}, **asker, **names)


def check_addresses(client, replica):
    problem = {"$ref": "#/components/schemas/Problem"}
    for path, item in client.description.document["paths"].items():
        answer = replica.ask("OPTIONS", path.format(name="x", id="x", repository="x", digest="x", incarnation="x",
                                                     reference="x"))
        methods = {method.upper() for method in METHODS if method in item} | ({"HEAD"} if "get" in item else set())
        assert answer.status == 405, f"{path}: {answer.status}"
        assert set(answer.headers["allow"].split(", ")) == methods, f"{path}: {answer.headers}"
        client.description.validate(answer.json(), problem, f"OPTIONS {path}")
        if "get" in item and (not item["get"]["security"] or {} in item["get"]["security"]):
            head = replica.ask("HEAD", path)
            assert head.status == 200 and int(head.headers["content-length"]) > 0, f"HEAD {path}: {head.status}"
    for target in ("/", "/api/v0", "/api/v0/nothing", "/v3/"):
        answer = replica.ask("GET", target)
        assert answer.status == 404, target
        client.description.validate(answer.json(), problem, target)
    moved = replica.ask("GET", "/api/v0/cluster?a=b", plain=True)
    assert moved.status == 308 and moved.headers["location"] == replica.url + "/api/v0/cluster?a=b", moved.headers
    assert "pilothouse-replica" not in moved.headers


def check_checks(client, replicas):
    first, other = replicas[0], replicas[1]
    own = client.ask(first, "get", "/api/v0/replica/checks", 200).json()
    assert own["status"]["self"]["id"] == first.id and len(own["certificates"]) == 4, own
    found = {(port["replica"], port["port"]): port for port in own["ports"]}
    for port in ("https", "http", "engine"):
        assert found[(other.id, port)]["connection"] == found[(other.id, port)]["answer"] == "ok", own["ports"]
    client.ask(first, "get", "/api/v0/replica/checks", 200, auth=None, as_member=other)
    whole = client.ask(first, "post", "/api/v0/cluster/check", 200, {}).json()
    assert whole["checked_by"] == "reg-1" and "replica" not in whole and len(whole["answered"]) == 3, whole
    one = client.ask(first, "post", "/api/v0/cluster/check", 200, {"replica": other.id}).json()
    assert one["replica"] == "reg-2" and one["findings"], one
    client.ask(first, "post", "/api/v0/cluster/check", 404, {"replica": "0" * 12})


def check_verbs(client, replicas):
    first, other = replicas[0], replicas[1]
    client.ask(first, "put", "/api/v0/replica/drain", 204, {"draining": True})
    eventually("a drained replica says so", lambda: first.ask("GET", "/_ping", plain=True).status == 503)
    for plain in (False, True):
        for path in ("/_ping", "/health", "/load_balancer_status"):
            client.ask(first, "get", path, 503, auth=None, plain=plain)
    health = client.ask(first, "get", "/api/v0/meta/cluster_status", 200).json()["replica_health"]
    assert health[first.id] == "This replica is draining", health
    client.ask(first, "put", "/api/v0/replica/drain", 204, {"draining": False})
    eventually("it takes traffic again", lambda: first.ask("GET", "/_ping", plain=True).status == 200)
    client.ask(first, "post", "/api/v0/cluster/leader", 204, {"replica": other.id})
    client.ask(first, "post", "/api/v0/cluster/leader", 404, {"replica": "0" * 12})

    def healthy():
        try:
            answer = first.ask("GET", "/api/v0/replica", headers={"Authorization": client.sandbox.basic()})
        except OSError:
            return None
        own = json.loads(answer.body) if answer.status == 200 else None
        return own if own and own["health"]["healthy"] else None
    before = eventually("it is healthy", healthy)["instance"]
    client.ask(first, "post", "/api/v0/replica/restart", 409, {"instance": "0" * 16})
    client.ask(first, "post", "/api/v0/replica/restart", 204, {"instance": before})
    eventually("it has been restarted", lambda: (healthy() or {"instance": before})["instance"] != before, 30)


def check_operations(client, replicas):
    """Of the fourth replica, which never came: it is forgotten. Before that it stands in the way of others."""
    base = "/api/v0/cluster/operations"
    first, other = replicas[0], replicas[1]

    def members(replica):
        status = client.ask(replica, "get", "/api/v0/cluster", 200).json()
        return {each["name"]: each["id"] for each in status["members"]}
    for replica in replicas:
        eventually("the fourth is listed", lambda: "reg-4" in members(replica))
    fourth = members(first)["reg-4"]
    plan = client.ask(other, "post", "/api/v0/cluster/plan", 200, {"kind": "remove", "replica": first.id}).json()
    assert plan["findings"][0]["check"] == "joining" and plan["findings"][0]["severity"] == "blocks", plan
    client.ask(other, "post", "/api/v0/cluster/plan", 404, {"kind": "remove", "replica": "0" * 12})
    client.ask(other, "post", "/api/v0/cluster/plan", 400, {"kind": "explode", "replica": first.id})
    client.ask(other, "post", "/api/v0/cluster/plan", 400, {"kind": "join", "replica": ""})
    assert client.ask(other, "get", base, 200).json() == {"past": []}
    start = {"kind": "remove", "replica": first.id, "operation_id": "o-1"}
    client.ask(other, "post", base, 409, start)
    client.ask(other, "post", base, 400, dict(start, reason="x" * 501))
    client.ask(other, "post", base, 404, dict(start, replica="0" * 12))
    wanted = {"kind": "forget", "replica": fourth, "reason": "it never came", "operation_id": "o-2"}
    begun = client.ask(other, "post", base, 201, wanted).json()
    again = client.ask(first, "post", base, 201, wanted).json()
    assert again["id"] == begun["id"], "the same operation id starts nothing twice"
    names = {"id": begun["id"]}
    eventually("it ends", lambda: client.ask(first, "get", base + "/{id}", 200, **names).json()["phase"] == "done")
    ended = client.ask(first, "get", base + "/{id}", 200, **names).json()
    assert ended["committed"] and ended["reason"] == "it never came", ended
    listed = client.ask(other, "get", base, 200).json()
    assert [each["id"] for each in listed["past"]] == [begun["id"]] and "running" not in listed
    client.ask(other, "get", base + "/{id}", 404, id="nothing")
    decision = {"decision": "cancel", "step": "", "operation_id": "o-3"}
    client.ask(other, "post", base + "/{id}/decision", 404, decision, **names)
    eventually("it is listed no more", lambda: "reg-4" not in members(first))
    check_decisions(client, replicas)


def check_decisions(client, replicas):
    """A removal that waits for a request which never ends is cancelled; everything is as it was."""
    base = "/api/v0/cluster/operations"
    first, third = replicas[0], replicas[2]
    slow = third.connect()
    slow.putrequest("POST", "/api/v0/users")
    for name, value in (("Authorization", client.sandbox.basic()), ("Content-Type", "application/json"),
                        ("Content-Length", "100")):
        slow.putheader(name, value)
    slow.endheaders(b"{")
    wanted = {"kind": "remove", "replica": third.id, "reason": "a test", "operation_id": "o-4"}
    begun = client.ask(first, "post", base, 201, wanted).json()
    names = {"id": begun["id"]}

    def now():
        return client.ask(first, "get", base + "/{id}", 200, **names).json()

    def step():
        running = [each["kind"] for each in now()["steps"] if each["state"] == "running"]
        return running and running[0]
    eventually("it waits for the request", lambda: step() == "finish_requests")
    skip = {"decision": "skip", "step": "check", "operation_id": "o-5"}
    client.ask(first, "post", base + "/{id}/decision", 409, skip, **names)
    client.ask(first, "post", base + "/{id}/decision", 400, {**skip, "decision": "explode"}, **names)
    client.ask(first, "get", base, 200)  # with a running one
    cancel = {"decision": "cancel", "step": "", "operation_id": "o-6"}
    client.ask(replicas[1], "post", base + "/{id}/decision", 200, cancel, **names)
    eventually("it is taken back", lambda: now()["phase"] == "cancelled")
    eventually("it takes traffic again", lambda: third.ask("GET", "/_ping", plain=True).status == 200)
    slow.close()


def check_stream(client, replicas):
    """Seen at one replica, resumed at another after more has happened, without gap or repetition."""
    seen = None
    with replicas[0].stream() as stream:
        assert stream.response.status == 200
        client.description.seen.setdefault(("get", "/api/v0/stream"), set()).add(200)
        create_user(client, replicas[1], "seen")
        for event, number, data in stream.frames(15):
            if event == "status":
                client.description.validate(json.loads(data), CLUSTER_STATUS, "a status frame")
            elif event == "event":
                client.description.validate(json.loads(data), EVENT, "an event frame")
                if json.loads(data)["subject"] == "seen":
                    seen = number
                    break
    assert seen is not None, "the event did not come"
    for name in ("missed-1", "missed-2", "missed-3"):
        create_user(client, replicas[2], name)
    with replicas[1].stream(seen) as stream:
        subjects = []
        for event, number, data in stream.frames(15):
            if event == "event":
                assert int(number) > int(seen)
                subjects.append(json.loads(data)["subject"])
                if subjects[-1] == "missed-3":
                    break
    users = [subject for subject in subjects if subject.startswith(("seen", "missed"))]
    assert users == ["missed-1", "missed-2", "missed-3"], subjects


def create_user(client, replica, name):
    body = {"name": name, "password": "a long password", "role": "reader", "operation_id": name}
    client.ask(replica, "post", "/api/v0/users", 201, body)


def check_join(client, replicas, folder):
    """A fourth replica is let in by its token, and asks to be promoted before it can be."""
    wanted = {"name": "reg-4", "url": "https://127.0.0.1:1", "http_url": "http://127.0.0.1:2",
              "peer_url": "https://127.0.0.1:3", "lifetime_s": 600, "operation_id": "j-1"}
    created = client.ask(replicas[0], "post", "/api/v0/cluster/join-tokens", 201, wanted).json()
    packed = created["token"].split(".", 1)[1]
    token = json.loads(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)))
    requests = []
    for name in ("node", "peer"):
        subprocess.run(["openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                        "-keyout", f"{folder}/{name}.key", "-out", f"{folder}/{name}.csr", "-subj", "/CN=reg-4"],
                       check=True, capture_output=True, timeout=30)
        with open(f"{folder}/{name}.csr", encoding="ascii") as file:
            requests.append(file.read())
    status = client.ask(replicas[0], "get", "/api/v0/replica", 200).json()
    now = client.ask(replicas[0], "get", "/api/v0/cluster", 200).json()["observed_at"]
    request = {"secret": token["secret"], "replica_id": created["replica_id"], "node_csr": requests[0],
               "peer_csr": requests[1], "version": status["version"], "feature_level": status["feature_level"],
               "at": now}
    json_type = {"Content-Type": "application/json"}
    for wrong in ({"secret": "0" * 64}, {"at": "2020-01-01T00:00:00Z"}, {"node_csr": "nonsense"}):
        refused = replicas[1].ask("POST", "/api/v0/cluster/join", json.dumps(dict(request, **wrong)), json_type)
        assert 400 <= refused.status < 500, f"{wrong}: {refused.status} {refused.body!r}"
        client.description.check_answer("post", "/api/v0/cluster/join", refused, replicas[1])
    eventually("the join is let in", lambda: replicas[1].ask(
        "POST", "/api/v0/cluster/join", json.dumps(request), json_type).status == 200, 40)
    client.ask(replicas[1], "post", "/api/v0/cluster/join", 200, request, auth=None)  # again: harmless
    client.ask(replicas[1], "post", "/api/v0/cluster/promote", 403)
    asked = replicas[0].ask("POST", "/api/v0/cluster/promote", as_member=replicas[1])
    client.description.check_answer("post", "/api/v0/cluster/promote", asked, replicas[0])
    assert asked.status == 204, f"a voter already: {asked.status} {asked.body!r}"


def check_without_quorum(client, replicas):
    survivor = replicas[0]
    dead = replicas[1:]
    for replica in dead:
        client.sandbox.ctl("sandbox", "kill", client.sandbox.name, replica.name)
    eventually("the health address says so", lambda: survivor.ask("GET", "/_ping", plain=True).status == 503)
    for path in ("/_ping", "/health", "/load_balancer_status"):
        client.ask(survivor, "get", path, 503, auth=None)
    body = {"name": "lost", "password": "a long password", "role": "reader", "operation_id": "lost"}
    client.ask(survivor, "post", "/api/v0/users", 503, body)
    client.ask(survivor, "get", "/api/v0/users", 503)
    client.ask(survivor, "post", "/api/v0/tokens", 503, {"user": "", "description": "", "operation_id": "lost-2"})
    client.ask(survivor, "delete", "/api/v0/users/{name}", 503, name="seen")
    for path in ("/api/v0/cluster", "/api/v0/replica", "/api/v0/events", "/metrics", "/api/v0/meta/settings"):
        client.ask(survivor, "get", path, 200)

    def dead_are_told():
        status = client.ask(survivor, "get", "/api/v0/meta/cluster_status", 200).json()
        told = [status["replica_health"][replica.id] for replica in dead]
        return all("Replica reported health too long ago: " in each for each in told) and status
    status = eventually("no dead replica is OK", dead_are_told)
    assert status["replica_health"][survivor.id] != "OK" and status["replica_readonly"][survivor.id], status
    alerts = {alert["id"] for alert in client.ask(survivor, "get", "/api/v0/meta/alerts", 200).json()}
    assert {"no-quorum", "unhealthy-replicas"} <= alerts, alerts
    client.ask(survivor, "put", "/api/v0/replica/drain", 204, {"draining": True})
    with survivor.stream() as stream:
        event, _, data = next(stream.frames(10))
        assert event == "status"
        client.description.validate(json.loads(data), CLUSTER_STATUS, "a status frame")


def check_repair(client, replicas):
    """The one that is left goes on alone, and the repair is put back."""
    survivor, dead = replicas[0], replicas[1:]
    client.ask(survivor, "put", "/api/v0/replica/drain", 204, {"draining": False})
    report = client.ask(survivor, "get", "/api/v0/replica/survivor", 200, auth=None, as_member=dead[0]).json()
    assert report["id"] == survivor.id and not report["quorum"] and report["log"]["last"] > 0, report
    client.ask(survivor, "get", "/api/v0/replica/survivor", 403)
    client.ask(survivor, "get", "/api/v0/repair", 404)
    client.ask(survivor, "post", "/api/v0/repair/put-back", 404, {"operation_id": "r-0"})
    silent = [{"replica": each.id, "name": each.name, "statement": "destroyed"} for each in dead]
    plan = client.ask(survivor, "post", "/api/v0/repair/plan", 200, {"silent": silent, "seen": []}).json()
    assert plan["findings"][0]["check"] == "entries_lost", plan
    client.ask(survivor, "post", "/api/v0/repair/plan", 400, {"silent": 1, "seen": []})
    order = {"silent": silent, "seen": [], "reason": "both are gone", "operation_id": "r-1"}
    client.ask(survivor, "post", "/api/v0/repair", 409, dict(order, silent=[]))
    seen = [{"replica": dead[0].id, "answers": True, "quorum": True}]
    client.ask(survivor, "post", "/api/v0/repair", 409, dict(order, seen=seen))
    ordered = client.ask(survivor, "post", "/api/v0/repair", 202, order).json()
    assert ordered["phase"] == "running" and ordered["to_epoch"] == 2, ordered

    def phase():
        try:
            answer = survivor.ask("GET", "/api/v0/repair", headers={"Authorization": client.sandbox.basic()})
        except OSError:
            return "between two servers"
        return json.loads(answer.body)["phase"] if answer.status == 200 else answer.status
    eventually("it is repaired", lambda: phase() == "done", 60)
    done = client.ask(survivor, "get", "/api/v0/repair", 200).json()
    assert done["can_put_back"] and all(step["state"] == "done" for step in done["steps"]), done
    status = client.ask(survivor, "get", "/api/v0/cluster", 200).json()
    assert status["cluster"]["epoch"] == 2 and len(status["former"]) == len(dead), status
    client.ask(survivor, "post", "/api/v0/repair/put-back", 409, {"operation_id": "r-2"})  # changes would be lost
    client.ask(survivor, "post", "/api/v0/repair/put-back", 202, {"reason": "a test", "operation_id": "r-3"})
    eventually("it is put back", lambda: phase() == "put_back", 60)
    assert client.ask(survivor, "get", "/api/v0/cluster", 200).json()["cluster"]["epoch"] == 1


def main():
    bin_dir, file = sys.argv[1:3]
    with open(file, encoding="utf-8") as described:
        description = Description(json.load(described))
    description.check_document()
    with Sandbox(bin_dir) as sandbox:
        client = Client(sandbox, description)
        replicas = sandbox.replicas
        served = replicas[0].ask("GET", "/api/v0/openapi.json").json()
        assert served == description.document, "the replica serves another description"
        check_public(client, replicas[0])
        check_status(client, replicas)
        check_users(client, replicas[1])
        check_what_is_wrong(client, replicas[2])
        check_addresses(client, replicas[0])
        check_verbs(client, replicas)
        check_checks(client, replicas)
        check_stream(client, replicas)
        check_join(client, replicas, sandbox.folder)
        check_operations(client, replicas)
        check_without_quorum(client, replicas)
        check_repair(client, replicas)
    missing = [key for key in description.operations() if not any(each < 300 for each in description.seen.get(key, ()))]
    assert not missing, f"never answered with success: {missing}"
    answers = sum(len(statuses) for statuses in description.seen.values())
    print(f"{len(description.seen)} operations, {answers} kinds of answer held against {file}")


if __name__ == "__main__":
    main()
