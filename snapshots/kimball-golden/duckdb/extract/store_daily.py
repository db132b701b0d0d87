"""Extract the files of the pipeline store_daily into its raw tables."""

from files import Table, load

TABLES = [
    Table(
        schema="raw_store",
        name="customers",
        files="landing/*/customers.csv",
        load="by_file",
        columns=(
            "customer_id",
            "first_name",
            "last_name",
            "email",
            "address",
            "updated_at",
        ),
    ),
    Table(
        schema="raw_store",
        name="events",
        files="landing/*/events.csv",
        load="by_file",
        columns=("event_id", "event_type", "event_time", "payload"),
    ),
    Table(
        schema="raw_store",
        name="order_items",
        files="landing/*/order_items.csv",
        load="by_file",
        columns=("order_item_id", "order_id", "product_id", "quantity", "sales_amount"),
    ),
    Table(
        schema="raw_store",
        name="orders",
        files="landing/*/orders.csv",
        load="by_file",
        columns=("order_id", "customer_id", "order_date", "status", "updated_at"),
    ),
    Table(
        schema="raw_store",
        name="products",
        files="landing/*/products.csv",
        load="by_file",
        columns=("product_id", "name", "category", "unit_cost", "updated_at"),
    ),
]

if __name__ == "__main__":
    load("store_daily", TABLES)
