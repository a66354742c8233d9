"""Writes the long CSV files that both sides of bench/demand read: one row a series and period, with what is known of
the future. usage: prepare.py DATA_FOLDER OUT_FOLDER [SET…]

Splits: walmart: departments with at least 104 train weeks, the last 8 weeks are the test, only observed rows are scored,
holiday weeks weigh 5; rossmann: 2015-05-08 to 2015-06-18, open days with sales are scored; online_retail: weekly units
of the 1,000 five-digit codes that sold most before the split, the last 4 of 52 weeks are the test; store_item: the last 90 days.
"""

import pathlib
import sys

SETS = {
    "walmart": {"split": "2012-09-07", "season": 52, "missing": "0"},
    "rossmann": {"split": "2015-05-08", "season": 7, "missing": "gap"},
    "online_retail": {"split": "2011-11-07", "season": 52, "missing": "0"},
    "store_item": {"split": "2017-10-03", "season": 7, "missing": "0"},
}

WALMART = """
WITH sales AS (SELECT Store, Dept, Date, greatest(Weekly_Sales, 0) AS value, IsHoliday
               FROM read_csv('{data}/walmart_weekly/department_sales.csv.gz')),
     long AS (SELECT Store, Dept, min(Date) AS first FROM sales WHERE Date < DATE '2012-09-07'
              GROUP BY ALL HAVING count(*) >= 104),
     weeks AS (SELECT DISTINCT Date FROM sales),
     features AS (SELECT * FROM read_csv('{data}/walmart_weekly/features.csv.gz', nullstr = 'NA'))
SELECT format('{{}}-{{}}', Store, Dept) AS series, weeks.Date AS date,
       CASE WHEN weeks.Date >= DATE '2012-09-07' THEN value ELSE coalesce(value, 0) END AS value,
       CASE WHEN weeks.Date < DATE '2012-09-07' THEN 1 WHEN value IS NULL THEN 0
            WHEN features.IsHoliday THEN 5 ELSE 1 END AS weight,
       features.IsHoliday::INTEGER AS holiday, Temperature AS temperature, Fuel_Price AS fuel_price,
       MarkDown1 AS markdown1, MarkDown2 AS markdown2, MarkDown3 AS markdown3, MarkDown4 AS markdown4,
       MarkDown5 AS markdown5, 'store ' || Store AS store, 'dept ' || Dept AS dept, 'type ' || Type AS type
FROM long JOIN weeks ON weeks.Date >= long.first
LEFT JOIN sales USING (Store, Dept, Date) JOIN features ON features.Store = long.Store AND features.Date = weeks.Date
JOIN read_csv('{data}/walmart_weekly/stores.csv') stores ON stores.Store = long.Store
ORDER BY long.Store, long.Dept, weeks.Date
"""

# A competitor counts from the month in which it opened; Promo2 mails go out in the first month of a quarter.
ROSSMANN = """
WITH shops AS (SELECT * FROM read_csv('{data}/rossmann/store.csv', all_varchar = true))
SELECT sales.Store AS series, Date AS date, Sales AS value, (Open = 1 AND Sales > 0)::INTEGER AS weight,
       Promo AS promo, Open AS open, SchoolHoliday AS school_holiday,
       CASE StateHoliday::VARCHAR WHEN 'a' THEN 1 WHEN 'b' THEN 2 WHEN 'c' THEN 3 ELSE 0 END AS state_holiday,
       coalesce((Promo2 = '1' AND (year(Date) > Promo2SinceYear::INTEGER OR
                 (year(Date) = Promo2SinceYear::INTEGER AND weekofyear(Date) >= Promo2SinceWeek::INTEGER)) AND
                 contains(PromoInterval, CASE month(Date) WHEN 9 THEN 'Sept' ELSE strftime(Date, '%b') END)), false)::INTEGER
           AS promo2_month,
       coalesce(greatest(0, least(24, (year(Date) - CompetitionOpenSinceYear::INTEGER) * 12 + month(Date)
                - CompetitionOpenSinceMonth::INTEGER)), 24) AS competition_months,
       CompetitionDistance::DOUBLE AS competition_distance,
       'type ' || StoreType AS store_type, 'range ' || Assortment AS assortment
FROM read_csv('{data}/rossmann/sales.csv.gz', types = {{'StateHoliday': 'VARCHAR'}}) sales
JOIN shops ON shops.Store::INTEGER = sales.Store
ORDER BY sales.Store, Date
"""

ONLINE_RETAIL = """
WITH lines AS (SELECT upper(StockCode) AS code, Quantity, UnitPrice,
                      date_trunc('week', InvoiceDate::TIMESTAMP)::DATE AS week
               FROM read_csv('{data}/online_retail/online_retail.csv.gz', types = {{'StockCode': 'VARCHAR',
                    'InvoiceNo': 'VARCHAR', 'CustomerID': 'VARCHAR'}})
               WHERE Quantity > 0 AND UnitPrice > 0 AND InvoiceNo NOT LIKE 'C%'
                 AND regexp_full_match(upper(StockCode), '[0-9]{{5}}[A-Z]*')),
     whole AS (SELECT * FROM lines WHERE week BETWEEN DATE '2010-12-06' AND DATE '2011-11-28'),
     top AS (SELECT code FROM whole WHERE week <= DATE '2011-10-31' GROUP BY code ORDER BY sum(Quantity) DESC, code LIMIT 1000),
     weeks AS (SELECT (DATE '2010-12-06' + (n * 7)::INTEGER)::DATE AS week FROM range(52) t(n))
SELECT code AS series, week AS date, coalesce(sum(Quantity), 0)::BIGINT AS value
FROM top CROSS JOIN weeks LEFT JOIN whole USING (code, week)
GROUP BY ALL ORDER BY ALL
"""

STORE_ITEM = """
SELECT format('{{}}-{{}}', store, item) AS series, date, sales AS value, 'store ' || store AS store,
       'item ' || item AS item
FROM read_csv('{data}/store_item_demand/sales.csv.gz') ORDER BY store, item, date
"""

QUERIES = {"walmart": WALMART, "rossmann": ROSSMANN, "online_retail": ONLINE_RETAIL, "store_item": STORE_ITEM}


def prepare(data, out, name):
    import duckdb
    file = pathlib.Path(out) / f"{name}.csv"
    if not file.exists():
        query = QUERIES[name].format(data=data)
        duckdb.sql(f"COPY ({query}) TO '{file}' (HEADER)")
    return file


if __name__ == "__main__":
    pathlib.Path(sys.argv[2]).mkdir(parents=True, exist_ok=True)
    for one in sys.argv[3:] or SETS:
        print(prepare(sys.argv[1], sys.argv[2], one))
