"""Names of people: never split into first and last, shown masked where others can read them."""


def masked_name(name: str) -> str:
    """`张桂兰` → `张**`: the first character, then a star for each further one up to two."""
    name = name.strip()
    return name[:1] + "*" * min(len(name) - 1, 2) if name else ""
