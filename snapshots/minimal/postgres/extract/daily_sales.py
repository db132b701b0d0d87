"""Extract the files of the pipeline daily_sales into its raw tables."""

from files import Table, load

TABLES = [
    Table(
        schema="raw_till",
        name="customers",
        files="specs/data/customers.csv",
        load="replace",
        columns=("id", "name", "city"),
    ),
    Table(
        schema="raw_till",
        name="sales",
        files="specs/data/sales.csv",
        load="by_file",
        columns=("sale_id", "sold_at", "customer_id", "title", "quantity", "price"),
    ),
]

if __name__ == "__main__":
    load("daily_sales", TABLES)
