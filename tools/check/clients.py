"""The generated halves of clients/: what each operation takes and gives, made from the OpenAPI document."""

import json
import keyword
import re

import console_types

PYTHON = "clients/python/suanpan_client/operations.py"
TYPESCRIPT = "clients/typescript/src/operations.ts"
PLAIN = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}
HEAD = '''\
"""What the shop's program can do: one class an area, one method an operation.

Made from the API description by ./dev check --fix; edits here are lost.
"""

# ruff: noqa
from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

from .connection import Connection
'''


def texts_of(document):
    """Each file's path and what it must hold."""
    return {PYTHON: python(document), TYPESCRIPT: console_types.typescript(document)}


def python(document):
    schemas = document["components"]["schemas"]
    areas = {}
    for methods in document["paths"].values():
        post = methods.get("post", {})
        if "x-role" in post:
            area, _, verb = post["operationId"].partition(".")
            areas.setdefault(area, {})[verb] = post
    types, classes = Types(schemas), []
    for area in sorted(areas):
        lines = [f"class {camel(area)}:", "    def __init__(self, connection: Connection) -> None:",
                 "        self._connection = connection"]
        for verb in sorted(areas[area]):
            lines += ["", *method(area, verb, areas[area][verb], types)]
        classes.append("\n".join(lines))
    shop = ["class Suanpan:", '    """All areas of one shop. Errors: `Problem`, and OSError where the server is out of reach."""',
            "", "    def __init__(self, url: str, key: str, *, timeout: float = 60.0, attempts: int = 5) -> None:",
            "        self.connection = Connection(url, key, timeout=timeout, attempts=attempts)"]
    shop += [f"        self.{area} = {camel(area)}(self.connection)" for area in sorted(areas)]
    return "\n\n\n".join([HEAD + "\n" + "\n".join(types.lines), *classes, "\n".join(shop)]) + "\n"


def method(area, verb, operation, types):
    """Lines of one method."""
    schema = types.schemas[f"{area}.{verb}.request"]
    needed = set(schema.get("required", []))
    properties = schema.get("properties", {})
    names = sorted(properties, key=lambda name: (name not in needed, name))
    reply = types.named(f"{camel(area)}{camel(verb)}Reply", types.schemas[f"{area}.{verb}.reply"])
    words = ["self"] + (["*"] if names else [])
    for name in names:
        kind = types.text(f"{camel(area)}{camel(verb)}{camel(name)}", properties[name])
        words.append(f"{plain(name)}: {kind}" if name in needed else f"{plain(name)}: {or_none(kind)} = None")
    pairs = ", ".join(f'"{name}": {plain(name)}' for name in names)
    described = [f"        {plain(name)}: {properties[name]['description']}" for name in names
                 if properties[name].get("description")]
    about = [f'        """{operation["summary"]}. Role: {operation["x-role"]}.']
    about = about + ["", *described, '        """'] if described else [about[0] + '"""']
    call = "read" if operation["x-effect"] == "reads" else "write"
    call = "work" if "202" in operation["responses"] else call
    return [f"    def {plain(verb)}(", *[f"        {word}," for word in words], f"    ) -> {reply}:", *[line.replace("\\", "\\\\") for line in about],
            f'        return self._connection.{call}("{area}.{verb}", {{{pairs}}})']


def camel(text):
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"\W|_", text))


def or_none(kind):
    return kind if kind.endswith("| None") or kind == "Any" else f"{kind} | None"


def plain(name):
    return name + "_" if keyword.iskeyword(name) else name


class Types:
    """JSON Schema to Python types; objects become TypedDicts of their own, in the order of their first use."""

    def __init__(self, schemas):
        self.schemas = schemas
        self.lines = []

    def text(self, name, schema):
        if "$ref" in schema:
            target = schema["$ref"].rsplit("/", 1)[1]
            loose = target.endswith(("raw_json", "glz__generic"))
            return "Any" if loose else self.text(name, self.schemas[target])
        if "const" in schema or "enum" in schema:
            values = schema.get("enum", [schema.get("const")])
            return f"Literal[{', '.join(map(repr, values))}]"
        for key in ("oneOf", "anyOf"):
            if key in schema:
                return " | ".join(dict.fromkeys(self.text(name, one) for one in schema[key]))
        kinds = schema.get("type", [])
        kinds = [kinds] if isinstance(kinds, str) else kinds
        if not kinds or len(kinds) > 3:
            return "Any"
        return " | ".join(self.kind(name, schema, kind) for kind in kinds)

    def kind(self, name, schema, kind):
        if kind == "array":
            return f"list[{self.text(name, schema.get('items', {}))}]"
        if kind == "object":
            others = schema.get("additionalProperties")
            if not schema.get("properties"):
                return f"dict[str, {self.text(name, others) if isinstance(others, dict) and others else 'Any'}]"
            return self.named(name, schema)
        return PLAIN[kind]

    def named(self, name, schema):
        fields = {field: self.text(name + camel(field), one) for field, one in schema.get("properties", {}).items()}
        # Every field of a reply is there; of a request only what is needed must be given.
        needed = schema["required"] if "required" in schema else fields
        marked = [f"    {json.dumps(field)}: {json.dumps(kind if field in needed else f'NotRequired[{kind}]')},"
                  for field, kind in fields.items()]
        self.lines += ["", f'{name} = TypedDict("{name}", {{', *marked, "})"]
        return name
