"""The registry's page and record with Starlette and orjson: uvicorn runs it on one core."""

import os
import sqlite3
import sys

import orjson
import uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import formats  # noqa: E402

WRITERS = {
    "application/json": orjson.dumps,
    "application/hal+json": lambda document: orjson.dumps(formats.hal(document)),
    "application/xml": formats.xml,
    "text/csv": formats.table,
}
database = None


def answer(request, document):
    accept = request.headers.get("accept", "application/json")
    if accept not in WRITERS:
        return Response(status_code=406)
    return Response(WRITERS[accept](document), media_type=accept, headers={"Vary": "Accept"})


async def page(request):
    limit = int(request.query_params.get("limit", "25"))
    rows = database.execute("SELECT record FROM models ORDER BY sequence LIMIT ?", (limit,)).fetchall()
    total = database.execute("SELECT total FROM meta").fetchone()[0]
    return answer(request, {"items": [orjson.loads(row[0]) for row in rows], "total": total, "nextCursor": None,
                            "previousCursor": None})


async def record(request):
    row = database.execute("SELECT record FROM models WHERE id = ?", (request.path_params["id"],)).fetchone()
    return answer(request, orjson.loads(row[0])) if row else Response(status_code=404)


if __name__ == "__main__":
    database = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True, check_same_thread=False)
    routes = [Route(formats.MODELS, page), Route(formats.MODELS + "/{id}", record)]
    uvicorn.run(Starlette(routes=routes), port=int(sys.argv[2]), log_level="error", access_log=False)
