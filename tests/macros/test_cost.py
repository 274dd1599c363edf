"""What reading costs grows with the file, whatever the format and however odd the text."""

from __future__ import annotations

import csv
import io
import json
import time

import pytest
import yaml

from tests.macros.build import outcomes

TEXT = 'Hi {{name}}, it\u2019s "late".\n\n{% if vip %}We are sorry.{% else %}Sorry.{% endif %} {{order}}\n'


def native_yaml(count: int) -> str:
    return yaml.safe_dump({"macros": [{"id": n, "text": TEXT} for n in range(count)]})


def native_json(count: int) -> str:
    return json.dumps({"macros": [{"id": n, "title": "T", "text": TEXT} for n in range(count)]})


def list_json(count: int) -> str:
    return json.dumps([{"id": n, "short_code": "c", "content": TEXT} for n in range(count)])


def json_lines(count: int) -> str:
    return "\n".join(json.dumps({"id": n, "title": "T", "text": TEXT}) for n in range(count))


def page(count: int) -> str:
    bodies = [f"<p>{TEXT}</p><br><b>it&#39;s&nbsp;so</b>" for _ in range(count)]
    return json.dumps(
        {"data": [{"type": "macro", "id": n, "name": "n", "body": body} for n, body in enumerate(bodies)]}
    )


def table(count: int) -> str:
    file = io.StringIO(newline="")
    csv.writer(file).writerows([["id", "text"], *([n, TEXT] for n in range(count))])
    return file.getvalue()


def one_text_of_escapes(count: int) -> str:
    return json.dumps({"macros": [{"id": 1, "title": "T", "text": "\u2019\r\n" * 30 * count}]})


def one_page_of_words(count: int) -> str:
    body = "<p>it&#39;s\u2019 <b>&amp;</b>\r\n" * 10 * count
    return json.dumps({"data": [{"type": "macro", "id": 1, "name": "n", "body": body}]})


def one_folded_text(count: int) -> str:
    return "macros:\n- id: a\n  text: >\n" + "    it's\n\n      late\n" * 10 * count


def aliases(count: int) -> str:
    return "macros:\n- {id: a, text: &a Sorry}\n" + "".join(f"- {{id: m{n}, text: *a}}\n" for n in range(2 * count))


MADE = (
    native_yaml, native_json, list_json, json_lines, page, table, one_text_of_escapes, one_page_of_words, one_folded_text, aliases,
)  # fmt: skip


@pytest.mark.parametrize("make", MADE)
def test_a_file_ten_times_as_long_costs_about_ten_times_as_much(make: object) -> None:
    name = (
        "a.csv"
        if make is table
        else "a.jsonl"
        if make is json_lines
        else "a.json"
        if "{" in make(1)[:1] + make(1)[:2]
        else "a.yaml"
    )  # type: ignore[operator]

    def seconds(count: int) -> float:
        content, best = make(count), float("inf")  # type: ignore[operator]
        for _ in range(2):
            before = time.process_time()
            assert outcomes(content, name)
            best = min(best, time.process_time() - before)
        return best

    short, long = seconds(150), seconds(1500)
    assert long < max(22 * short, 0.5), (short, long)
