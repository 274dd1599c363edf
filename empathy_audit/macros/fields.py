"""Macros out of the JSON of help desks: the objects of a page, the text of each, tags and languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from empathy_audit.macros import markup
from empathy_audit.macros.base import Draft, File, Outcome, at_of
from empathy_audit.macros.located import Located
from empathy_audit.macros.values import Record
from empathy_audit.model.audit import Failure
from empathy_audit.readers.base import Desk, pointer
from empathy_audit.readers.help_desk import conversations, more_pages
from empathy_audit.readers.json_fields import mapping, text
from empathy_audit.readers.json_values import Record as Page

NO_TEXT = "macros without text"
INTERNAL = "internal comments"

Entry = tuple[Mapping[str, Any], tuple[str | int, ...]]


def entries(file: File, *paths: tuple[str, ...]) -> Iterator[Entry | Failure]:
    """Each object of the lists at one of the paths, or of the file itself, with the parts of its pointer."""
    desk = Desk(file.name, file.document.limits, file.tally)
    for record in file.json:
        if isinstance(record, Failure):
            yield record
            continue
        more_pages(_page(record), desk)
        for found in conversations(_page(record), *paths):
            if isinstance(found.value, dict):
                yield found.value, found.parts
            else:
                file.tally.leave_out("entries that are no objects")


def samples(file: File, *paths: tuple[str, ...]) -> list[Mapping[str, Any]]:
    """The first objects that `entries` would give, for sniffing."""
    record = next((record for record in file.json if isinstance(record, Record)), None)
    if record is None:
        return []
    return [mapping(found.value) for found in conversations(_page(record), *paths)[:20]]


def read_each(
    file: File,
    convert: Callable[[File, Mapping[str, Any], tuple[str | int, ...]], Iterator[Outcome]],
    *paths: tuple[str, ...],
) -> Iterator[Outcome]:
    """What `convert` makes of every object."""
    for entry in entries(file, *paths):
        if isinstance(entry, Failure):
            yield entry
        else:
            yield from convert(file, *entry)


def seen(file: File, value: Mapping[str, Any], *keys: str) -> tuple[Located, str] | None:
    """What a customer sees of the first of the fields that has text, and the field's name."""
    key = next((key for key in keys if text(value, key)), None)
    if key is None:
        return None
    found = markup.seen(file.located(value[key]))
    return (found, key) if found.text else None


def draft(value: Mapping[str, Any], found: Located, parts: tuple[str | int, ...], **more: Any) -> Draft:
    """A draft of an object's text."""
    return Draft(found, at=at_of(value), pointer=pointer(*parts), **more)


def the_text(
    file: File, value: Mapping[str, Any], parts: tuple[str | int, ...], *keys: str, **more: Any
) -> Iterator[Draft]:
    """The one draft of an object of which the first field with text is what a customer gets; none when none has any."""
    found = seen(file, value, *keys)
    if found is None:
        file.tally.leave_out(NO_TEXT)
    else:
        yield draft(value, found[0], (*parts, found[1]), **more)


def tags(value: Any) -> tuple[str, ...]:
    """Tags that are a list, or text with commas or blanks between them."""
    if isinstance(value, str):
        value = value.replace(",", " ").split()
    return (
        tuple(str(tag).strip() for tag in value if isinstance(tag, str | int) and str(tag).strip())
        if isinstance(value, list)
        else ()
    )


def _page(record: Record) -> Page:
    return Page(record.value, pointer(*record.parts) if record.parts else "", record.parts, 1)
