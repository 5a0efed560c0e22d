"""Words as read to right Vietnamese, every change recorded."""
