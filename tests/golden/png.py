"""PNG pictures as rows of RGB bytes: 8 bits RGB, or a palette, without interlacing."""

import struct
import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"
GREY, RGB, PALETTE = 0, 2, 3


class Picture:
    def __init__(self, width, height, rows):
        self.width, self.height = width, height
        self.rows = rows  # one bytes object of 3 × width a row


def _chunks(data):
    if not data.startswith(SIGNATURE):
        raise ValueError("not a PNG picture")
    at = len(SIGNATURE)
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + length]
        (crc,) = struct.unpack(">I", data[at + 8 + length : at + 12 + length])
        if crc != zlib.crc32(kind + body):
            raise ValueError(f"chunk {kind.decode()}: wrong checksum")
        yield kind, body
        at += 12 + length


def _paeth(left, up, corner):
    guess = left + up - corner
    a, b, c = abs(guess - left), abs(guess - up), abs(guess - corner)
    return left if a <= b and a <= c else up if b <= c else corner


def _unfilter(kind, line, before, step):
    """Undoes one filter of PNG, third edition (W3C, 2025), section 9; in place."""
    if kind > 4:
        raise ValueError(f"unknown filter {kind}")
    for i in range(len(line) if kind else 0):
        left = line[i - step] if i >= step else 0
        up = before[i]
        corner = before[i - step] if i >= step else 0
        guess = (0, left, up, (left + up) // 2, _paeth(left, up, corner))[kind]
        line[i] = (line[i] + guess) & 0xFF


def _to_rgb(line, width, depth, color, palette):
    if color == RGB:
        return bytes(line)
    per_byte, mask = 8 // depth, (1 << depth) - 1
    indexes = (
        line[x // per_byte] >> (8 - depth * (x % per_byte + 1)) & mask for x in range(width)
    )
    return b"".join(palette[3 * i : 3 * i + 3] for i in indexes)


def decode(data):
    palette, packed = b"", b""
    for kind, body in _chunks(data):
        if kind == b"IHDR":
            width, height, depth, color, _, _, interlace = struct.unpack(">IIBBBBB", body)
        elif kind == b"PLTE":
            palette = body
        elif kind == b"IDAT":
            packed += body
    if interlace or color not in (RGB, PALETTE) or (color == RGB and depth != 8):
        raise ValueError(f"this reader does not know colour type {color}, depth {depth}")
    bits = 24 if color == RGB else depth
    length, step = (width * bits + 7) // 8, max(bits // 8, 1)
    raw = zlib.decompress(packed)
    if len(raw) != height * (length + 1):
        raise ValueError("the picture has not the size it says")
    rows, before = [], bytearray(length)
    for y in range(height):
        start = y * (length + 1)
        line = bytearray(raw[start + 1 : start + 1 + length])
        _unfilter(raw[start], line, before, step)
        rows.append(_to_rgb(line, width, depth, color, palette))
        before = line
    return Picture(width, height, rows)


def _chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def encode_grey(width, rows):
    """A grey picture from rows of `width` bytes."""
    header = struct.pack(">IIBBBBB", width, len(rows), 8, GREY, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + bytes(row) for row in rows))
    return SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")
