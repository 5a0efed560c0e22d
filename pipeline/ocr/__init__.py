"""Page image to words with boxes and confidences."""
