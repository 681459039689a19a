"""What readers see of the woodpecker board. One module a noun."""
