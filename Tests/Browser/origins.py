"""A page of another origin uses a registry: it reads tags, links and problems, and writes with If-Match.

Usage: origins.py BASE-URL CHROMIUM CHROMEDRIVER
"""

import http.server
import sys
import threading

from session import Page, check

PAGE = b"<!DOCTYPE html><meta charset=utf-8><title>elsewhere</title><p>a page of another origin"

# Sends requests and gives what the browser lets the page see of the answers.
SCRIPT = """
const [base, done] = arguments;
const models = base + "/v2.0/largelanguagemodels";
const shown = ["etag", "link", "location", "x-total-count", "allow", "content-disposition", "content-type"];
const send = async (method, url, headers, body) => {
  const response = await fetch(url, { method, headers: new Headers(headers), body });
  const text = await response.text();
  const fields = Object.fromEntries(shown.map(name => [name, response.headers.get(name)]));
  return { status: response.status, text, ...fields };
};
const json = { "Content-Type": "application/json" };
(async () => {
  const result = {};
  result.page = await send("GET", models + "?limit=1&download", { Accept: "text/csv" });
  result.created = await send("POST", models, { ...json, "x-cxone-authorization": "x", Authorization: "Bearer x" },
    JSON.stringify({ name: "from elsewhere", modelType: "gpt-4o", provider: "openAI",
      connectionId: "3c90c3cc-0d44-4b50-8888-8dd25736052a", projectId: "5ce7c2d833ea1e04d7e6c433" }));
  const item = base + result.created.location;
  result.item = await send("GET", item, {});
  result.changed = await send("PATCH", item, { ...json, "If-Match": result.item.etag }, '{"name":"changed"}');
  result.late = await send("PATCH", item, { ...json, "If-Match": result.item.etag }, '{"name":"too late"}');
  result.nowhere = await send("GET", base + "/nowhere", { "X-API-Key": "x" });
  result.method = await send("DELETE", models, {}).catch(error => ({ stopped: error instanceof TypeError }));
  result.deleted = await send("DELETE", item, { "If-Match": result.changed.etag });
  return result;
})().then(done, error => done({ failed: String(error) }));
"""


class Elsewhere(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(PAGE)))
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, *_):
        pass


def main():
    base, *programs = sys.argv[1:]
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = Page(base, *programs)
    page.driver.set_script_timeout(30)
    # "localhost" and "127.0.0.1" are different origins, and so are different ports.
    page.driver.get(f"http://localhost:{server.server_port}/")
    result = page.driver.execute_async_script(SCRIPT, base)
    check("other origin: all requests are answered", result.get("failed"), None)
    check("other origin: a page of CSV", (result["page"]["status"], result["page"]["content-disposition"]),
          (200, 'attachment; filename="largelanguagemodels.csv"'))
    check("other origin: its links and total", ('rel="next"' in result["page"]["link"],
                                                int(result["page"]["x-total-count"]) > 1), (True, True))
    check("other origin: POST, with its Location", (result["created"]["status"],
                                                    result["created"]["location"].startswith("/v2.0/")), (201, True))
    check("other origin: the tag can be read", (result["item"]["status"], result["item"]["etag"]),
          (200, result["created"]["etag"]))
    check("other origin: PATCH with If-Match", (result["changed"]["status"],
                                                result["changed"]["etag"] != result["item"]["etag"]), (200, True))
    check("other origin: the lost update is refused", (result["late"]["status"], result["late"]["content-type"]),
          (412, "application/problem+json"))
    check("other origin: a problem can be read", (result["nowhere"]["status"], '"status":404' in result["nowhere"]["text"]),
          (404, True))
    check("other origin: a method that the route lacks is stopped by its preflight", result["method"], {"stopped": True})
    check("other origin: DELETE", result["deleted"]["status"], 204)
    page.driver.quit()
    server.shutdown()


if __name__ == "__main__":
    main()
