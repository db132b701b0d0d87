"""Extract the files of the pipeline shop_daily into its raw tables."""

from files import Table, load

TABLES = [
    Table(
        schema="raw_shop",
        name="customers",
        files="landing/*/customers.csv",
        load="replace",
        columns=("id", "name", "email", "city"),
    ),
    Table(
        schema="raw_shop",
        name="order_lines",
        files="landing/*/order_lines.csv",
        load="by_file",
        columns=(
            "order_id",
            "line_no",
            "ordered_at",
            "customer_id",
            "product_id",
            "store_id",
            "quantity",
        ),
    ),
    Table(
        schema="raw_shop",
        name="products",
        files="landing/*/products.csv",
        load="by_file",
        columns=(
            "change_id",
            "changed_at",
            "op",
            "product_id",
            "name",
            "price",
            "note",
        ),
    ),
    Table(
        schema="raw_shop",
        name="stores",
        files="landing/*/stores.csv",
        load="by_file",
        columns=("extract_date", "store_id", "city", "manager"),
    ),
]

if __name__ == "__main__":
    load("shop_daily", TABLES)
