"""Splits of small files, cut at every size, compared with a reader that goes through the file from its start."""

import os
import tempfile
import unittest
from dataclasses import replace

from splits import Split, chunks_of, quote_count, scan, splits_of


def plan(file: str, is_csv: bool, size: int) -> list[Split]:
    chunks, count, placed = chunks_of(file, is_csv, size), 0, []
    for chunk in chunks:
        placed.append(replace(chunk, is_quoted=count % 2 == 1))
        count += quote_count(chunk)
    return splits_of(file, placed, [scan(chunk) for chunk in placed])


def starts(data: bytes, is_csv: bool) -> dict[int, tuple[int, int]]:
    """For each row's start the line and the number of records before it."""
    found, is_quoted, line, record, row = {}, False, 1, -1 if is_csv else 0, 0
    for index, byte in enumerate(data):
        is_quoted ^= is_csv and byte == 0x22
        if byte == 0x0A:
            line += 1
            if not is_quoted:
                record += bool(data[row:index].strip(b"\r" if is_csv else b" \t\r"))
                row = index + 1
                found[row] = (line, record)
    return found


class SplitTests(unittest.TestCase):
    def each_size(self, data: bytes, is_csv: bool = False) -> int:
        """Checks the splits of every size; returns the largest number of them."""
        most = 0
        with tempfile.TemporaryDirectory() as folder:
            file = os.path.join(folder, "input")
            with open(file, "wb") as stream:
                stream.write(data)
            for size in range(1, len(data) + 2):
                splits = plan(file, is_csv, size)
                most = max(most, len(splits))
                self.assertEqual(splits[0].start, 0)
                for split, following in zip(splits, splits[1:]):
                    self.assertEqual(split.end, following.start)
                    place = (following.first_line, following.first_record)
                    self.assertEqual(place, starts(data, is_csv)[following.start], (data, size))
                    self.assertGreater(following.first_record, split.first_record)
                self.assertIn(splits[-1].end, (None, len(data)))
        return most

    def test_lines(self) -> None:
        self.assertEqual(self.each_size(b'{"a":1}\n{"b":2}\n{"c":3}\n'), 3)
        self.assertEqual(self.each_size(b'\n{"a":1}\r\n\r\n \t\n{"b":2}\n\n{"c":3}'), 3)
        self.assertEqual(self.each_size(b'{"a":1}\n{"b":2}\n\n \n'), 2)
        self.assertEqual(self.each_size(b""), 1)
        self.assertEqual(self.each_size(b"\n\n"), 1)

    def test_tables(self) -> None:
        self.assertEqual(self.each_size(b"a,b\n1,2\n\n3,4\r\n5,6\n", True), 3)
        self.assertEqual(self.each_size(b'a,b\n"x\ny",2\n3,"""\n\n"\n"",""\n5,6', True), 4)
        self.assertEqual(self.each_size(b'\xef\xbb\xbf"a\nb";b\r\n1;"2\r\n"\r\n3;4\r\n', True), 2)
        self.assertEqual(self.each_size(b"a,b\n", True), 1)

    def test_what_is_not_regular_ends_the_cuts(self) -> None:
        self.assertEqual(self.each_size(b'a\n1\n2\n5" pipe\n3\n4\n', True), 1)  # So near to the header nothing is cut.
        for data in (b"a,b;c\n1,2\n3,4\n", b"a,b\r1,2\r3,4\r", b"sep=;\na;b\n1;2\n3;4\n", b"\xff\xfea\0\n\0b\0\n\0"):
            self.assertEqual(self.each_size(data, True), 1)
        self.assertEqual(self.each_size(b"\x1f\x8b\n\n\n"), 1)


if __name__ == "__main__":
    unittest.main()
