"""Compiled serializer: the SDK's types, each looked at once instead of at every request."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from enum import Enum
from importlib import import_module
from typing import Any

import msgspec
from ask_sdk_core.exceptions import SerializationException
from ask_sdk_core.serialize import DefaultSerializer

Reader = Callable[[Any], Any]
"""Turns a parsed JSON value into one of the SDK's."""

_LIST = re.compile(r"list\[([^,]*)\]")
_DICT = re.compile(r"dict\([^,]*, (.*)\)")
_UTC_TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3,6})?Z", re.ASCII)


def _native(kind: type) -> Reader:
    def read(value: Any) -> Any:
        if value is None or type(value) is kind:
            return value
        try:
            return kind(value)
        except TypeError:
            return value
        except (ValueError, OverflowError):
            return None

    return read


_PLAIN: dict[str, Reader] = {
    "int": _native(int),
    "long": _native(int),
    "float": _native(float),
    "str": _native(str),
    "bool": _native(bool),
    "object": lambda value: value,
}
_AS_IT_IS: dict[str, type] = {"int": int, "float": float, "str": str, "bool": bool}


class CompiledSerializer(DefaultSerializer):
    """Lenient serializer: gives what ``DefaultSerializer`` gives, and reads on where that fails.

    Safe between threads. Two differences are meant. A member called like one of Python's own
    attributes (``__class__``, ``__dict__``) is kept beside the others, and changes nothing. And a
    value that the SDK does not know never costs the rest of the request, for what Alexa sends
    grows all the time: an unknown member of an enumeration stays its raw text, an object of an
    unknown kind is read as its base class, and what is of another type altogether is None.
    """

    def __init__(self) -> None:
        self._readers: dict[str, Reader] = {}
        self._classes: dict[type, Reader] = {}
        self._members: dict[type, tuple[tuple[str, str], ...]] = {}
        self._encoder = msgspec.json.Encoder(enc_hook=self._as_members, decimal_format="number")

    def deserialize(self, payload: str | None, obj_type: Any) -> Any:
        """The value of a JSON text; raises ``SerializationException`` if it is no JSON."""
        if payload is None or not (isinstance(obj_type, str) or _is_model(obj_type)):
            return super().deserialize(payload, obj_type)
        read = self.reader(obj_type) if isinstance(obj_type, str) else self._of_class(obj_type)
        try:
            parsed = _parsed(payload)
        except Exception as error:
            raise SerializationException("the body is not JSON") from error
        return read(parsed)

    def encode(self, obj: Any) -> bytes:
        """What ``serialize`` gives, as JSON."""
        return self._encoder.encode(obj)

    def reader(self, type_name: str) -> Reader:
        """The reader of a type by the SDK's name for it."""
        found = self._readers.get(type_name)
        if found is None:
            found = self._readers[type_name] = self._reader(type_name)
        return found

    def _reader(self, type_name: str) -> Reader:
        if (listed := _LIST.fullmatch(type_name)) is not None:
            return _list_of(self.reader(listed[1].strip()))
        if (mapped := _DICT.fullmatch(type_name)) is not None:
            return _dict_of(self.reader(mapped[1]))
        plain = _PLAIN.get(type_name) or (self._moment if type_name == "datetime" else None)
        if plain is not None:
            return plain
        wanted = _class_named(type_name) if "." in type_name else None
        if isinstance(wanted, type) and (issubclass(wanted, Enum) or _is_model(wanted)):
            return self._of_class(wanted)
        if type_name == "date":
            return lambda value: self._as_the_sdk(value, type_name)
        return lambda value: DefaultSerializer.deserialize(self, json.dumps(value), type_name)

    def _as_the_sdk(self, value: Any, wanted: Any) -> Any:
        """What the SDK's own serializer makes of a value; None where it fails."""
        try:
            return DefaultSerializer.deserialize(self, json.dumps(value), wanted)
        except (SerializationException, ValueError, TypeError, OverflowError):
            return None

    def _of_class(self, wanted: type) -> Reader:
        found = self._classes.get(wanted)
        if found is None:
            found = self._classes[wanted] = self._class_reader(wanted)
        return found

    def _class_reader(self, wanted: type) -> Reader:
        if issubclass(wanted, Enum):
            return _member_of(wanted)
        if hasattr(wanted, "get_real_child_model"):
            return self._child_of(wanted)
        return _Model(wanted, self.reader)

    def _child_of(self, parent: Any) -> Reader:
        kinds: Mapping[str, str] = parent.discriminator_value_class_map
        key = parent.json_discriminator_key
        models: dict[str, _Model] = {}
        unknown = _Model(parent, self.reader)

        def read(value: Any) -> Any:
            if not isinstance(value, dict):
                return None
            kind = value.get(key)
            name = kinds.get(kind) if isinstance(kind, str) else None
            if name is None:
                return unknown(value)
            model = models.get(name)
            if model is None:
                model = models[name] = _Model(_class_named(name), self.reader)
            return model(value)

        return read

    def _moment(self, value: Any) -> Any:
        """A date with time: Alexa's own form fast, any other as the SDK reads it."""
        if isinstance(value, str) and _UTC_TIMESTAMP.fullmatch(value):
            try:
                return datetime.fromisoformat(value[:-1]).replace(tzinfo=UTC)
            except ValueError:
                return None
        return self._as_the_sdk(value, datetime)

    def _as_members(self, model: Any) -> dict[str, Any]:
        """One of the SDK's objects, its members as they are."""
        kind = type(model)
        members = self._members.get(kind)
        if members is None:
            names: Mapping[str, str] = getattr(kind, "attribute_map", {})
            members = tuple((name, names.get(name, name)) for name in kind.deserialized_types)
            self._members[kind] = members
        return {
            name: value
            for attribute, name in members
            if (value := getattr(model, attribute)) is not None
        }


class _Model:
    """Reads one class of the SDK's."""

    def __init__(self, model: Any, reader: Callable[[str], Reader]) -> None:
        types: Mapping[str, str] = model.deserialized_types
        names = {**{name: name for name in types}, **getattr(model, "attribute_map", {})}
        self._class = model
        # A fresh instance holds only values that never change, so that all may share them.
        self._fresh = dict(vars(model()))
        self._known = {member: (name, types[name]) for name, member in names.items()}
        self._reader = reader
        self._readers: dict[str, tuple[str, Reader, type | None]] = {}

    def __call__(self, value: Any) -> Any:
        if value is None:
            return None
        if not isinstance(value, dict):
            if value not in ("", []):
                return None
            value = {}
        attributes = self._fresh.copy()
        readers, strangers = self._readers, []
        for member, given in value.items():
            known = readers.get(member) or self._find(member)
            if known is None:
                strangers.append(member)
            else:
                name, read, kind = known
                attributes[name] = given if type(given) is kind else read(given)
        for member in strangers:
            attributes[member] = value[member]
        instance = object.__new__(self._class)
        instance.__dict__ = attributes
        return instance

    def _find(self, member: str) -> tuple[str, Reader, type | None] | None:
        """The attribute, what reads it, and the type that needs no reading."""
        # Types refer to each other in circles, so each is looked for when it first comes.
        if member not in self._known:
            return None
        name, type_name = self._known[member]
        found = (name, self._reader(type_name), _AS_IT_IS.get(type_name))
        self._readers[member] = found
        return found


def _parsed(payload: str) -> Any:
    """The value of a JSON text, also where only the SDK's own reader takes it, such as 1e999."""
    try:
        return msgspec.json.decode(payload)
    except (msgspec.MsgspecError, UnicodeError):
        return json.loads(payload)


def _member_of(kind: type[Enum]) -> Reader:
    members = {member.value: member for member in kind}
    # Every enumeration of the SDK's is one of texts.
    return lambda value: members.get(value, value) if isinstance(value, str) else None


def _is_model(wanted: object) -> bool:
    return isinstance(wanted, type) and hasattr(wanted, "deserialized_types")


def _class_named(name: str) -> Any:
    module, _, wanted = name.rpartition(".")
    try:
        return getattr(import_module(module), wanted)
    except Exception as error:
        raise SerializationException(f"the SDK has no {name}") from error


def _list_of(read: Reader) -> Reader:
    return lambda value: (
        [read(item) for item in value] if isinstance(value, list | dict | str) else None
    )


def _dict_of(read: Reader) -> Reader:
    return lambda value: {k: read(v) for k, v in value.items()} if isinstance(value, dict) else None
