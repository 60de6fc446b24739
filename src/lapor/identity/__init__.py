"""Who a reporter is, sealed apart from the report."""
