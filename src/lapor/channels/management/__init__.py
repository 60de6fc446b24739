"""What an operator runs beside the channels."""
