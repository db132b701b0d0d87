"""Extract the files of the pipeline jaffle_daily into its raw tables."""

from files import Table, load

TABLES = [
    Table(
        schema="raw_jaffle",
        name="raw_customers",
        files="data/raw_customers.csv",
        load="replace",
        columns=("id", "first_name", "last_name"),
    ),
    Table(
        schema="raw_jaffle",
        name="raw_orders",
        files="data/raw_orders.csv",
        load="replace",
        columns=("id", "user_id", "order_date", "status"),
    ),
    Table(
        schema="raw_jaffle",
        name="raw_payments",
        files="data/raw_payments.csv",
        load="replace",
        columns=("id", "order_id", "payment_method", "amount"),
    ),
]

if __name__ == "__main__":
    load("jaffle_daily", TABLES)
