"""One module a gateway; each has `make()`."""
