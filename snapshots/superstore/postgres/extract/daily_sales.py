"""Extract the files of the pipeline daily_sales into its raw tables."""

from files import Table, load

TABLES = [
    Table(
        schema="raw_superstore",
        name="orders",
        files="data/superstore.csv",
        load="by_file",
        columns=(
            "Row ID",
            "Order ID",
            "Order Date",
            "Ship Date",
            "Ship Mode",
            "Customer ID",
            "Customer Name",
            "Segment",
            "Country",
            "City",
            "State",
            "Postal Code",
            "Region",
            "Product ID",
            "Category",
            "Sub-Category",
            "Product Name",
            "Sales",
            "Quantity",
            "Discount",
            "Profit",
        ),
    ),
]

if __name__ == "__main__":
    load("daily_sales", TABLES)
