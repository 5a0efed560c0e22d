"""Prefect flows around plain functions."""
