"""Quick texts of Salesforce as its reports and data loader export them: a table that is read like any other of macros.

    Name,Message,Category,Channel
    Order late,"Hi {!Contact.FirstName}, your order {!Case.CaseNumber} is late.",Delivery,Email;Chat
    Goodbye,"Thank you, {{{Recipient.Name}}}!",Closing,Chat

The category is a tag, for it tells what the quick text is about.
"""

from __future__ import annotations

from empathy_audit.macros import table
from empathy_audit.macros.base import File, MacroReader
from empathy_audit.macros.table import read
from empathy_audit.readers.columns import squeezed

_NAMES = frozenset(map(squeezed, ("Name", "Quick Text Name", "Quick Text: Quick Text Name", "QuickTextName")))


def sniff(file: File) -> str | None:
    """Taken for the columns Name and Message beside Category or Channel."""
    found = table.header(file)
    names = set(found.names) if found else set()
    known = names & _NAMES and "message" in names and names & {"category", "channel"}
    return "the columns of quick texts" if known else None


READER = MacroReader(
    name="salesforce",
    about="quick texts of Salesforce, CSV",
    suffixes=(".csv",),
    verified="documented by the vendor",
    sniff=sniff,
    read=read,
)
