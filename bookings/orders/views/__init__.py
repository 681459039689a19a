"""What residents see of services. One module a noun."""
