"""Forms made from questions, and the forms of the editor."""
