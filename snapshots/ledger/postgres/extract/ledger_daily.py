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
]

if __name__ == "__main__":
    load("ledger_daily", TABLES)
