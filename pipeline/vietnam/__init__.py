"""Facts about Vietnam: kinds of document, agencies, administrative units, calendar, syllables, spelling."""
