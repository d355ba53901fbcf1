"""An address as a QR code (ISO/IEC 18004), drawn as one path of SVG."""

from __future__ import annotations

import qrcode
from qrcode.constants import ERROR_CORRECT_M

# The quiet zone that the standard asks for, in modules.
QUIET = 4


def svg_of(address: str) -> str:
    """The drawing, black on white, with its quiet zone. The same for the same address."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(address)
    code.make(fit=True)
    matrix = code.get_matrix()
    size = len(matrix)
    dark = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(matrix) for x, is_dark in enumerate(row) if is_dark)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" width="{size}" height="{size}">'
        f'<rect width="{size}" height="{size}" fill="#fff"/><path d="{dark}" fill="#000"/></svg>'
    )
