"""One page of the model registry in a browser of its own."""

import contextlib
import os
import sys
import urllib.parse

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select, WebDriverWait

# Runs before the page: notes what the security policy stops, and answers /hostile with markup and foreign links.
BEFORE = """
(() => {
window.violations = [];
document.addEventListener("securitypolicyviolation", event => {
  violations.push(event.violatedDirective + " " + event.blockedURI);
});
const markup = '<img src=x onerror="window.attacked = 1"><script>window.attacked = 1</' + 'script>';
const links = {
  self: { href: "javascript:attacked=1" }, next: { href: "//elsewhere.example/x" }, [markup]: { href: "/" + markup },
  other: { href: "https://elsewhere.example/{x}", templated: true },
};
const xml = {
  element: '<a b="' + markup.replaceAll("<", "&lt;").replaceAll('"', "&quot;")
    + '"><script>window.attacked = 1</' + 'script></a>',
  problem: '<problem xmlns="urn:ietf:rfc:7807"><title>&lt;b&gt;T&lt;/b&gt;</title><detail>D</detail></problem>',
};
const hostile = {
  json: ["application/json", JSON.stringify({ [markup]: markup, number: "N" }).replace('"N"', "10000000000000000999")],
  hal: ["application/hal+json", JSON.stringify({ _links: links, name: markup })],
  xml: ["application/xml", xml.element],
  csv: ["text/csv; header=present", '"<b>x</b>",y\\r\\n"' + markup.replaceAll('"', '""') + '",\\r\\n"",2\\r\\n'],
  broken: ["application/json", '{"a": 1,}' + markup],
  cut: ["text/csv", 'a,b\\r\\n"1,2'],
  deep: ["application/json", "[".repeat(200000) + "]".repeat(200000)],
  problem: ["application/problem+xml", xml.problem, 400],
  html: ["text/html", markup],
};
const real = window.fetch;
window.fetch = (path, options) => {
  const name = /^\\/hostile\\/(\\w+)$/.exec(path)?.[1];
  window.keySent = options.headers.get("X-API-Key");
  if (!name) return real(path, options);
  const [type, body, status = 200] = hostile[name];
  const headers = { "Content-Type": type, ETag: markup, Link: "<javascript:attacked=1>; rel=next" };
  return Promise.resolve(new Response(body, { status, headers }));
};
})();
"""


def check(what, actual, expected):
    if actual != expected:
        sys.exit(f"{what}: got {actual!r}, expected {expected!r}")
    print(f"  passed: {what}")


class Page:
    """The page in a browser of its own."""

    def __init__(self, base, browser, driver, width=1366, height=900, scheme="light"):
        self.base = base
        options = webdriver.ChromeOptions()
        options.binary_location = browser
        arguments = ["--headless=new", "--disable-dev-shm-usage", "--lang=en"]
        # Chromium's sandbox does not start for root.
        for argument in arguments + (["--no-sandbox"] if os.geteuid() == 0 else []):
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
        self.driver.set_page_load_timeout(30)
        self.command(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600
        )
        self.command("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.command("Page.addScriptToEvaluateOnNewDocument", source=BEFORE)
        self.complaints = []

    def command(self, name, **parameters):
        return self.driver.execute_cdp_cmd(name, parameters)

    def open(self, **state):
        """A fresh document, also if only the part after # differs."""
        self.driver.get("about:blank")
        self.driver.get(self.base + "/" + ("#" + urllib.parse.urlencode(state) if state else ""))
        self.settle()

    def find(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def text(self, selector):
        return self.find(selector).get_property("textContent")

    def texts(self, selector):
        return self.run("return [...document.querySelectorAll(arguments[0])].map(one => one.textContent)", selector)

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def settle(self):
        """Waits for the answer and the list; every answer puts a new text node into the status line."""
        script = """
            return !document.getElementById("response").classList.contains("busy")
              && document.querySelector("#status b, #status.bad")
              && (document.querySelectorAll("#models li").length > 0 || !document.getElementById("list-note").hidden)
              && document.querySelectorAll("#formats a").length > 0;"""
        WebDriverWait(self.driver, 20, 0.02).until(lambda driver: driver.execute_script(script))

    @contextlib.contextmanager
    def answered(self):
        """Waits until what is done inside has been answered."""
        self.run("window.before = document.getElementById('status').firstChild")
        yield
        WebDriverWait(self.driver, 20, 0.02).until(
            lambda driver: driver.execute_script(
                "return document.getElementById('status').firstChild !== window.before"
            )
        )
        self.settle()

    def send(self, path, accept, method="GET"):
        with self.answered():
            Select(self.find("#method")).select_by_visible_text(method)
            for name, value in (("path", path), ("accept", accept)):
                self.find("#" + name).clear()
                self.find("#" + name).send_keys(value)
            self.find("#send").click()

    def click(self, element):
        with self.answered():
            element.click()

    def press(self, *keys):
        webdriver.ActionChains(self.driver).send_keys(*keys).perform()

    @property
    def focused(self):
        return self.driver.switch_to.active_element

    def status(self):
        return int(self.text("#status b").split()[0])

    def header(self, name):
        fields = dict(zip(self.texts("#headers dt"), self.texts("#headers dd")))
        return fields.get(name)

    def choice(self):
        chosen = self.texts("#ranking .chosen td:first-child")
        return [text.removeprefix("✓ ").removesuffix(" (chosen)") for text in chosen]

    def body(self):
        return self.text("#body")

    def overflow(self):
        """By how much the page is wider than the window, 0 for not at all."""
        return self.run("return Math.max(0, document.documentElement.scrollWidth - innerWidth)")

    def screenshot(self, path):
        self.driver.save_screenshot(path)

    def close(self, what):
        """Nothing but answers of 400 and above, which the browser notes itself, may be on the console."""
        complaints = [
            entry["message"]
            for entry in self.driver.get_log("browser")
            if entry["level"] in ("SEVERE", "WARNING") and entry["source"] != "network"
        ]
        check(f"{what}: console", complaints, [])
        check(f"{what}: security policy", self.run("return window.violations"), [])
        foreign = self.run("return performance.getEntriesByType('resource').map(one => one.name)")
        check(
            f"{what}: other servers", [name for name in foreign if not name.startswith((self.base + "/", "data:"))], []
        )
        self.driver.quit()
