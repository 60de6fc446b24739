"""The bell on a reporter's device: `lapor.messaging.push` rings it, and here the device says what became of it."""
