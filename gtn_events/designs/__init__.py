"""How documents look: template folders, and what organisers set in them; every change is a version of its own."""
