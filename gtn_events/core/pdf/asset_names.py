"""The addresses that a document may name, for whoever fills its template; nothing here loads the engine."""

# A name that no server can have (RFC 6761); addresses below it are files of templates/pdf.
ASSET_HOST = "assets.invalid"
ASSET_ROOT = f"https://{ASSET_HOST}/"
PICTURES = "pictures/"
PICTURE_ROOT = f"{ASSET_ROOT}{PICTURES}"
"""Addresses below it are pictures that were uploaded: only those that a document brings along."""
ON_DARK = "on-dark"
"""Behind the address of a picture: drawn in white, as strong as it is dark on paper."""
