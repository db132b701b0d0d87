"""Extract the files of the pipeline ledger_daily into its raw tables."""

from files import Table, load

TABLES = [
    Table(
        schema="raw_ledger",
        name="customers",
        files="landing/*/customers.csv",
        load="replace",
        columns=("customer_id", "city"),
    ),
    Table(
        schema="raw_ledger",
        name="order_events",
        files="landing/*/order_events.csv",
        load="by_file",
        columns=("event_no", "order_id", "customer_id", "event_type", "happened_at"),
    ),
    Table(
        schema="raw_ledger",
        name="orders",
        files="landing/*/orders.csv",
        load="replace",
        columns=(
            "order_id",
            "customer_id",
            "ordered_at",
            "packed_on",
            "shipped_at",
            "delivered_at",
            "amount",
        ),
    ),
    Table(
        schema="raw_ledger",
        name="postings",
        files="landing/*/postings.csv",
        load="by_file",
        columns=("posting_id", "customer_id", "posted_at", "amount"),
    ),
    Table(
        schema="raw_ledger",
        name="stock_lists",
        files="landing/*/stock_lists.csv",
        load="by_file",
        columns=("list_date", "item", "pieces"),
    ),
]

if __name__ == "__main__":
    load("ledger_daily", TABLES)
