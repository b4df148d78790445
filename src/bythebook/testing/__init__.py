"""Fakes, conversation scripts and the rehearsal: for us and for authors who test their documents."""
