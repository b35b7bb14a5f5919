"""Pages: every record exactly once, forwards and backwards, by cursor, by `Link` and by HAL's links."""

import urllib.parse

from server import MODELS, VARY
from representations import REPRESENTATIONS, page_of


def identifiers(registry, path):
    """The records of a page, by way of JSON."""
    answer = registry.get(path, "application/json")
    if answer.status != 200:
        raise RuntimeError(f"{path} is {answer.status}: {answer.body!r}")
    return [item["_id"] for item in answer.json["items"]]


def by_cursor(accept, content_type):
    def step(registry, path, direction):
        answer = registry.get(path, accept)
        _, following, previous = page_of(content_type, answer)
        cursor = following if direction == "next" else previous
        return f"{MODELS}?{direction}={urllib.parse.quote(cursor, safe='')}" if cursor else None

    return step


def by_link_field(accept):
    def step(registry, path, direction):
        return registry.get(path, accept).links().get("next" if direction == "next" else "prev")

    return step


def by_hal(registry, path, direction):
    links = registry.get(path, "application/hal+json").json["_links"]
    return links.get("next" if direction == "next" else "prev", {}).get("href")


def keeps_query(group, registry, project):
    """The links of a page have the query that it answers: `self` all of it, the others all but the cursors."""
    query = f"format=hal&projectId={project}&limit=1"
    page = registry.get(f"{MODELS}?{query}").json
    targets = {relation: link["href"] for relation, link in page["_links"].items() if relation != "curies"}
    group.equal("HAL: self and first keep the query", (targets["self"], targets["first"]),
                (f"{MODELS}?{query}", f"{MODELS}?{query}"))
    cursor = f"next={page['nextCursor']}"
    group.equal("HAL: next keeps the query", targets["next"], f"{MODELS}?{query}&{cursor}")
    following = registry.get(targets["next"]).json
    group.equal("HAL: the next page's links", {
        relation: link["href"] for relation, link in following["_links"].items()
        if relation in ("self", "first", "prev")},
        {"self": targets["next"], "first": f"{MODELS}?{query}",
         "prev": f"{MODELS}?{query}&previous={following['previousCursor']}"})
    links = registry.get(f"{MODELS}?{cursor}&format=csv&limit=1").links()
    group.equal("Link: self and first keep the query", (links["self"], links["first"]),
                (f"{MODELS}?{cursor}&format=csv&limit=1", f"{MODELS}?format=csv&limit=1"))


def pages(group, registry):
    """Walks the whole collection, and what filters leave of it."""
    everything = registry.items()
    order = [item["_id"] for item in everything]
    ways = [(f"cursors in {accept}", by_cursor(accept, content_type)) for accept, content_type, _ in REPRESENTATIONS
            if "hal" not in accept and "absent" not in accept]
    ways += [(f"Link with {accept}", by_link_field(accept))
             for accept in ("application/json", "text/csv;header=absent")]
    ways += [("cursors in HAL", by_cursor("application/hal+json", "application/hal+json")), ("HAL's links", by_hal)]
    projects = sorted({item["projectId"] for item in everything if "projectId" in item})
    group.that("several projects are in the sample", len(projects) > 1)
    filters = {"": order}
    for name in ("projectId", "referenceId"):
        for value in sorted({item[name] for item in everything if name in item}):
            filters[f"&{name}={value}"] = [item["_id"] for item in everything if item.get(name) == value]
    one = everything[0]
    filters[f"&projectId={one['projectId']}&referenceId={one['referenceId']}"] = [one["_id"]]
    filters["&projectId=nobody"] = []
    filters["&projectId=" + "".join(f"%{byte:02x}" for byte in one["projectId"].encode())] = filters[
        f"&projectId={one['projectId']}"]

    for filter, expected in filters.items():
        for limit in range(1, 6) if len(expected) > 1 else (1, 2):
            # Each way has the whole collection once; filters are the same to all of them.
            for name, step in ways if not filter or "projectId" in filter and limit == 2 else ways[:1] + ways[-1:]:
                walk(group, f"limit={limit}{filter} by {name}", registry, step, f"{MODELS}?limit={limit}{filter}",
                     expected, limit)
        answer = registry.get(f"{MODELS}?limit=1000{filter}")
        group.equal(f"{filter}: total", answer.json["total"], len(expected))
    group.equal("a limit beside a cursor wins", len(identifiers(
        registry, by_hal(registry, f"{MODELS}?limit=1", "next").replace("limit=1", "limit=3"))), 3)
    keeps_query(group, registry, projects[0])
    with_unknown = registry.get(f"{MODELS}?limit=2&unknown=1&&=&a=b=c&%ff=%ff&limit[]=5")
    group.equal("unknown parameters do not matter", with_unknown.body, registry.get(f"{MODELS}?limit=2").body)
    group.equal("a percent-encoded parameter", registry.get(f"{MODELS}?limit=%32").body,
                registry.get(f"{MODELS}?limit=2").body)
    encoded = "".join(f"%{byte:02X}" for byte in order[0].encode())
    group.equal("a percent-encoded identifier", registry.get(f"{MODELS}/{encoded}").body,
                registry.get(f"{MODELS}/{order[0]}").body)

    # Cursors stay where they are when the record that they were made from goes.
    path = registry.send("POST", f"{MODELS}/{order[2]}/clone")["Location"]
    last = registry.get(f"{MODELS}?limit={len(order)}").json["nextCursor"]
    group.equal("a record that came is on the last page", identifiers(registry, f"{MODELS}?next={last}"),
                [path.rpartition("/")[2]])
    registry.send("DELETE", path)
    empty = registry.get(f"{MODELS}?next={last}").json
    group.equal("a page behind the last record", (empty["items"], empty["nextCursor"]), ([], None))
    group.equal("and the way back from it", identifiers(
        registry, f"{MODELS}?previous={empty['previousCursor']}&limit=1000"), order)


def walk(group, what, registry, step, path, expected, limit):
    """Goes to the end and back to the start."""
    seen = []
    steps = 0
    while True:
        page = identifiers(registry, path)
        group.that(f"{what}: a page is no longer than its limit", len(page) <= limit)
        seen += page
        following = step(registry, path, "next")
        steps += 1
        if not following or steps > 50:
            break
        path = following
    group.equal(f"{what}: forwards", seen, expected)
    group.equal(f"{what}: number of pages", steps, max(1, -(-len(expected) // limit)))
    back = []
    steps = 0
    while path and steps <= 50:
        back = identifiers(registry, path) + back
        path = step(registry, path, "previous")
        steps += 1
    group.equal(f"{what}: backwards", back, expected)


def cursors(group, registry):
    """Cursors that no page has given are refused, whatever was done to them."""
    projects = [item["projectId"] for item in registry.items() if "projectId" in item]
    page = registry.get(f"{MODELS}?limit=1&projectId={projects[0]}").json
    cursor = page["nextCursor"]
    group.that("a cursor needs no escaping", urllib.parse.quote(cursor, safe="") == cursor, cursor)
    edited = set()
    for index in range(len(cursor)):
        for other in "A_9":
            edited.add(cursor[:index] + other + cursor[index + 1:])
        edited.add(cursor[:index] + cursor[index + 1:])
        edited.add(cursor[:index] + "-" + cursor[index:])
    edited |= {cursor[:4], cursor * 2, cursor + "=", cursor + "A", cursor.swapcase(), "%00", "%ff", "a" * 5000, "AQ",
               "é"}
    edited -= {cursor}
    wrong = {}
    for text in edited:
        answer = registry.get(f"{MODELS}?next={urllib.parse.quote(text, safe='%')}")
        if answer.status != 400:
            wrong[text] = answer.status
    group.count += len(edited) - 1
    group.equal(f"edited cursors of {cursor}", wrong, {})
    previous = registry.get(f"{MODELS}?next={cursor}").json["previousCursor"]
    for path in (f"?previous={cursor}", f"?next={previous}", f"?next={cursor}&previous={previous}",
                 f"?next={cursor}&projectId=other", f"?next={cursor}&referenceId=other", "?limit=0", "?limit=-1",
                 "?limit=1000001", "?limit=1.0", "?limit=", "?limit=%20", "?limit=9223372036854775808", "?limit=1e3",
                 "?limit=0x10"):
        answer = registry.get(MODELS + path)
        group.equal(f"{path}", (answer.status, answer["Content-Type"], answer["Vary"]),
                    (400, "application/problem+json", VARY))
    group.equal("the cursor with its own filter", registry.get(
        f"{MODELS}?next={cursor}&projectId={projects[0]}").status, 200)
