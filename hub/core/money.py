"""Money is whole fen (分), an int; a float never touches it."""

from decimal import ROUND_HALF_UP, Decimal

FEN_A_YUAN = 100


def yuan_text(fen: int) -> str:
    """`2000` → `20`, `2050` → `20.50`: yuan without a sign or unit."""
    whole, rest = divmod(abs(fen), FEN_A_YUAN)
    text = f"{whole}.{rest:02d}" if rest else str(whole)
    return f"-{text}" if fen < 0 else text


def fen_from_yuan(yuan: Decimal) -> int:
    """Yuan as typed by staff to fen; ValueError when it is finer than one fen."""
    fen = yuan * FEN_A_YUAN
    if fen != fen.to_integral_value():
        raise ValueError("finer than one fen")
    return int(fen)


def share(fen: int, percent: int) -> int:
    """`percent` of an amount, half a fen rounded up."""
    return int((Decimal(fen) * percent / 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def for_minutes(fen_an_hour: int, minutes: int) -> int:
    """The price of `minutes` at an hourly price, half a fen rounded up."""
    return int((Decimal(fen_an_hour) * minutes / 60).quantize(Decimal(1), rounding=ROUND_HALF_UP))
