"""What residents see of rooms. One module a noun."""
