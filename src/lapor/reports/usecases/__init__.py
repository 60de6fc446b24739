"""What may be done with a report: one file per verb of the SOP. Each use case owns one transaction."""
