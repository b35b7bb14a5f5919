"""The ways in: keys, CXone, OAuth2, Basic; what is refused; and that no secret gets out."""

import base64
import json
import urllib.parse

from server import MODELS
from writing import NEW, PROBLEM_MEMBERS, check_problem

KEY, READER, CXONE, NAME, PASSWORD = "k3y/+&=", "r3ader", "cx0ne.token", "grüße", "pass:word"
OPTIONS = ["--api-key", KEY, "--read-key", READER, "--cxone-token", CXONE, "--user", f"{NAME}:{PASSWORD}"]
CHALLENGE = 'ApiKey realm="registry", Bearer realm="registry", Basic realm="registry", charset="UTF-8"'


def basic(name, password):
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


def token(registry, **form):
    answer = registry.send("POST", "/auth/oauth2/token", type="application/x-www-form-urlencoded",
                           body=urllib.parse.urlencode(form))
    return answer, answer.json


def ways(group, registry):
    query = urllib.parse.quote(KEY, safe="")
    granted, grant = token(registry, grant_type="password", username=NAME, password=PASSWORD)
    group.equal("password grant", (granted.status, granted["Content-Type"], granted["Cache-Control"],
                grant["token_type"], grant["expires_in"]), (200, "application/json", "no-store", "Bearer", 3600))
    bearer = ("Authorization", f"Bearer {grant['access_token']}")
    for what, path, fields in (
            ("X-API-Key", MODELS, [("X-API-Key", KEY)]), ("api_key", f"{MODELS}?api_key={query}", []),
            ("api_key among others", f"{MODELS}?limit=2&api_key={query}&format=hal", []),
            ("CXone", MODELS, [("x-cxone-authorization", f"Bearer {CXONE}")]),
            ("CXone in other letters", MODELS, [("X-CXone-Authorization", f"bearer {CXONE}")]),
            ("OAuth2", MODELS, [bearer]), ("Basic", MODELS, [("Authorization", basic(NAME, PASSWORD))]),
            ("a wrong key and a right token", MODELS, [("X-API-Key", "x"), bearer])):
        answer = registry.get(path, None, *fields)
        group.equal(f"GET with {what}", answer.status, 200)
        group.that(f"{what}: no secret in the answer", not leaks(answer, grant), repr(answer.fields))
        made = registry.send("POST", path, *fields, type="application/json", body=json.dumps(NEW))
        group.equal(f"POST with {what}", made.status, 201)
        where = (made["Location"] or "/") + (f"?api_key={query}" if "api_key" in path else "")
        group.equal(f"DELETE with {what}", registry.send("DELETE", where, *fields).status, 204)
    linked = registry.get(f"{MODELS}?limit=1&api_key={query}", "text/csv")
    group.that("links do not give the key away", "api_key" not in (linked["Link"] or "api_key"), linked["Link"])

    reader = ("X-API-Key", READER)
    group.equal("a key that may read", registry.get(MODELS, None, reader).status, 200)
    group.equal("a key that may read, in the query", registry.get(f"{MODELS}?api_key={READER}").status, 200)
    item = f"{MODELS}/{registry.get(f'{MODELS}?limit=1', None, reader).json['items'][0]['_id']}"
    for method, path in (("POST", MODELS), ("PATCH", item), ("DELETE", item), ("POST", f"{item}/clone")):
        answer = registry.send(method, path, reader, type="application/json", body=json.dumps(NEW))
        check_problem(group, f"{method} with a key that may only read", answer, 403)

    wrong = CHALLENGE.replace('Bearer realm="registry"', 'Bearer realm="registry", error="invalid_token"')
    for fields, challenge in (
            ([], CHALLENGE), ([("X-API-Key", "")], CHALLENGE), ([("X-API-Key", KEY + "x")], CHALLENGE),
            ([("X-API-Key", KEY[:-1])], CHALLENGE), ([("X-API-Key", KEY * 2)], CHALLENGE),
            ([("X-API-Key", CXONE)], CHALLENGE), ([("x-cxone-authorization", CXONE)], CHALLENGE),
            ([("x-cxone-authorization", f"Bearer {KEY}")], CHALLENGE),
            ([("Authorization", "Bearer x")], wrong), ([("Authorization", f"Bearer {grant['refresh_token']}")], wrong),
            ([("Authorization", f"Bearer {grant['access_token']}x")], wrong), ([("Authorization", "Bearer")], CHALLENGE),
            ([("Authorization", basic(NAME, "x"))], CHALLENGE), ([("Authorization", basic("x", PASSWORD))], CHALLENGE),
            ([("Authorization", basic(NAME, ""))], CHALLENGE), ([("Authorization", "Basic !")], CHALLENGE),
            ([("Authorization", "Basic")], CHALLENGE)):
        for method, path in (("GET", MODELS), ("POST", MODELS), ("DELETE", item), ("GET", f"{MODELS}?api_key=x")):
            answer = registry.send(method, path, *fields)
            check_problem(group, f"{method} {path} with {fields}", answer, 401)
            group.equal(f"{method} {path} with {fields}: challenge", answer["WWW-Authenticate"], challenge)

    fresh, again = token(registry, grant_type="refresh_token", refresh_token=grant["refresh_token"])
    group.equal("refresh grant", fresh.status, 200)
    group.equal("the new token", registry.get(MODELS, None, ("Authorization", f"Bearer {again['access_token']}")).status,
                200)
    group.equal("the old token", registry.get(MODELS, None, bearer).status, 401)
    for error, form in (
            ("invalid_grant", {"grant_type": "refresh_token", "refresh_token": grant["refresh_token"]}),
            ("invalid_grant", {"grant_type": "refresh_token", "refresh_token": again["access_token"]}),
            ("invalid_grant", {"grant_type": "password", "username": NAME, "password": "x"}),
            ("invalid_grant", {"grant_type": "password", "username": "x", "password": PASSWORD}),
            ("invalid_request", {"grant_type": "password", "username": NAME}), ("invalid_request", {}),
            ("invalid_request", {"grant_type": "refresh_token"}),
            ("unsupported_grant_type", {"grant_type": "client_credentials"})):
        refused, body = token(registry, **form)
        group.equal(f"token for {form}", (refused.status, body["error"], refused["Cache-Control"]),
                    (400, error, "no-store"))
    for type, body in (("application/json", "{}"), (None, "grant_type=password"),
                       ("application/x-www-form-urlencoded", "grant_type=password&grant_type=password"),
                       ("application/x-www-form-urlencoded", "grant_type=%ff")):
        refused = registry.send("POST", "/auth/oauth2/token", type=type, body=body)
        group.equal(f"token for {body} as {type}", (refused.status, refused.json["error"]), (400, "invalid_request"))
    check_problem(group, "GET of tokens", registry.get("/auth/oauth2/token"), 405)
    log = registry.log.read_text()
    for secret in (KEY, query, READER, CXONE, PASSWORD, basic(NAME, PASSWORD), grant["access_token"],
                   again["refresh_token"]):
        group.that("no secret in the log", secret not in log, secret)


def leaks(answer, grant):
    text = repr(answer.fields) + repr(answer.body)
    return any(secret in text for secret in (KEY, READER, CXONE, PASSWORD, grant["access_token"], "api_key"))


STRICT = {
    400: ("Bad Request", "1000"), 401: ("Unauthorized", "401"), 404: ("Not Found", "1000"),
    405: ("Method Not Allowed", "1000"), 409: ("Conflict", "1004"), 413: ("Payload Too Large", "1000"),
    501: ("Not Implemented", "1009"),
}


def strict(group, registry):
    """The statuses and texts of the API's reference."""
    fields = [("X-API-Key", KEY)]
    item = f"{MODELS}/{registry.get(f'{MODELS}?limit=1', None, *fields).json['items'][0]['_id']}"
    for status, method, path, extra, type, body in (
            (401, "GET", MODELS, [("X-API-Key", "x")], None, None), (404, "GET", f"{MODELS}/x", [], None, None),
            (404, "GET", "/unknown", [], None, None), (400, "GET", f"{MODELS}?limit=0", [], None, None),
            (405, "TRACE", MODELS, [], None, None), (400, "POST", MODELS, [], "application/json", "{"),
            (400, "POST", MODELS, [], "application/json", "{}"), (400, "POST", MODELS, [], "image/png", "x"),
            (409, "PATCH", item, [("If-Match", '"x"')], "application/json", "{}"),
            (400, "GET", f"{MODELS}?format=x", [], None, None), (501, "POST", f"{item}/test", [], None, None),
            (413, "POST", MODELS, [], "application/json", '{"a":' * 200 + "1" + "}" * 200)):
        answer = registry.send(method, path, *(extra if status == 401 else fields + extra), type=type, body=body)
        what = f"{method} {path}"
        phrase, code = STRICT[status]
        group.equal(what, (answer.status, answer["Content-Type"]), (status, "application/json"))
        problem = answer.json
        group.equal(f"{what}: texts", (problem["type"], problem["title"], problem["status"], problem["code"]),
                    (phrase, f"{phrase} Error", status, code))
        group.equal(f"{what}: members", [name for name in problem if name != "detail"], PROBLEM_MEMBERS)
        group.that(f"{what}: the trace", problem["traceId"].startswith("api--"), problem["traceId"])
    group.equal("what is right is answered as ever", registry.get(MODELS, None, *fields).status, 200)
