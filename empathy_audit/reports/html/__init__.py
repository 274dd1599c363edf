"""The report for people, as HTML: one file to open, print and forward, or a folder for very many conversations.

    <h1>Empathy in 24 conversations</h1>  58.3 of 100 · ● 12 met ○ 8 missed · three habits that would change most
    figures with intervals, and pictures of them (extra `[report]`)
    filters · a table of all conversations · transcripts with the evidence marked; links such as #c17-t6 lead to a turn

A page asks for nothing: styles, script and pictures are in it, and its policy forbids every request. Without a script it
is whole as well; the script filters, sorts, and opens what a link leads to.
"""

from __future__ import annotations

from empathy_audit.model.audit import Batch
from empathy_audit.reports.base import Files, Report, View


def render(batch: Batch, view: View) -> str:
    """The page of a batch. What draws it is loaded when it is called: most runs draw none."""
    from empathy_audit.reports.html import pages

    return pages.render(batch, view)


def folder(batch: Batch, view: View) -> Files:
    """The same in several pages."""
    from empathy_audit.reports.html import pages

    return pages.folder(batch, view)


HTML = Report(
    name="html",
    suffix=".html",
    about="a page for people: charts, transcripts with the evidence marked; -o FOLDER/ for thousands",
    render=render,
    folder=folder,
    figures=True,
)
