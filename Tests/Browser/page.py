"""Uses the page of a running model registry as people do, and says what it found.

Usage: page.py BASE-URL FOLDER CHROMIUM CHROMEDRIVER
"""

import csv
import io
import json
import re
import sys
import urllib.request

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from session import Page, check

COLLECTION = "/v2.0/largelanguagemodels"
HAL = "application/hal+json"
PROBLEM = "application/problem+json"
CSV = "text/csv; charset=utf-8; header="
CHOICES = {
    "page in a browser": (200, "application/xml"),
    "*/*": (200, "application/json"),
    "application/json": (200, "application/json"),
    HAL: (200, HAL),
    "application/xml": (200, "application/xml"),
    "text/xml": (200, "text/xml; charset=utf-8"),
    "text/csv": (200, CSV + "present"),
    "text/csv;header=absent": (200, CSV + "absent"),
    "text/*;q=0.3, application/xml;q=0.8": (200, "application/xml"),
    "*/*, application/json;q=0": (200, HAL),
    "text/csv;q=high, text/xml": (200, "text/xml; charset=utf-8"),
    "image/png": (406, PROBLEM),
}

# Text whose colour is too near to that of its background (WCAG 2, AA: 4.5 to 1), as "text: ratio".
CONTRAST = """
const parts = text => (text.match(/[\\d.]+/g) || []).map(Number);
const light = ([r, g, b]) => [r, g, b].map(v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
  .reduce((sum, v, index) => sum + v * [.2126, .7152, .0722][index], 0);
const behind = element => {
  for (; element; element = element.parentElement) {
    const colour = parts(getComputedStyle(element).backgroundColor);
    if (colour.length === 3 || colour[3] > 0) return colour;
  }
  return [255, 255, 255];
};
const found = new Set();
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const element = walker.currentNode.parentElement;
  if (!walker.currentNode.data.trim() || !element.checkVisibility()) continue;
  const [a, b] = [light(parts(getComputedStyle(element).color)), light(behind(element))].sort((x, y) => y - x);
  const ratio = (a + .05) / (b + .05);
  if (ratio < 4.5) found.add(walker.currentNode.data.trim().slice(0, 30) + ": " + ratio.toFixed(2));
}
return [...found];
"""

# What can be reached by Tab and has no name for those who do not see it.
NAMELESS = """
const named = element => element.labels?.length || element.getAttribute("aria-label") || element.textContent.trim();
return [...document.querySelectorAll("input, select, button, a[href], [tabindex='0']")]
  .filter(element => element.checkVisibility() && !named(element)).map(element => element.outerHTML);
"""


def fetch(base, path, accept):
    request = urllib.request.Request(base + path, headers={"Accept": accept})
    with urllib.request.urlopen(request, timeout=20) as response:
        return response.read().decode()


def try_list(page):
    first = json.loads(fetch(page.base, COLLECTION + "?limit=10", HAL))
    records = first["_embedded"]["largeLanguageModels"]
    page.open()
    check("list: records", page.texts("#models b"), [record["name"] for record in records])
    check("list: count", page.text("#count"), f"{len(records)} of {first['total']}")
    check("list: no way back from the first page", page.find("#prev").is_displayed(), False)
    following = json.loads(fetch(page.base, first["_links"]["next"]["href"], HAL))["_embedded"]["largeLanguageModels"]
    wait = WebDriverWait(page.driver, 20, 0.02)

    def shows(names):
        wait.until(lambda driver: page.texts("#models b") == names, f"the list does not become {names}")

    page.find("#next").click()
    shows([record["name"] for record in following])
    page.driver.back()
    shows([record["name"] for record in records])
    page.find("#next").click()
    shows([record["name"] for record in following])
    page.find("#prev").click()
    shows([record["name"] for record in records])
    print("  passed: list: next, previous, and the back button")
    project = next(record["projectId"] for record in records if record.get("projectId"))
    filtered = json.loads(fetch(page.base, f"{COLLECTION}?limit=10&projectId={project}", HAL))["_embedded"][
        "largeLanguageModels"
    ]
    page.find("#project").send_keys(project, Keys.ENTER)
    shows([record["name"] for record in filtered])
    page.find("#project").clear()
    page.find("#project").send_keys(Keys.ENTER)
    shows([record["name"] for record in records])
    print("  passed: list: filter by project")
    return records


def try_presets(page):
    page.open()
    chips = {chip.text: chip for chip in page.all("#presets button")}
    check("presets: names", sorted(chips), sorted(CHOICES))
    for name, (status, content_type) in CHOICES.items():
        page.click(chips[name])
        check(f"preset {name}: answer", (page.status(), page.header("Content-Type")), (status, content_type))
        essence = re.sub(r"\s|; charset=utf-8", "", content_type)
        check(f"preset {name}: explanation", page.choice(), [essence] if status == 200 else [])
        check(f"preset {name}: varies by Accept", "accept" in (page.header("Vary") or "").lower(), True)
    page.click(chips["text/csv;q=high, text/xml"])
    check("presets: malformed element", page.text("#ignored code"), "text/csv;q=high")
    for chip in range(len(page.all("#formats a"))):
        chip = page.all("#formats a")[chip]
        name = chip.text
        page.click(chip)
        check(f"same resource as {name}", [chip.text for chip in page.all("#formats [aria-current]")], [name])


def try_links(page, records):
    page.open(path=COLLECTION + "?limit=3", accept=HAL)
    href = records[0]["_links"]["self"]["href"]
    page.click(next(link for link in page.all("#body a") if link.text == json.dumps(href)))
    check("links: self", (page.status(), page.find("#path").get_property("value")), (200, href))
    check("links: the record", json.dumps(records[0]["name"], ensure_ascii=False) in page.body(), True)
    check("links: the list marks it", page.text("#models [aria-current] b"), records[0]["name"])
    with page.answered():
        page.driver.back()
    check("links: back", page.find("#path").get_property("value"), COLLECTION + "?limit=3")
    state = json.loads(fetch(page.base, COLLECTION + "?limit=3", HAL))
    following = state["_links"]["next"]["href"]
    page.click(next(link for link in page.all("#body a") if link.text == json.dumps(following)))
    check("links: next", (page.status(), page.find("#path").get_property("value")), (200, following))
    address = page.driver.current_url
    page.driver.get("about:blank")
    page.driver.get(address)
    page.settle()
    check(
        "links: an address that was passed on",
        (page.status(), page.find("#path").get_property("value")),
        (200, following),
    )
    page.open(path=COLLECTION + "?limit=3", accept=HAL)
    for box in page.all("#body .template"):
        if box.text.startswith("largeLanguageModelId"):
            box.find_element(By.TAG_NAME, "input").send_keys(records[1]["_id"])
            page.click(box.find_element(By.TAG_NAME, "button"))
            break
    check("links: template", page.find("#path").get_property("value"), f"{COLLECTION}/{records[1]['_id']}")
    page.send(COLLECTION + "?limit=3", "text/csv")
    page.click(next(link for link in page.all("#headers a") if link.text == f"<{following}>"))
    check(
        "links: the Link field keeps the format", (page.status(), page.header("Content-Type")), (200, CSV + "present")
    )


def try_bodies(page, records):
    path = COLLECTION + "?limit=3"
    page.open(path=path, accept="text/csv")
    # An empty string is shown as its two quotes, which Python's reader does not tell from nothing.
    shown = page.run("""return [...document.querySelectorAll("#body tr")].map(row =>
        [...row.children].slice(1).map(cell => cell.textContent === '""' ? "" : cell.textContent))""")
    check("CSV: all cells", shown, list(csv.reader(io.StringIO(fetch(page.base, path, "text/csv"), newline=""))))
    page.find("#raw").click()
    WebDriverWait(page.driver, 5).until(lambda driver: not page.all("#body table"))
    check("CSV: raw", page.text("#body .code"), fetch(page.base, path, "text/csv"))
    page.find("#pretty").click()
    WebDriverWait(page.driver, 5).until(lambda driver: page.all("#body table"))
    page.send(path, "text/csv;header=absent")
    check("CSV without header: columns are numbered", page.texts("#body thead th")[1:3], ["1", "2"])
    check("CSV without header: rows", len(page.all("#body tbody tr")), 3)
    page.send(path, "application/json")
    lines = page.run("return [...document.querySelectorAll('#body .l')].map(line => line.textContent).join('\\n')")
    check("JSON: nothing is lost", json.loads(lines), json.loads(fetch(page.base, path, "application/json")))
    page.send(path, "application/xml")
    lines = page.run("return [...document.querySelectorAll('#body .l')].map(line => line.textContent).join('\\n')")
    squeeze = lambda text: re.sub(r">\s+<", "><", text).strip()
    check("XML: nothing is lost", squeeze(lines), squeeze(fetch(page.base, path, "application/xml")))
    page.send(path, "application/json", method="HEAD")
    check("HEAD", (page.status(), page.header("Content-Type"), "HEAD" in page.body()), (200, "application/json", True))
    page.send(path, "application/json")
    page.click(page.find("#again"))
    check("If-None-Match", page.status(), 304)
    page.click(page.find("#again"))
    check("If-None-Match, once more", page.status(), 304)


def try_errors(page):
    page.open(path=COLLECTION, accept="image/png")
    offers = [row.removeprefix("✓ ") for row in page.texts("#ranking td:first-child")]
    check("406: shown as an error", (page.status(), len(page.all("#problem .problem"))), (406, 1))
    check("406: offers", page.texts("#offers a"), offers)
    page.click(page.find("#offers a"))
    check("406: an offer is taken", page.status(), 200)
    page.send(COLLECTION + "/000000000000000000000000", "application/xml")
    check(
        "404 in XML",
        (page.status(), page.header("Content-Type"), len(page.all("#problem .problem"))),
        (404, "application/problem+xml", 1),
    )
    page.send("https://elsewhere.example/x", HAL)
    check("another server is not asked", page.text("#status").startswith("No answer"), True)


def try_key(page):
    page.open()
    check("key: none is sent", page.run("return window.keySent"), None)
    page.find("#request summary").click()
    with page.answered():
        page.find("#api-key").send_keys("s3cret", Keys.ENTER)
    check("key: sent", page.run("return window.keySent"), "s3cret")
    kept = page.run("return location.href + document.cookie + JSON.stringify([localStorage, sessionStorage])")
    check("key: kept nowhere", "s3cret" in kept + page.text("#curl"), False)
    check("key: the command has a place for it", "$API_KEY" in page.text("#curl"), True)


def try_hostile(page):
    for name in ("json", "hal", "xml", "csv", "broken", "cut", "deep", "problem", "html"):
        page.open(path=f"/hostile/{name}", accept="*/*")
        made = page.run("return document.querySelectorAll('#response :is(img, script, iframe, object, b b)').length")
        links = page.run(
            """return [...document.querySelectorAll("#response a")].map(one => one.getAttribute("href"))
                .filter(href => !href.startsWith("#"))"""
        )
        check(
            f"hostile {name}: text stays text", (made, links, page.run("return window.attacked ?? null")), (0, [], None)
        )
        if name in ("json", "hal", "html", "broken"):
            check(f"hostile {name}: and is shown", "onerror=" in page.body(), True)
        if name == "json":
            check("hostile json: long numbers stay", "10000000000000000999" in page.body(), True)
        if name == "hal":
            check(
                "hostile hal: links within",
                page.texts("#body a"),
                ['"/<img src=x onerror=\\"window.attacked = 1\\"><script>window.attacked = 1</script>"'],
            )
        if name == "csv":
            check("hostile csv: cells", page.texts("#body tbody td")[1:], ["", '""', "2"])
        if name in ("broken", "cut", "deep"):
            check(f"hostile {name}: raw instead", len(page.all("#body .code")), 1)


def try_keyboard(page, records):
    """From the top to a record, to its formats and back, without a mouse."""
    page.open()
    page.press(Keys.TAB)
    check("keyboard: first comes the skip link", page.focused.text, "Skip to the response")
    page.press(Keys.ENTER)
    check("keyboard: which leads to the response", page.focused.get_attribute("id"), "response-h")

    def tab_to(what, matches, limit=60):
        for _ in range(limit):
            page.press(Keys.TAB)
            style = page.run(
                """const style = getComputedStyle(document.activeElement);
                return [style.outlineStyle, parseFloat(style.outlineWidth)]"""
            )
            if style[0] == "none" or style[1] < 2:
                sys.exit(f"keyboard: the focus cannot be seen on {page.focused.get_attribute('outerHTML')}")
            if matches(page.focused):
                return
        sys.exit(f"keyboard: Tab does not reach {what}")

    page.open()
    tab_to("the first record", lambda element: element.text.startswith(records[0]["name"]))
    with page.answered():
        page.press(Keys.ENTER)
    check("keyboard: a record", page.find("#path").get_property("value"), records[0]["_links"]["self"]["href"])
    check("keyboard: the focus goes to the answer", page.focused.get_attribute("id"), "response-h")
    tab_to("XML", lambda element: element.text == "application/xml")
    with page.answered():
        page.press(Keys.ENTER)
    check("keyboard: the record in XML", page.header("Content-Type"), "application/xml")
    check("keyboard: the focus stays", page.focused.text, "application/xml")
    page.open()
    tab_to("Accept", lambda element: element.get_attribute("id") == "accept")
    page.press("text/csv")
    with page.answered():
        page.press(Keys.ENTER)
    check("keyboard: a typed Accept", page.header("Content-Type"), CSV + "present")
    page.open(path=COLLECTION + "?limit=10", accept="text/csv")
    tab_to("Link", lambda element: element.text.startswith(f"<{COLLECTION}?limit=10&next="))
    with page.answered():
        page.press(Keys.ENTER)
    check("keyboard: the focus when its link is gone", page.focused.get_attribute("id"), "response-h")
    page.open(path=COLLECTION, accept="image/png")
    tab_to("an offer", lambda element: page.run("return arguments[0].parentElement.id", element) == "offers")
    with page.answered():
        page.press(Keys.ENTER)
    check("keyboard: the focus when its offer is gone", page.focused.get_attribute("id"), "response-h")
    page.open()
    check("names for those who do not see", page.run(NAMELESS), [])
    check(
        "landmarks",
        (len(page.all("main")), len(page.all("nav")), len(page.all("header")), len(page.all("[role=status]"))),
        (1, 1, 1, 2),
    )


def try_phone(page, folder):
    page.open()
    page.screenshot(f"{folder}/phone.png")
    states = [{"path": COLLECTION + "?limit=10", "accept": name} for name in CHOICES if "/" in name]
    states += [{"path": "/nowhere", "accept": HAL}, {"path": "/hostile/json"}, {"path": "/hostile/html", "view": "raw"}]
    for state in states:
        page.open(**state)
        check(f"phone: {state['path']} as {state.get('accept')} fits", page.overflow(), 0)
    page.open(path=COLLECTION + "?limit=3", accept=HAL)
    page.run("document.getElementById('response-h').scrollIntoView()")
    page.screenshot(f"{folder}/phone-response.png")
    page.open(path=COLLECTION + "?limit=3", accept="text/csv")
    page.run("document.getElementById('body').scrollIntoView()")
    page.screenshot(f"{folder}/phone-csv.png")


def try_colours(page, scheme, folder):
    for name, state in (
        ("hal", {}),
        ("xml", {"accept": "application/xml"}),
        ("csv", {"accept": "text/csv"}),
        ("error", {"accept": "image/png"}),
    ):
        page.open(path=COLLECTION + "?limit=3", **{"accept": HAL, **state})
        check(f"{scheme}: contrast of {name}", page.run(CONTRAST), [])
        page.screenshot(f"{folder}/desktop-{scheme}-{name}.png")
    check(f"{scheme}: desktop fits", page.overflow(), 0)


def main():
    base, folder, *programs = sys.argv[1:]
    try:
        source = fetch(base, "/", "text/html")
    except OSError as error:
        sys.exit(f"no page at {base}/: {error}")
    check(
        "source: text enters the page as text",
        re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b", source),
        [],
    )
    check("source: at most 40 KB", len(source.encode()) <= 40 * 1024, True)
    page = Page(base, *programs)
    records = try_list(page)
    try_presets(page)
    try_links(page, records)
    try_bodies(page, records)
    try_errors(page)
    try_key(page)
    try_keyboard(page, records)
    page.close("desktop")
    page = Page(base, *programs)
    try_hostile(page)
    page.close("hostile")
    page = Page(base, *programs, width=360, height=740)
    try_phone(page, folder)
    page.close("phone")
    for scheme in ("light", "dark"):
        page = Page(base, *programs, scheme=scheme)
        try_colours(page, scheme, folder)
        page.close(scheme)
    print(f"screenshots: {folder}")


if __name__ == "__main__":
    main()
