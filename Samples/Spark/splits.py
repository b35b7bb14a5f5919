"""Byte ranges of JSON Lines and CSV files that begin and end between two records.

Two passes over the bytes, each of many ranges at a time, find them: the first counts the quotes of CSV, so that the
second knows of each line break whether it stands inside a quoted cell. Neither looks at records.
"""

import os
import stat
from dataclasses import dataclass, replace

MAGIC_NUMBERS = (b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"\xfe\xff", b"\xff\xfe", b"\0")
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
DELIMITERS = b",;\t|"
LARGEST_HEADER = 1 << 20


@dataclass(frozen=True)
class Table:
    """What the rows of a CSV file have in common."""

    header_end: int
    header_lines: int
    delimiters: bytes


@dataclass(frozen=True)
class Chunk:
    """A range of a file, cut anywhere."""

    file: str
    start: int
    end: int
    table: Table | None
    is_quoted: bool = False


@dataclass(frozen=True)
class Scan:
    """What a chunk holds; a row is blank if it has nothing but white space."""

    boundary: int | None = None  # where the first row that begins in the chunk begins
    lines_before_boundary: int = 0
    lines: int = 0
    records: int = 0  # rows that begin and end in the chunk and are not blank
    is_head_blank: bool = True  # the bytes before the boundary
    is_tail_blank: bool = True  # the bytes of the row that the chunk does not end
    is_regular: bool = True


@dataclass(frozen=True)
class Split:
    """A range of whole records, and its place in the file."""

    file: str
    start: int
    end: int | None  # None: the whole file, which may be compressed
    header_end: int = 0
    first_line: int = 1
    first_record: int = 0


def read(file: str, start: int, end: int) -> bytes:
    with open(file, "rb") as stream:
        stream.seek(start)
        return stream.read(end - start)


def table_of(file: str) -> Table | None:
    """The table of a CSV file; None if it cannot be cut."""
    mark = len(BYTE_ORDER_MARK) if read(file, 0, 3) == BYTE_ORDER_MARK else 0
    head = read(file, mark, mark + LARGEST_HEADER)
    found = scanned(head, Table(0, 0, DELIMITERS), is_quoted=False, following=b"")
    if found.boundary is None or found.is_head_blank or head.startswith(b"sep="):
        return None
    outside = b"".join(head[: found.boundary].split(b'"')[::2])
    delimiters = bytes(byte for byte in DELIMITERS if byte in outside)
    # With several of them only the tool knows which is the delimiter.
    if len(delimiters) > 1:
        return None
    return Table(mark + found.boundary, found.lines_before_boundary, delimiters)


def chunks_of(file: str, is_csv: bool, size: int) -> list[Chunk]:
    """Chunks of about a size; none if the file has to stay whole."""
    if not stat.S_ISREG(os.stat(file).st_mode) or read(file, 0, 4).startswith(MAGIC_NUMBERS):
        return []
    table = table_of(file) if is_csv else None
    if is_csv and table is None:
        return []
    start, end = (table.header_end if table else 0), os.path.getsize(file)
    count = max(1, (end - start) // max(size, 1))
    cuts = [start + (end - start) * index // count for index in range(count + 1)]
    return [Chunk(file, first, last, table) for first, last in zip(cuts, cuts[1:])]


def quote_count(chunk: Chunk) -> int:
    return read(chunk.file, chunk.start, chunk.end).count(b'"') if chunk.table else 0


def scan(chunk: Chunk) -> Scan:
    data = read(chunk.file, chunk.start, chunk.end + 1)
    length = chunk.end - chunk.start
    found = scanned(data[:length], chunk.table, chunk.is_quoted, data[length:])
    if found.boundary is None:
        return found
    return replace(found, boundary=chunk.start + found.boundary)


def scanned(data: bytes, table: Table | None, is_quoted: bool, following: bytes) -> Scan:
    """The scan of bytes, with its boundary counted from their start."""
    blank = b"\r\n" if table else b" \t\r\n"
    texts = data.split(b'"') if table else [data]
    begin = records = 0
    boundary = None
    is_head_blank = True
    is_row_blank = not is_quoted
    for index, text in enumerate(texts):
        if index > 0:
            is_row_blank = False  # A quote is content.
        if table is None or (index % 2 == 0) != is_quoted:
            if table and not is_regular(text, index, len(texts), table, following):
                return Scan(is_regular=False)
            lines = text.count(b"\n")
            if lines:
                row, _, rest = text.partition(b"\n")
                is_row_blank = is_row_blank and not row.strip(blank)
                if boundary is None:
                    boundary, is_head_blank = begin + len(row) + 1, is_row_blank
                else:
                    records += not is_row_blank
                if lines > 1:
                    rows, _, rest = rest.rpartition(b"\n")
                    records += lines - 1 - blank_rows(rows, blank)
                is_row_blank = not rest.strip(blank)
            elif text.strip(blank):
                is_row_blank = False
        begin += len(text) + 1
    before = data.count(b"\n", 0, boundary) if boundary else 0
    return Scan(boundary, before, data.count(b"\n"), records, is_head_blank, is_row_blank)


def blank_rows(text: bytes, blank: bytes) -> int:
    """How many of the lines of a text are blank."""
    padded = b"\n" + text + b"\n"
    if not any(b"\n" + bytes([byte]) in padded for byte in blank):
        return 0
    return sum(not row.strip(blank) for row in text.split(b"\n"))


def is_regular(text: bytes, index: int, count: int, table: Table, following: bytes) -> bool:
    """Whether quotes around a text outside of quotes stand only at the ends of cells, and no CR stands alone.

    The first and the last text of a chunk continue in others; only their inner sides are looked at.
    """
    if b"\r" in text:
        after = following if index == count - 1 else b'"'
        pairs = text.count(b"\r\n") + (text.endswith(b"\r") and after == b"\n")
        if text.count(b"\r") != pairs:
            return False
    if index > 0 and text and text[0] not in table.delimiters + b"\r\n":
        return False
    return not (index < count - 1 and text and text[-1] not in table.delimiters + b"\n")


def splits_of(file: str, chunks: list[Chunk], scans: list[Scan]) -> list[Split]:
    """The splits of a file; as many as there are chunks, or fewer."""
    if not chunks or not scans[0].is_regular:
        return [Split(file, 0, None)]
    table, end = chunks[0].table, chunks[-1].end
    header_end = table.header_end if table else 0
    cuts = [(0, 1, 0)]  # each with the lines and the records before it
    line, record, is_open = 1 + (table.header_lines if table else 0), 0, False
    for chunk, found in zip(chunks, scans):
        # What follows text like 5" pipe, or a lone CR, is found only by reading from there: it is one split.
        if not found.is_regular:
            return closed(file, cuts, end, header_end)
        if found.boundary is None:
            line += found.lines
            is_open = is_open or not found.is_tail_blank
            continue
        record += is_open or not found.is_head_blank
        if chunk is not chunks[0] and record > cuts[-1][2]:
            cuts.append((found.boundary, line + found.lines_before_boundary, record))
        line += found.lines
        record += found.records
        is_open = not found.is_tail_blank
    if len(cuts) > 1 and record + is_open == cuts[-1][2]:
        cuts.pop()  # No record follows.
    return closed(file, cuts, end, header_end)


def closed(file: str, cuts: list[tuple[int, int, int]], end: int, header_end: int) -> list[Split]:
    ends = [cut[0] for cut in cuts[1:]] + [end]
    return [Split(file, cut[0], last, header_end, cut[1], cut[2]) for cut, last in zip(cuts, ends)]
