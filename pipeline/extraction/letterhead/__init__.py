"""The letterhead station of extraction: number, date, issuer, kind, subject, addressees, signer, urgency, arrival."""
