"""What we are measured beside. The workload is the same for every system; each adapter gives `connect() -> book`."""
