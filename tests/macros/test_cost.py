"""What reading costs grows with the file, whatever the format and however odd the text."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Callable

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


MADE = {
    native_yaml: "a.yaml", native_json: "a.json", list_json: "a.json", json_lines: "a.jsonl", page: "a.json", table: "a.csv",
    one_text_of_escapes: "a.json", one_page_of_words: "a.json", one_folded_text: "a.yaml", aliases: "a.yaml",
}  # fmt: skip


@pytest.mark.parametrize("make", MADE)
def test_a_file_eight_times_as_long_costs_about_eight_times_as_much(make: Callable[[int], str]) -> None:
    def seconds(count: int) -> float:
        content, best = make(count), float("inf")
        for _ in range(2):
            before = time.process_time()
            assert outcomes(content, MADE[make])
            best = min(best, time.process_time() - before)
        return best

    short, long = seconds(80), seconds(640)
    assert long < max(20 * short, 0.3), (short, long)
