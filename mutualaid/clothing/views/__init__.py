"""What residents see of clothes and parcels. One module a noun."""
