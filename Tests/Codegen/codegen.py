"""Classes that others make from the printed schemas read what the tool writes, and write what it reads.

codegen.py TOOL    the path of llmfmt; run by Tests/Codegen/run
"""

import decimal
import importlib
import json
import pathlib
import subprocess
import sys
import tempfile
import warnings

import frictionless
import openapi_spec_validator
import pydantic
from xsdata.exceptions import ParserError
from xsdata.formats.dataclass.parsers import XmlParser
from xsdata.formats.dataclass.serializers import XmlSerializer

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLES = sorted(path for path in (ROOT / "Samples/Data").iterdir() if path.suffix != ".md")
SHAPES = ["item", "list", "page", "hal"]

tool = sys.argv[1]
failures = 0
count = 0


def run(*arguments, text=None, may_fail=False):
    """What the tool prints; with may_fail the exit code too."""
    done = subprocess.run([tool, *arguments], input=text, capture_output=True, text=True, encoding="utf-8")
    if may_fail:
        return done.returncode, done.stdout + done.stderr
    if done.returncode != 0:
        raise RuntimeError(f"llmfmt {' '.join(arguments)}: {done.stderr}")
    return done.stdout


def check(name, is_right, detail=""):
    """Prints a failure and counts."""
    global failures, count
    count += 1
    if not is_right:
        failures += 1
        print(f"FAILED {name}: {detail}")


def generate(*command):
    subprocess.run(command, check=True, capture_output=True, text=True)


def records(text):
    """What a JSON text holds, with numbers by their value."""
    return json.loads(text, parse_int=decimal.Decimal, parse_float=decimal.Decimal)


def check_same(name, sample, text, format):
    """Whether the tool reads the same records from a text and from a sample."""
    code, read = run("--from", format, "--to", "json", text=text, may_fail=True)
    if code != 0:
        check(name, False, read)
        return
    expected, found = records(run(str(sample), "--to", "json")), records(read)
    check(name, found == expected, f"found {found}, expected {expected}")


def shape_of(text):
    """The shape of a JSON document."""
    value = json.loads(text)
    if isinstance(value, list):
        return "list"
    if "_embedded" in value:
        return "hal"
    return "page" if "items" in value else "item"


def pydantic_adapters(folder):
    """A reader of each shape, made from its JSON Schema."""
    adapters = {}
    for shape in SHAPES:
        schema = folder / f"{shape}.json"
        schema.write_text(run("schema", "json-schema", "--shape", shape), encoding="utf-8")
        generate(
            "datamodel-codegen", "--input", str(schema), "--input-file-type", "jsonschema", "--formatters", "builtin",
            "--output-model-type", "pydantic_v2.BaseModel", "--use-title-as-name", "--output",
            str(folder / f"classes_{shape}.py"),
        )
        title = json.loads(schema.read_text(encoding="utf-8"))["title"]
        module = importlib.import_module(f"classes_{shape}")
        adapters[shape] = pydantic.TypeAdapter(getattr(module, title))
    return adapters


def check_pydantic(sample, adapters, is_valid):
    for format in ["json", "hal"]:
        text = run(str(sample), "--to", format)
        shape = shape_of(text)
        name = f"pydantic, {sample.name} as {format} ({shape})"
        try:
            value = adapters[shape].validate_json(text)
        except pydantic.ValidationError as error:
            check(name, not is_valid, error)
            continue
        check(name, is_valid, "invalid records were read")
        if is_valid:
            written = adapters[shape].dump_json(value, by_alias=True, exclude_unset=True).decode()
            check_same(name, sample, written, format)


def check_xsdata(sample, is_valid):
    text = run(str(sample), "--to", "xml")
    classes = importlib.import_module("classes_xsd")
    root = classes.LargeLanguageModels if "<largeLanguageModels" in text else classes.LargeLanguageModel
    name = f"xsdata, {sample.name}"
    try:
        with warnings.catch_warnings():
            # A name that is not in an enumeration is a warning and kept.
            warnings.simplefilter("ignore")
            value = XmlParser().from_string(text, root)
    except ParserError as error:
        check(name, not is_valid, error)
        return
    # The classes do not check patterns, so they may read what is invalid; then they write it too.
    check_same(name, sample, XmlSerializer().render(value), "xml")


def check_table(folder, sample, is_valid):
    """The columns of a table, which are those that its records fill, against the Table Schema."""
    table = folder / "table.csv"
    table.write_text(run(str(sample), "--to", "csv", "--quiet"), encoding="utf-8", newline="")
    schema = frictionless.Schema.from_descriptor(json.loads((folder / "table-schema.json").read_text(encoding="utf-8")))
    resource = frictionless.Resource(
        path=str(table.name), basepath=str(folder), schema=schema, detector=frictionless.Detector(schema_sync=True))
    report = resource.validate()
    errors = report.flatten(["rowNumber", "fieldName", "type", "message"])
    check(f"frictionless, {sample.name}", report.valid == is_valid, errors)


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        sys.path.insert(0, name)
        adapters = pydantic_adapters(folder)
        (folder / "models.xsd").write_text(run("schema", "xsd", "--for-classes"), encoding="utf-8")
        subprocess.run(
            ["xsdata", "generate", "models.xsd", "--package", "classes_xsd"], cwd=folder, check=True, capture_output=True)
        (folder / "table-schema.json").write_text(run("schema", "table-schema"), encoding="utf-8")
        for sample in SAMPLES:
            is_valid = run("validate", str(sample), may_fail=True)[0] == 0
            check_pydantic(sample, adapters, is_valid)
            check_xsdata(sample, is_valid)
            check_table(folder, sample, is_valid)
        for options in [[], ["--strict"]]:
            document = json.loads(run("schema", "openapi", *options))
            openapi_spec_validator.validate(document)
            check("openapi", len(document["components"]["responses"]["LargeLanguageModel"]["content"]) == 5)
    print(f"{count} checks, {failures} failed")
    return 1 if failures else 0


sys.exit(main())
