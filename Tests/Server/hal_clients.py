"""HAL clients that others wrote, with their own settings, on the running registry."""

import halchemy
import requests
import restnavigator

from representations import state
from server import MODELS


def restnavigator_follows(group, registry):
    root = registry.base
    everything = registry.items()
    # By itself it asks for HAL and JSON alike, HAL first.
    plain = restnavigator.Navigator.hal(f"{root}{MODELS}")
    plain.fetch()
    group.equal("what it gets without being told", plain.response.headers["Content-Type"],
                "application/hal+json")
    wanted = {"Accept": "application/hal+json"}
    home = restnavigator.Navigator.hal(f"{root}{MODELS}", headers=wanted)
    group.equal("the state of the page", home()["total"], len(everything))
    group.equal("what it asked for", home.response.headers["Content-Type"], "application/hal+json")
    embedded = home.embedded()["largeLanguageModels"]
    group.equal("embedded records", [state(one.state) for one in embedded], [state(one) for one in everything])
    found = home.links()["find"](largeLanguageModelId=everything[3]["_id"])
    group.equal("find", found()["_id"], everything[3]["_id"])
    for model, record in zip(embedded, everything):
        whole = model.fetch()
        group.equal(f"self of {record['name']}", whole["_id"], record["_id"])
        collection = model["collection"]
        group.equal(f"collection of {record['name']}", collection()["total"], len(
            [one for one in everything if record.get("projectId") in (None, one.get("projectId"))]))
        fallbacks = model.links().get("llm:fallback", [])
        group.equal(f"fallbacks of {record['name']}", [
            [one.state["referenceId"] for one in fallback.embedded()["largeLanguageModels"]] for fallback in fallbacks],
            [[one["fallbackLLMReferenceId"]] if any(
                other["referenceId"] == one["fallbackLLMReferenceId"] for other in everything) else []
             for one in record.get("fallbacks", [])])
    clone = embedded[0]["llm:clone"].create({"name": "Kopie"}, headers={"Content-Type": "application/json"})
    # It does not resolve a Location that is a path, though RFC 9110 section 10.2.2 allows that.
    location = clone.uri
    clone = restnavigator.Navigator.hal(root + location, headers=wanted)
    group.equal("llm:clone", (clone()["name"], clone()["provider"]), ("Kopie", everything[0]["provider"]))
    clone.patch({"name": "Andere"}, headers={"Content-Type": "application/merge-patch+json"})
    group.equal("PATCH of a resource", registry.get(location).json["name"], "Andere")
    # Its delete() wants a Content-Type, and a 204 has none.
    group.equal("DELETE of the clone", registry.send("DELETE", location).status, 204)
    test = embedded[0]["llm:test"].create({}, raise_exc=False)
    group.equal("llm:test", test.response.status_code, 501)
    walk = restnavigator.Navigator.hal(f"{root}{MODELS}?limit=4", headers=wanted)
    seen = []
    while True:
        seen += [one.state["_id"] for one in walk.embedded()["largeLanguageModels"]]
        if "next" not in walk.links():
            break
        walk = walk["next"]
    group.equal("all pages by next", seen, [one["_id"] for one in everything])
    curie = registry.get(MODELS, "application/hal+json").json["_links"]["curies"][0]["href"]
    curie = requests.get(root + curie.replace("{rel}", "clone"), timeout=30)
    group.equal("the curie leads to a page", (curie.status_code, curie.headers["Content-Type"]),
                (200, "text/html; charset=utf-8"))


def halchemy_follows(group, registry):
    everything = registry.items()
    api = halchemy.Api(registry.base)
    home = api.using_endpoint(MODELS).get()
    group.equal("what it got", home._halchemy.response.headers["Content-Type"], "application/hal+json")
    group.equal("the state of the page", home["total"], len(everything))
    models = home.embedded_many("largeLanguageModels")
    group.equal("embedded records", [model["_id"] for model in models], [one["_id"] for one in everything])
    model = api.follow(models[0]).to("self").get()
    group.equal("self", model["_id"], everything[0]["_id"])
    collection = api.follow(model).to("collection").get()
    group.equal("collection", collection["total"], len(
        [one for one in everything if one.get("projectId") == everything[0]["projectId"]]))
    found = api.follow(home).to("find").with_template_values({"largeLanguageModelId": everything[1]["_id"]}).get()
    group.equal("find", found["_id"], everything[1]["_id"])
    copy = api.follow(model).to("llm:clone").post({"name": "Kopie"})
    group.equal("llm:clone", (copy._halchemy.response.status_code, copy["name"]), (201, "Kopie"))
    changed = api.follow(copy).to("self").patch({"name": "Andere"})
    group.equal("PATCH", changed["name"], "Andere")
    gone = api.follow(changed).to("self").delete()
    group.equal("DELETE", gone._halchemy.response.status_code, 204)
    page = api.using_endpoint(f"{MODELS}?limit=5").get()
    seen = [model["_id"] for model in page.embedded_many("largeLanguageModels")]
    while page.has_rel("next"):
        page = api.follow(page).to("next").get()
        seen += [model["_id"] for model in page.embedded_many("largeLanguageModels")]
    group.equal("all pages by next", seen, [one["_id"] for one in everything])
    while page.has_rel("prev"):
        page = api.follow(page).to("prev").get()
    group.equal("and back by prev", page.embedded_many("largeLanguageModels")[0]["_id"], everything[0]["_id"])
