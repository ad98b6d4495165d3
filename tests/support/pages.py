"""What must be true of every page, whatever is on it."""

from __future__ import annotations

import base64
import hashlib
from xml.etree.ElementTree import Element

import html5lib
from werkzeug.test import TestResponse

REFERENCES = ("aria-labelledby", "aria-describedby", "for")
FIELDS = ("input", "select", "textarea")


def check_page(response: TestResponse) -> Element:
    """The page's tree, once it has passed. Raises `AssertionError` with what is wrong."""
    html = response.get_data(as_text=True)
    page = html5lib.parse(html, namespaceHTMLElements=False)
    ids = [node.get("id") for node in page.iter() if node.get("id")]
    assert len(ids) == len(set(ids)), f"ids twice: {sorted(ids)}"
    headings = list(page.iter("h1"))
    assert len(headings) == 1, f"{len(headings)} h1"
    assert page.get("lang"), "no language"
    assert text(headings[0]) in text(next(page.iter("title"))), "the title isn't the heading"
    for node in page.iter():
        _check_node(node, set(ids), html)
    for node in page.iter("style"):
        digest = base64.b64encode(hashlib.sha256((node.text or "").encode()).digest()).decode()
        policy = response.headers["Content-Security-Policy"]
        assert f"'sha256-{digest}'" in policy, "a style sheet that the policy doesn't know"
    _check_policy(response)
    return page


def text(node: Element) -> str:
    return " ".join("".join(node.itertext()).split())


def _check_node(node: Element, ids: set[str | None], html: str) -> None:
    assert node.get("style") is None, f"inline style on {node.tag}"
    assert not [name for name in node.attrib if name.startswith("on")], f"script on {node.tag}"
    assert not (node.tag == "script" and (node.text or "").strip()), "inline script"
    for name in REFERENCES:
        for wanted in (node.get(name) or "").split():
            assert wanted in ids, f"{name}={wanted} points nowhere"
    if node.tag in FIELDS and node.get("type") not in ("hidden", "submit"):
        named = node.get("aria-label") or node.get("aria-labelledby")
        assert named or f'for="{node.get("id")}"' in html, f"{node.tag} {node.get('name')} unnamed"
    if node.tag == "button":
        assert text(node), "a button without words"


def _check_policy(response: TestResponse) -> None:
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
