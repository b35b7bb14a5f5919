"""What both peers write by hand: HAL, XML and CSV of records that are dictionaries, as a Python server would."""

import csv
import io
import xml.etree.ElementTree as ElementTree

MODELS = "/v2.0/largelanguagemodels"


def links(record):
    """The links of one record, as the registry has them."""
    path = f"{MODELS}/{record['_id']}"
    found = {
        "self": {"href": path}, "collection": {"href": MODELS},
        "llm:connection": {"href": f"/v2.0/connections/{record['connectionId']}"},
        "llm:test": {"href": f"{path}/test"}, "llm:clone": {"href": f"{path}/clone"},
    }
    for relation, member, folder in (
            ("llm:project", "projectId", "projects"), ("llm:createdBy", "createdBy", "users"),
            ("llm:lastChangedBy", "lastChangedBy", "users")):
        if member in record:
            found[relation] = {"href": f"/v2.0/{folder}/{record[member]}"}
    if "fallbacks" in record:
        found["llm:fallback"] = [
            {"href": f"{MODELS}?referenceId={fallback['fallbackLLMReferenceId']}"}
            for fallback in record["fallbacks"] if "fallbackLLMReferenceId" in fallback]
    if "assignedToProjects" in record:
        found["llm:assignedProject"] = [{"href": f"/v2.0/projects/{one}"} for one in record["assignedToProjects"]]
    return found


def hal(document):
    """A record with its links, or a page of such records."""
    if "items" not in document:
        return {**document, "_links": links(document)}
    return {
        "_embedded": {"largeLanguageModels": [hal(record) for record in document["items"]]},
        "_links": {"self": {"href": MODELS}}, **{name: document[name] for name in document if name != "items"}}


def element(name, value):
    node = ElementTree.Element(name)
    if isinstance(value, dict):
        node.extend(element(member, inner) for member, inner in value.items())
    elif isinstance(value, list):
        node.extend(element("item", inner) for inner in value)
    elif value is not None:
        node.text = ("true" if value else "false") if isinstance(value, bool) else str(value)
    return node


def xml(document):
    if "items" not in document:
        return ElementTree.tostring(element("largeLanguageModel", document), "utf-8", xml_declaration=True)
    root = ElementTree.Element("largeLanguageModels")
    root.extend(element("largeLanguageModel", record) for record in document["items"])
    return ElementTree.tostring(root, "utf-8", xml_declaration=True)


def flat(value, name, cells):
    if isinstance(value, dict) and value:
        for member, inner in value.items():
            flat(inner, f"{name}.{member}" if name else member, cells)
    elif isinstance(value, list) and value:
        for index, inner in enumerate(value):
            flat(inner, f"{name}[{index}]", cells)
    else:
        cells[name] = ("true" if value else "false") if isinstance(value, bool) else value
    return cells


def table(document):
    rows = [flat(record, "", {}) for record in document.get("items", [document])]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()
