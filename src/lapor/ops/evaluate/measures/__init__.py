"""One module for each thing that is measured: `measure(data)` yields rows, or raises AbsentError."""
