"""Tables, quick texts of Salesforce, responses of Rasa and canned libraries in Markdown. Broken ones are in test_broken.py."""

from __future__ import annotations

import pytest

from tests.macros.build import failures, ids, macros, one, reading, texts


def test_a_table_with_quotation_marks_and_line_ends_in_cells() -> None:
    content = 'id,Title,situation,tags,Text\n1,"Late, ""really""\n",order-delayed,"a, b","Hi {{name}},\r\nwe are ""so"" sorry."\n2,B,,,Bye\n'
    first, second = macros(content, "a.csv")
    assert (first.id, first.title, first.situation, first.tags) == ("1", 'Late, "really"', "order-delayed", ("a", "b"))
    assert first.original == 'Hi {{name}},\nwe are "so" sorry.'
    assert (first.place(0), first.place(first.original.index("sorry"))) == ((3, 25), (4, 15))
    assert (second.place(0), second.situation, second.format) == ((5, 7), None, "table")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_delimiter(delimiter: str) -> None:
    content = "\n".join(delimiter.join(row) for row in (("shortcut", "message"), ("late", "We are sorry")))
    assert [(m.id, m.original) for m in macros(content, "a.csv")] == [("late", "We are sorry")]


def test_html_in_a_cell() -> None:
    assert one('title,body\nA,"<p>We are <b class=""x"">sorry</b></p>"\n', "a.csv").original == "We are sorry"


def test_rows_without_text_are_counted() -> None:
    found = reading("title,text\nA,\nB,<br>\nC,Hi\n", "a.csv")
    assert len(list(found)) == 1
    assert found.left_out == {"macros without text": 2}


def test_salesforce() -> None:
    content = (
        'Name,Message,Category,Channel\nLate,"Hi {!Contact.FirstName}, {{{Recipient.Name}}}",Delivery,Email;Chat\n'
    )
    macro = one(content, "a.csv")
    assert (macro.format, macro.title, macro.tags, macro.channel) == ("salesforce", "Late", ("Delivery",), "Email;Chat")
    assert texts(macro) == ["Hi Alex, Alex"]


RASA = """version: "3.1"
responses:
  utter_sorry/late:
    - text: "I am sorry, {PERSON}: {currency}{total}."
      buttons: [{title: Yes, payload: /affirm}]
    - text: |
        Sorry about
        the wait.
      channel: slack
    - image: "https://example.com/a.png"
    - custom: {a: b}
  utter_ok:
    - text: 👍
  utter_none:
"""


def test_rasa() -> None:
    found = reading(RASA, "domain.yml")
    assert len(list(found)) == 3
    assert found.left_out == {"macros without text": 2}
    first, second, third = macros(RASA, "domain/late.yml")
    assert (first.id, first.title, texts(first)) == ("utter_sorry/late", "sorry late", ["I am sorry, Alex: $25."])
    assert (second.id, second.channel, second.place(6)) == ("utter_sorry/late#2", "slack", (7, 15))
    assert (third.original, third.place(0), third.pointer) == ("👍", (13, 13), "#/responses/utter_ok/0/text")


def test_a_part_of_a_domain_without_responses_is_nobodys() -> None:
    from empathy_audit.readers import Unrecognised

    with pytest.raises(Unrecognised):
        reading("intents:\n- greet\n", "domain/intents.yml")


def test_responses_that_are_no_list() -> None:
    content = "responses:\n  utter_a: Hello\n  utter_b:\n  - text: Hi\n"
    assert ids(content, "domain.yml") == ["utter_b"]
    assert [source for source, _, _ in failures(content, "domain.yml")] == ["domain.yml:2:12"]


LIBRARY = """# Canned replies
Some words for those who read this.

### 1. Order late
**Short Code:** `/late`
**Tags:** late, parcel
**Situation**: order-delayed

```
Hi {{contact.name}},
{{#if order}}it is late.{{/if}}
```
Or:
~~~text
Sorry.
~~~

### 2) Install
```bash
pip install x
```

## Goodbye
````
Bye
```
there
````
"""


QUOTED = """# Refunds

> [!NOTE]
> Handle with care.

## 1. Refund sent
**Use when:** it was sent.

> Hi {customer_name},
>
> I have sent **{amount}**.

>{agent_name}

---

## 2. Refund declined
> I checked this fully.

For regulars:
> I checked this, friend.
"""


def test_a_library_of_quotations() -> None:
    first, second, third = macros(QUOTED, "refunds.md")
    assert texts(first) == ["Hi Alex,\n\nI have sent $25.\nAlex"]
    assert (first.id, first.place(0), first.place(first.original.index("sent"))) == ("Refund sent", (9, 3), (11, 10))
    assert [(m.id, m.original) for m in (second, third)] == [
        ("Refund declined", "I checked this fully."),
        ("Refund declined#2", "I checked this, friend."),
    ]


def test_a_page_about_the_folder_is_no_library() -> None:
    from empathy_audit.readers import Unrecognised

    with pytest.raises(Unrecognised):
        reading(QUOTED, "README.md")
    assert len(macros(LIBRARY, "README.md")) == 3  # it has short codes


def test_a_library_in_markdown() -> None:
    first, second, third = macros(LIBRARY, "library.md")
    assert (first.id, first.title, first.situation, first.tags) == (
        "late",
        "Order late",
        "order-delayed",
        ("late", "parcel"),
    )
    assert (texts(first), first.place(0)) == (["Hi Alex,\nit is late.", "Hi Alex,\n"], (10, 1))
    assert (second.id, second.original, second.place(0)) == ("late#2", "Sorry.", (15, 1))
    assert (third.id, third.original, third.format) == ("Goodbye", "Bye\n```\nthere", "library")
