"""Storefront users and what they own."""

from sqlite3 import Row

from .store import Store


def all_users(store: Store) -> list[Row]:
    return store.rows("select * from storefront_user where merged_into is null order by created, user_id")


def find(store: Store, user_id: str) -> Row | None:
    """A user that exists; one that was merged into another does not."""
    return store.row("select * from storefront_user where user_id = ? and merged_into is null", user_id)


def add(store: Store, user_id: str, *, is_anonymous: bool, now: float) -> bool:
    """Whether the user was added; False when the id is taken."""
    cursor = store.write(
        "insert into storefront_user (user_id, is_anonymous, created) values (?, ?, ?)"
        " on conflict (user_id) do update set is_anonymous = excluded.is_anonymous, merged_into = null"
        " where merged_into is not null",
        user_id,
        int(is_anonymous),
        now,
    )
    return cursor.rowcount == 1


def was_ever_known(store: Store, user_id: str) -> bool:
    """Whether there is such a user, or was one before it was merged into another."""
    return store.row("select 1 from storefront_user where user_id = ?", user_id) is not None


def owner_for(store: Store, user_id: str) -> str:
    """Whose storage the holder of this user's token writes to.

    A token outlives a merge by design: a visitor may log in while an editor is open in another tab.
    """
    row = store.row("select merged_into from storefront_user where user_id = ?", user_id)
    return row["merged_into"] if row and row["merged_into"] else user_id


def merge(store: Store, *, anonymous_id: str, regular_id: str) -> None:
    """Give everything an anonymous user owns to a regular one; the anonymous one is gone."""
    with store.transaction() as db:
        for table in ("design", "asset", "project"):
            db.execute(
                f"update {table} set owner_id = ? where owner_id = ?",  # noqa: S608 - names from the line above
                (regular_id, anonymous_id),
            )
        db.execute("update storefront_user set merged_into = ? where user_id = ?", (regular_id, anonymous_id))
