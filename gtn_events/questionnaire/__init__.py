"""Questions an organiser adds: versions, forms made from them, stored answers."""
