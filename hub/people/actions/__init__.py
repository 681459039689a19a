"""What can be done with people. One module a noun."""
