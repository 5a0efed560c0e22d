"""The only doors to Tesseract, the PDF libraries, OpenCV and spaCy."""
