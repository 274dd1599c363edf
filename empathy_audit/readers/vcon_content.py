r"""What vCon objects hold: bodies in any encoding as text or JSON, signed ones unwrapped.

{"encoding": "none", "body": "Hello"}      {"encoding": "base64url", "body": "SGVsbG8"}
{"encoding": "json", "body": {"transcript": "Hello"}}      the same as a text: "{\"transcript\": \"Hello\"}"
{"payload": "eyJ2Y29uIjoi...", "signatures": [{"protected": "...", "signature": "..."}]}
"""

from __future__ import annotations

import base64
import binascii
import email
import email.policy
import re
from email.message import EmailMessage
from typing import Any

from empathy_audit.readers.html_text import html_text
from empathy_audit.readers.json_fields import inside, words_of
from empathy_audit.readers.json_values import parse
from empathy_audit.readers.sequences import text_of

_NOT_BASE64 = re.compile(r"[^A-Za-z0-9+/]")
MOST_WRAPS = 5


class Undecodable(Exception):  # noqa: N818 - it never leaves the readers
    """A body that is not what it says; the message tells what was expected."""


def decoded(text: str) -> bytes:
    """The bytes of base64url, with or without padding; plain base64 is taken, too. Raises Undecodable."""
    plain = "".join(text.split()).rstrip("=").replace("-", "+").replace("_", "/")
    try:
        if _NOT_BASE64.search(plain):
            raise ValueError
        return base64.b64decode(plain + "=" * (-len(plain) % 4))
    except (binascii.Error, ValueError) as error:
        raise Undecodable("is no base64url; expected letters, digits, - and _; export it again") from error


def body_of(entry: dict[str, Any], as_json: bool = False) -> Any:
    """The body of a dialog, analysis or attachment after its encoding. Raises Undecodable.

    `as_json`: a text that holds JSON is taken as such, whatever the encoding says.
    """
    body, encoding = entry.get("body"), (words_of(entry.get("encoding")) or "none").casefold()
    if not isinstance(body, str):
        return body
    if encoding in ("base64url", "base64"):
        try:
            body = decoded(body).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise Undecodable("is no text; expected UTF-8 under the base64url") from error
    if encoding == "json" or (as_json and body.lstrip()[:1] in ("{", "[", '"')):
        try:
            return parse(body)
        except ValueError:
            return body
    return body


def media_of(entry: dict[str, Any]) -> str:
    """The media type in lower case, under its new or its old key; empty when it is not told."""
    return (words_of(entry.get("mediatype")) or words_of(entry.get("mimetype")) or "").casefold()


def text_in(entry: dict[str, Any]) -> str:
    """What was written in a dialog of type text: plain, HTML or a whole e-mail. Raises Undecodable."""
    text = text_of(body_of(entry))
    media = media_of(entry)
    if media.startswith("text/html"):
        return from_html(text)
    if media.startswith(("message/", "multipart/")):
        return _from_mail(text, media)
    return text


def _from_mail(text: str, media: str) -> str:
    if media.startswith("multipart/") and ":" not in text.split("\n", 1)[0]:
        text = f"Content-Type: {media}\n\n{text}"
    try:
        # Broken mail raises a good many things from deep inside the parser.
        mail = email.message_from_string(text, _class=EmailMessage, policy=email.policy.default)
        part = mail.get_body(("plain", "html"))
        content = part.get_content() if part else ""
    except Exception:
        return text
    if not isinstance(content, str) or not content.strip():
        return text
    return from_html(content) if part and part.get_content_subtype() == "html" else content.strip()


def from_html(markup: str) -> str:
    """The text that a reader of the HTML sees, a line for each block."""
    return "\n".join(line for line in html_text(markup).split("\n") if line.strip())


def is_signed(value: Any) -> bool:
    """Whether it is a JSON Web Signature, general or flattened."""
    if not isinstance(inside(value, "payload"), str):
        return False
    return isinstance(value.get("signatures"), list) or isinstance(value.get("signature"), str)


def is_encrypted(value: Any) -> bool:
    """Whether it is a JSON Web Encryption, general or flattened."""
    return isinstance(inside(value, "ciphertext"), str) and any(
        key in value for key in ("recipients", "encrypted_key", "protected", "unprotected", "iv", "tag")
    )


def unsigned(value: Any) -> tuple[Any, int]:
    """What is inside the signatures, and how many there were around it. Nothing is verified. Raises Undecodable."""
    wraps = 0
    while is_signed(value) and wraps < MOST_WRAPS:
        try:
            value = parse(decoded(value["payload"]).decode("utf-8-sig"))
        except ValueError as error:
            raise Undecodable("holds no JSON; expected a vCon under the base64url") from error
        wraps += 1
    return value, wraps
