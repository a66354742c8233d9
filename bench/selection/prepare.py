"""Data sets as files that the ordinary loader reads with a mapping of this folder; what stands in for an item is said in the mapping."""

import datetime

import common


# A week is named by its last day, a Friday.
def walmart(data, folder):
    kinds = {row["Store"]: row["Type"] for row in common.rows_of(data / "walmart_weekly/stores.csv")}
    sales, items = [], {}
    for row in common.rows_of(data / "walmart_weekly/department_sales.csv.gz"):
        item = f"{row['Store']}-{row['Dept']}"
        first = datetime.date.fromisoformat(row["Date"]) - datetime.timedelta(6)
        sales.append((item, first, row["Weekly_Sales"]))
        items[item] = (item, f"department {row['Dept']} store {row['Store']}", f"type {kinds[row['Store']]}/{row['Dept']}")
    return [common.write_rows(folder / "items.csv", ["item", "title", "category"], items.values()),
            common.write_rows(folder / "sales.csv", ["item", "first", "revenue"], sales)]


def rossmann(data, folder):
    items = [(row["Store"], f"store {row['Store']}", f"type {row['StoreType']}/assortment {row['Assortment']}")
             for row in common.rows_of(data / "rossmann/store.csv")]
    days = [row for row in common.rows_of(data / "rossmann/sales.csv.gz") if row["Open"] == "1"]
    sales = [(row["Store"], row["Date"], row["Sales"]) for row in days]
    visits = [(row["Store"], row["Date"], row["Customers"]) for row in days]
    return [common.write_rows(folder / "items.csv", ["item", "title", "category"], items),
            common.write_rows(folder / "sales.csv", ["item", "day", "revenue"], sales),
            common.write_rows(folder / "visits.csv", ["item", "day", "customers"], visits)]
