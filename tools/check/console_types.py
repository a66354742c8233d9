"""TypeScript types of the operations, made from the OpenAPI document that `suanpan docs FILE.json` writes.

Every field of a reply is there, so none is optional; of a request only what is needed must be given.
"""

import json
import pathlib
import re
import subprocess
import tempfile

HEAD = """\
// Made from the operations by ./dev check --fix; edits here are lost.
/* eslint-disable */

"""
PLAIN = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}


def document_of(program):
    """The OpenAPI document, as `suanpan docs` writes it."""
    with tempfile.TemporaryDirectory(prefix="suanpan-types-") as folder:
        document = pathlib.Path(folder) / "openapi.json"
        subprocess.run([program, "docs", str(document)], check=True, capture_output=True, text=True)
        return json.loads(document.read_text())


def typescript(document):
    schemas = document["components"]["schemas"]
    operations = [
        (methods["post"]["operationId"], methods["post"]) for _, methods in sorted(document["paths"].items())
        if "x-role" in methods.get("post", {})
    ]
    lines = ["export interface Operations {"]
    for name, operation in operations:
        parts = {part: schemas[f"{name}.{part}"] for part in ("request", "reply")}
        lines.append(f"  /** {operation['summary']} */")
        lines.append(f"  {json.dumps(name)}: {{")
        lines.append(f"    request: {Writer(schemas, is_request=True).text(parts['request'], 2)};")
        lines.append(f"    reply: {Writer(schemas, is_request=False).text(parts['reply'], 2)};")
        lines.append("  };")
    lines += ["}", "", "export const operations = {"]
    for name, operation in operations:
        role, effect = (json.dumps(operation[key]) for key in ("x-role", "x-effect"))
        long_work = json.dumps("202" in operation["responses"])
        lines.append(f"  {json.dumps(name)}: {{ role: {role}, effect: {effect}, long: {long_work} }},")
    return HEAD + "\n".join(lines + ["} as const;", ""])


class Writer:
    """JSON Schema to a type; `depth` is that of the line that the type begins on."""

    def __init__(self, schemas, is_request):
        self.schemas = schemas
        self.is_request = is_request

    def text(self, schema, depth):
        if "$ref" in schema:
            return self.reference(schema["$ref"], depth)
        if "const" in schema:
            return json.dumps(schema["const"])
        if "enum" in schema:
            return " | ".join(json.dumps(value) for value in schema["enum"])
        for key in ("oneOf", "anyOf"):
            if key in schema:
                return " | ".join(dict.fromkeys(self.text(one, depth) for one in schema[key]))
        kinds = schema.get("type", [])
        kinds = [kinds] if isinstance(kinds, str) else kinds
        if not kinds or len(kinds) > 3:
            return "unknown"
        return " | ".join(self.kind(schema, kind, depth) for kind in kinds)

    def reference(self, target, depth):
        name = target.rsplit("/", 1)[1]
        if name.endswith("raw_json") or name.endswith("glz__generic"):
            return "unknown"
        return self.text(self.schemas[name], depth)

    def kind(self, schema, kind, depth):
        if kind == "array":
            one = self.text(schema.get("items", {}), depth)
            return f"({one})[]" if " | " in one and not one.startswith("{") else f"{one}[]"
        if kind == "object":
            return self.object(schema, depth)
        return PLAIN[kind]

    def object(self, schema, depth):
        properties = schema.get("properties")
        if not properties:
            others = schema.get("additionalProperties", True)
            if isinstance(others, dict):
                return f"Record<string, {self.text(others, depth)}>"
            return "Record<string, never>" if others is False else "Record<string, unknown>"
        needed = schema.get("required", []) if self.is_request else properties
        lines = ["{"]
        for name, one in properties.items():
            key = name if re.fullmatch(r"[A-Za-z_]\w*", name) else json.dumps(name)
            mark = "" if name in needed else "?"
            described = one.get("description", "")
            if described:
                lines.append(f"{'  ' * (depth + 1)}/** {described} */")
            lines.append(f"{'  ' * (depth + 1)}{key}{mark}: {self.text(one, depth + 1)};")
        return "\n".join(lines + [f"{'  ' * depth}}}"])
