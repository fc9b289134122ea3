"""What a journey leaves behind: where a text stands in databases, files, logs, mails and on paper."""

import base64
import io
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pikepdf
from tests.postgres import binaries

from journeys.server import Server


def shapes(text: str) -> set[bytes]:
    """The ways in which a text may lie in a file: plain, hexadecimal, base64 at any place in a row, wide."""
    plain = text.encode()
    shifted = {base64.b64encode(b"\0" * shift + plain)[4:-4] for shift in range(3)}
    return {plain, plain.hex().encode(), plain.hex().upper().encode(), text.encode("utf-16-le"), *shifted}


def standing_in(texts: Iterable[str], where: bytes) -> set[str]:
    """Those of `texts` that stand in `where` in any shape."""
    return {text for text in texts if any(shape in where for shape in shapes(text))}


def stored(server: Server) -> bytes:
    """Everything that the server keeps: all files of its folder but the log, and both PostgreSQL databases."""
    files = [path.read_bytes() for path in sorted((server.home / "data").rglob("*")) if path.is_file()]
    assert files
    urls = [server.settings[name] for name in ("KUDELMA_DATABASE_URL", "KUDELMA_KEYS_URL") if name in server.settings]
    dumps = [
        subprocess.run([binaries() / "pg_dump", url], check=True, capture_output=True, cwd="/").stdout for url in urls
    ]
    return b"\n".join([*files, *dumps])


def mailed(server: Server) -> bytes:
    """All mails as they came over the wire, and as a reader decodes them."""
    decoded = [
        part.get_payload(decode=True) for mail in server.post.mails for part in mail.walk() if not part.is_multipart()
    ]
    return b"\n".join([*server.post.wire, *decoded])


class Said(NamedTuple):
    """A piece of text on paper. under: the heading before it. language: as a screen reader is told."""

    under: str
    tag: str
    language: str
    text: str


def spoken(pdf: bytes, folder: Path) -> list[Said]:
    """What a screen reader says of a tagged PDF, in its order, with tags and languages."""
    file = folder / "read.pdf"
    file.write_bytes(pdf)
    told = subprocess.run(
        ["pdfinfo", "-struct-text", "-enc", "UTF-8", str(file)], check=True, capture_output=True,
    ).stdout.decode(errors="replace")  # fmt: skip
    texts = [line.strip()[1:-1] for line in told.splitlines() if line.strip().startswith('"')]
    with pikepdf.open(io.BytesIO(pdf)) as document:
        leaves = list(_leaves(document))
    assert len(leaves) == len(texts)
    found: list[Said] = []
    heading, inside = "", None
    for (element, tag, language), text in zip(leaves, texts, strict=True):
        if tag.startswith("H"):
            heading, inside = (heading + text if inside == element else text), element
        found.append(Said(heading, tag, language, text))
    return found


def _leaves(document: pikepdf.Pdf) -> Iterator[tuple[int, str, str]]:
    """(number of the element, its tag, language) of every piece of text, in reading order."""
    marked = [_languages(page) for page in document.pages]
    pages = {page.objgen: number for number, page in enumerate(document.pages)}
    count = iter(range(10**6))

    def walk(node: object, element: int, tag: str, language: str, page: int) -> Iterator[tuple[int, str, str]]:
        if isinstance(node, pikepdf.Array):
            for one in node:
                yield from walk(one, element, tag, language, page)
        elif isinstance(node, pikepdf.Dictionary):
            page = pages[node.Pg.objgen] if "/Pg" in node else page
            if "/MCID" in node:
                yield element, tag, marked[page].get(int(node.MCID)) or language
            elif "/S" in node:
                own = str(node.get("/Lang", language))
                yield from walk(node.get("/K"), next(count), str(node.S)[1:], own, page)
        elif node is not None:
            yield element, tag, marked[page].get(int(node)) or language

    yield from walk(document.Root.StructTreeRoot.K, next(count), "", str(document.Root.Lang), 0)


def _languages(page: pikepdf.Page) -> dict[int, str]:
    """{number of the marked piece: its language}, of those that tell one."""
    found = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "BDC" and isinstance(operands[1], pikepdf.Dictionary) and "/Lang" in operands[1]:
            found[int(operands[1].MCID)] = str(operands[1].Lang)
    return found
