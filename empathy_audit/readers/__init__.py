"""Bytes to transcripts. One module a format; `READERS` is the registry, and the more particular format stands first.

To add a format: a module with `READER`, its line in `READERS`, its test.
"""

from __future__ import annotations

import difflib

from empathy_audit.readers import (
    abcd,
    amazon_transcribe,
    archives,
    assemblyai,
    azure_conversations,
    azure_speech,
    bedrock_audio,
    call_analytics,
    chatwoot,
    connect_chat,
    contact_lens,
    convokit,
    crisp,
    deepgram,
    excel,
    freshdesk,
    front,
    genesys,
    gong,
    google_insights,
    google_speech,
    help_scout,
    intercom,
    json_values,
    livechat,
    mail,
    mapped,
    native,
    openai_chat,
    parquet,
    post_call_analytics,
    rasa,
    revai,
    salesforce_chat,
    sgd,
    sharegpt,
    signal,
    slack,
    speaker_text,
    speechmatics,
    subrip,
    sunshine,
    table,
    taskmaster,
    tawk,
    telegram,
    twilio_conversations,
    twilio_intelligence,
    vcon,
    webvtt,
    whatsapp,
    whatsapp_archive,
    whisper,
    wide_table,
    zendesk_chat,
    zendesk_tickets,
)
from empathy_audit.readers.base import Broken, Limits, Reader, Source, Speakers, UnknownFormat, Unrecognised, listed
from empathy_audit.readers.decoding import Document
from empathy_audit.readers.native import write_native
from empathy_audit.readers.plan import Plan
from empathy_audit.readers.reading import Counts, Reading

__all__ = [
    "READERS",
    "Broken",
    "Counts",
    "Limits",
    "Plan",
    "Reader",
    "Reading",
    "Source",
    "Speakers",
    "UnknownFormat",
    "Unrecognised",
    "read",
    "write_native",
]

READERS: tuple[Reader, ...] = (
    native.READER,
    zendesk_tickets.READER,
    zendesk_chat.READER,
    sunshine.READER,
    intercom.READER,
    freshdesk.READER,
    help_scout.READER,
    front.READER,
    livechat.READER,
    chatwoot.READER,
    tawk.READER,
    crisp.READER,
    salesforce_chat.READER,
    call_analytics.READER,
    contact_lens.READER,
    connect_chat.READER,
    post_call_analytics.READER,
    amazon_transcribe.READER,
    bedrock_audio.READER,
    google_insights.READER,
    google_speech.READER,
    azure_speech.READER,
    azure_conversations.READER,
    genesys.READER,
    twilio_conversations.READER,
    twilio_intelligence.READER,
    gong.READER,
    openai_chat.READER,
    telegram.READER,
    signal.READER,
    mail.READER,
    slack.READER,
    whatsapp_archive.READER,
    excel.READER,
    parquet.READER,
    sharegpt.READER,
    vcon.READER,
    deepgram.READER,
    assemblyai.READER,
    revai.READER,
    speechmatics.READER,
    whisper.READER,
    rasa.READER,
    abcd.READER,
    taskmaster.READER,
    sgd.READER,
    convokit.READER,
    webvtt.READER,
    subrip.READER,
    whatsapp.READER,
    wide_table.READER,
    table.READER,
    speaker_text.READER,
)


def read(
    source: Source,
    *,
    format: str | None = None,  # noqa: A002 - it is what users call it
    mapping: Plan | None = None,
    speakers: Speakers = Speakers(),  # noqa: B008 - frozen
    limits: Limits = Limits(),  # noqa: B008 - frozen
) -> Reading:
    """A source as a Reading, by the mapping, by the reader named `format` or by the first one that knows the content.

    Raises UnknownFormat for a name that no reader has, Unrecognised when the content is nobody's, TranscriptError when
    it cannot be opened.
    """
    chosen = None if format is None else _named(format)
    document = Document(source, limits)
    if mapping is not None:
        return _mapped(document, mapping, speakers, limits)
    binary = document.refusal is not None
    if chosen and chosen.binary == binary:
        return Reading(document, chosen, "as asked for", speakers, limits)
    for reader in READERS if not chosen else ():
        why = reader.sniff(document) if reader.binary == binary else None
        if why:
            return Reading(document, reader, why, speakers, limits)
    if document.refusal:
        raise Unrecognised(archives.DAMAGED if archives.is_damaged(document) else document.refusal, source.name)
    if chosen:
        raise Unrecognised(f"the file is text; expected {chosen.about}; leave out --input-format", source.name)
    broken = json_values.broken(document)
    if broken:
        raise Broken(broken.message, broken.source)
    if source.suffix in (".vtt", ".srt"):
        raise Broken(
            f"no captions can be read; expected {source.suffix[1:].upper()} captions; export them again", source.name
        )
    raise Unrecognised(
        "no reader knows this content; expected one that `empathy-audit formats` lists; say --input-format NAME, or describe it with --mapping FILE",
        source.name,
    )


def _mapped(document: Document, plan: Plan, speakers: Speakers, limits: Limits) -> Reading:
    reader = mapped.reader(plan)
    why = reader.sniff(document)
    if why is None:
        raise Unrecognised(
            document.refusal or f"not what the mapping is for; {mapped.missing(plan)}", document.source.name
        )
    return Reading(document, reader, why, speakers, limits)


def _named(format_: str) -> Reader:
    for reader in READERS:
        if reader.name == format_.casefold():
            return reader
    names = [r.name for r in READERS]
    near = difflib.get_close_matches(format_.casefold(), names, 1)
    hint = f"; did you mean {near[0]}?" if near else ""
    raise UnknownFormat(f'no reader is called "{format_}"; expected {listed(names)}{hint}', "--input-format")
