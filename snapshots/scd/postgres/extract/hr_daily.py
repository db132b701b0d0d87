"""Extract the files of the pipeline hr_daily into its raw tables."""

from files import Table, load

TABLES = [
    Table(
        schema="raw_hr",
        name="office_changes",
        files="landing/*/office_changes.csv",
        load="by_file",
        columns=("change_id", "changed_at", "office", "floor"),
    ),
    Table(
        schema="raw_hr",
        name="pay_changes",
        files="landing/*/pay_changes.csv",
        load="by_file",
        columns=("change_id", "changed_at", "id", "salary", "level"),
    ),
    Table(
        schema="raw_hr",
        name="sales",
        files="landing/*/sales.csv",
        load="by_file",
        columns=("sale_id", "sold_at", "staff_id", "amount", "channel", "is_gift"),
    ),
    Table(
        schema="raw_hr",
        name="staff",
        files="landing/*/staff.csv",
        load="replace",
        columns=("id", "name", "office", "region", "title"),
    ),
    Table(
        schema="raw_hr",
        name="staff_changes",
        files="landing/*/staff_changes.csv",
        load="by_file",
        columns=(
            "change_id",
            "changed_at",
            "op",
            "id",
            "name",
            "office",
            "region",
            "title",
        ),
    ),
    Table(
        schema="raw_hr",
        name="staff_lists",
        files="landing/*/staff_lists.csv",
        load="by_file",
        columns=("list_date", "id", "name", "office", "region", "title"),
    ),
]

if __name__ == "__main__":
    load("hr_daily", TABLES)
