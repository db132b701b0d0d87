"""Extract the files of the pipeline bank_daily into its raw tables."""

from files import Table, load

TABLES = [
    Table(
        schema="raw_bank",
        name="account_advisers",
        files="landing/account_advisers.csv",
        load="by_file",
        columns=(
            "account_id",
            "adviser_code",
            "changed_at",
            "operation",
            "share_percent",
        ),
    ),
    Table(
        schema="raw_bank",
        name="account_holders",
        files="landing/account_holders.csv",
        load="replace",
        columns=("account_id", "customer_id", "share_percent"),
    ),
    Table(
        schema="raw_bank",
        name="accounts",
        files="landing/accounts.csv",
        load="by_file",
        columns=("account_id", "changed_at", "product"),
    ),
    Table(
        schema="raw_bank",
        name="advisers",
        files="landing/advisers.csv",
        load="by_file",
        columns=("adviser_code", "changed_at", "adviser_name", "grade"),
    ),
    Table(
        schema="raw_bank",
        name="balances",
        files="landing/balances.csv",
        load="by_file",
        columns=("account_id", "balance_on", "balance"),
    ),
    Table(
        schema="raw_bank",
        name="customers",
        files="landing/customers.csv",
        load="by_file",
        columns=("customer_id", "changed_at", "customer_name", "segment"),
    ),
    Table(
        schema="raw_bank",
        name="topics",
        files="landing/topics.csv",
        load="replace",
        columns=("topic", "topic_name"),
    ),
    Table(
        schema="raw_bank",
        name="transactions",
        files="landing/transactions.csv",
        load="by_file",
        columns=("transaction_id", "account_id", "unit_code", "booked_on", "amount"),
    ),
    Table(
        schema="raw_bank",
        name="units",
        files="landing/units.csv",
        load="replace",
        columns=("unit_code", "unit_name", "parent_code"),
    ),
    Table(
        schema="raw_bank",
        name="visit_topics",
        files="landing/visit_topics.csv",
        load="replace",
        columns=("visit_id", "topic"),
    ),
    Table(
        schema="raw_bank",
        name="visits",
        files="landing/visits.csv",
        load="by_file",
        columns=("visit_id", "visited_on", "minutes"),
    ),
]

if __name__ == "__main__":
    load("bank_daily", TABLES)
