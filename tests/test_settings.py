"""Settings: what is shown of them holds no secret."""

from __future__ import annotations

import pytest

from bythebook.settings import Settings


@pytest.mark.parametrize(
    ("database", "shown"),
    [
        ("bythebook.db", "bythebook.db"),
        ("postgresql://ann:s3cret@db.example.com:5432/cases", "postgresql://ann:***@db.example.com:5432/cases"),
        ("postgresql://ann@db.example.com/cases", "postgresql://ann@db.example.com/cases"),
        ("C:/cases@home.db", "C:/cases@home.db"),
    ],
)
def test_where_the_cases_are_is_shown_without_a_password(database: str, shown: str) -> None:
    settings = Settings(database=database)
    assert settings.database_shown == shown
    assert "s3cret" not in repr(settings)
