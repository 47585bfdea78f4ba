"""The reader and the comparison of golden.py must themselves be able to fail."""

import struct
import unittest
import zlib

import golden
import png


def encode(width, height, depth, color, lines, palette=b""):
    """`lines` are (filter, bytes) pairs, already filtered."""
    header = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, 0)
    raw = b"".join(bytes([kind]) + bytes(line) for kind, line in lines)
    chunks = [(b"IHDR", header)] + ([(b"PLTE", palette)] if palette else [])
    chunks += [(b"IDAT", zlib.compress(raw)), (b"IEND", b"")]
    packed = (
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )
    return png.SIGNATURE + b"".join(packed)


def flat(value, size=40):
    return encode(size, size, 8, png.RGB, [(0, bytes([value] * 3 * size))] * size)


class Reader(unittest.TestCase):
    def test_filters(self):
        lines = [
            (0, [10, 20, 30, 40, 50, 60]),
            (1, [1, 2, 3, 1, 1, 1]),
            (2, [1, 1, 1, 1, 1, 1]),
            (3, [0, 0, 0, 255, 0, 0]),
            (4, [5, 0, 0, 0, 0, 7]),
        ]
        rows = png.decode(encode(2, 5, 8, png.RGB, lines)).rows
        self.assertEqual([list(row) for row in rows], [
            [10, 20, 30, 40, 50, 60],
            [1, 2, 3, 2, 3, 4],
            [2, 3, 4, 3, 4, 5],
            [1, 1, 2, 1, 2, 3],
            [6, 1, 2, 6, 2, 10],
        ])  # fmt: skip

    def test_palettes(self):
        palette = bytes(range(12))
        lines = ((1, [0b01000000]), (2, [0b00011000]), (4, [0x01, 0x20]), (8, [0, 1, 2]))
        for depth, line in lines:
            picture = png.decode(encode(3, 1, depth, png.PALETTE, [(0, line)], palette))
            last = [0, 1, 2] if depth == 1 else [6, 7, 8]
            self.assertEqual(list(picture.rows[0]), [0, 1, 2, 3, 4, 5] + last)

    def test_faults(self):
        good = flat(9, 2)
        with self.assertRaisesRegex(ValueError, "not a PNG"):
            png.decode(b"GIF89a")
        with self.assertRaisesRegex(ValueError, "checksum"):
            png.decode(good[:20] + bytes([good[20] ^ 1]) + good[21:])
        with self.assertRaisesRegex(ValueError, "size"):
            png.decode(encode(2, 3, 8, png.RGB, [(0, [0] * 6)]))
        with self.assertRaisesRegex(ValueError, "filter 7"):
            png.decode(encode(1, 1, 8, png.RGB, [(7, [0] * 3)]))


class Comparison(unittest.TestCase):
    def compare(self, expected, actual):
        differences = []
        return golden.compare_pictures("a.png", expected, actual, differences), differences

    def test_same(self):
        self.assertEqual(self.compare(flat(100), flat(100)), ([], []))

    def test_near(self):
        self.assertEqual(self.compare(flat(100), flat(100 + golden.PIXEL_TOLERANCE)), ([], []))

    def test_far(self):
        faults, differences = self.compare(flat(100), flat(101 + golden.PIXEL_TOLERANCE))
        self.assertEqual(faults, ["a.png: 1600 pixels differ by more than 16/255"])
        self.assertEqual(len(differences), 1)

    def test_few(self):
        """One pixel of 1600 is beyond one in a thousand only from the second on."""
        for far, is_fault in ((1, False), (2, True)):
            lines = [(0, [100] * 120)] * 39 + [(0, [200] * 3 * far + [100] * (120 - 3 * far))]
            faults, _ = self.compare(flat(100), encode(40, 40, 8, png.RGB, lines))
            self.assertEqual(bool(faults), is_fault)

    def test_size(self):
        faults, _ = self.compare(flat(100), flat(100, 41))
        self.assertEqual(faults, ["a.png: expected 40 × 40 pixels, got 41 × 41"])

    def test_layouts(self):
        self.assertEqual(golden.compare_layouts("a", b"1\n2\n", b"1\n2\n"), [])
        (said,) = golden.compare_layouts("a", b"1\n2\n", b"1\n3\n")
        self.assertIn("-2\n+3", said)
        (said,) = golden.compare_layouts("a", b"", b"\n".join([b"x"] * 100))
        self.assertIn("more lines", said)

    def test_svg(self):
        svg = '<svg xmlns="http://www.w3.org/2000/svg">%s</svg>'
        self.assertEqual(golden.check_svg("a", svg % "<text>x</text>"), [])
        self.assertEqual(golden.check_svg("a", svg % "<path/>"), ["a: no text"])
        self.assertIn("mismatched", golden.check_svg("a", svg % "<g>")[0])
        self.assertEqual(golden.check_svg("a", "<html>x</html>"), ["a: the root is html"])


if __name__ == "__main__":
    unittest.main()
