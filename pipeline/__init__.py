"""The stations a dispatch passes; pure functions without database, Prefect or web."""
