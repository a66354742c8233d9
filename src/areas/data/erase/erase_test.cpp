#include "areas/data/erase/erase.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include "areas/data/data_fixture.h"
#include "platform/store/schema.h"

namespace suanpan::data {
namespace {

std::string shop_mapping_with(std::string_view top, std::string_view source = "") {
    return fmt::format(R"(
shop: {{name: Test, currency: GBP, time_zone: UTC}}
{}
sources:
  - name: orders
    file: "orders*.csv"
    {}
    into:
      - table: order_lines
        fields: {{order_id: no, item_id: sku, quantity: quantity, unit_price: price, ordered_at: placed, customer_id: upper(who)}}
  - name: reviews
    file: "reviews*.csv"
    into:
      - table: reviews
        fields: {{review_id: no, item_id: sku, customer_id: who, title: title, body: body}}
  - name: customers
    file: "customers*.csv"
    into:
      - table: customers
        fields: {{customer_id: who}}
)",
                       top, source);
}

constexpr auto orders_header = "no,sku,quantity,price,placed,who,mail\n";

class EraseTest : public DataFixture {
  protected:
    ErasureReport erased(const Person& person) {
        auto report = erase_person(*shop, person);
        EXPECT_TRUE(report) << report.error().text();
        return report.value_or(ErasureReport{});
    }
    bool file_has(const std::filesystem::path& file, const std::string& what) {
        return store::read_file(file).value().contains(what);
    }
    const std::string rows = std::string(orders_header) +
                             "1,A,2,1.00,2011-01-01 10:00:00,Zaphod77,zaphod77@heart-of-gold.example\n"
                             "2,A,x,1.00,2011-01-01 10:00:00,Zaphod77,zaphod77@heart-of-gold.example\n"
                             "3,A,3,1.00,2011-01-01 10:00:00,c2,c2@b.example\n"
                             "4,A,zaphod77@heart-of-gold.example,1.00,2011-01-01 10:00:00,c3,c3@b.example\n"
                             "5,A\n";
};

TEST_F(EraseTest, PseudonymsStandForPeopleEverywhereFromTheDoorOn) {
    use(shop_mapping_with("personal: pseudonymise", "personal: [mail]"));
    ASSERT_TRUE(load("orders.csv", rows));
    ASSERT_TRUE(load("customers.csv", "who\n Zaphod77 \nc2\n"));
    const auto key_file = folder / "personal.key";
    struct stat state{};
    ASSERT_EQ(::stat(key_file.c_str(), &state), 0);
    EXPECT_EQ(state.st_mode & 0777, 0600U);
    EXPECT_EQ(count("SELECT count(DISTINCT customer_id) FROM data.order_line"), 2);
    // The mapping's upper() works on the pseudonym, so that of the list of customers is another text there.
    EXPECT_EQ(count("SELECT count(*) FROM data.order_line AS o JOIN data.customer AS c ON lower(o.customer_id) = "
                    "c.customer_id WHERE regexp_full_match(c.customer_id, 'person-[a-z2-7]{26}')"),
              2);
    EXPECT_EQ(count("SELECT count(*) FROM data.quarantine WHERE raw LIKE '%eart-of-gold%' AND source_line <> 5"), 0);
    EXPECT_EQ(count("SELECT count(*) FROM data.quarantine WHERE raw LIKE '%Zaphod%'"), 0);
    EXPECT_EQ(text("SELECT raw FROM data.quarantine WHERE source_line = 6"),
              "withheld: it may tell who a person is; see the line of the file");
    EXPECT_TRUE(text("SELECT raw->>'mail' FROM data.quarantine WHERE source_line = 3").starts_with("person-"));
    // The same person has the same pseudonym in every file, another shop another one.
    const auto backup = shop->backup(folder / "backups" / "copy");
    ASSERT_TRUE(backup);
    EXPECT_FALSE(std::filesystem::exists(*backup / "personal.key"));
}

TEST_F(EraseTest, PseudonymsAreHashesUnderTheKey) {
    ASSERT_TRUE(store::write_file(folder / "personal.key", std::string(64, '0')));
    use(shop_mapping_with("personal: pseudonymise"));
    ASSERT_TRUE(load("customers.csv", "who\nabc\n"));
    // Python: base64.b32encode(hashlib.blake2b(b"abc", digest_size=16, key=bytes(32)).digest())
    EXPECT_EQ(text("SELECT customer_id FROM data.customer"), "person-l5ntwma7m5xj6lwy2duehgahy4");
    ASSERT_TRUE(store::write_file(folder / "personal.key", "no key"));
    const auto refused = load("customers-2.csv", "who\nabcd\n");
    ASSERT_FALSE(refused);
    EXPECT_TRUE(refused.error().message.starts_with("this is no key of pseudonyms (64 hexadecimal digits)"));
}

TEST_F(EraseTest, APersonGoesFromEveryTableAndTheSameFileBringsNobodyBack) {
    use(shop_mapping_with("", "personal: [mail]"));
    ASSERT_TRUE(load("orders.csv", rows));
    ASSERT_TRUE(load("reviews.csv",
                     "no,sku,who,title,body\nr1,A,ZAPHOD77,good,I am Zaphod77\nr2,A,c2,fine,thanks to Zaphod77!\n"));
    std::ofstream(folder / "exports" / "orders.csv") << "ZAPHOD77,1\n";
    ASSERT_EQ(count("SELECT count(*) FROM data.order_line WHERE customer_id = 'ZAPHOD77'"), 1);
    const auto report = erased({{"Zaphod77", "ZAPHOD77", "zaphod77@heart-of-gold.example"}});
    EXPECT_TRUE(report.remaining.empty()) << report.remaining.at(0).table << "." << report.remaining.at(0).column;
    EXPECT_GT(report.columns_searched, 50);
    ASSERT_EQ(report.files.size(), 1U);
    EXPECT_EQ(report.files[0].why, "holds it");
    // What was sold stays sold.
    EXPECT_EQ(count("SELECT sum(units)::BIGINT FROM data.sales_daily"), 5);
    EXPECT_EQ(count("SELECT count(*) FROM data.order_line WHERE customer_id IS NULL"), 1);
    EXPECT_EQ(count("SELECT count(*) FROM data.customer"), 1);
    EXPECT_EQ(text("SELECT coalesce(body, 'empty') FROM data.review WHERE review_id = 'r1'"), "empty");
    EXPECT_EQ(text("SELECT body FROM data.review WHERE review_id = 'r2'"), "thanks to (erased)!");
    // Another mapping, so the whole file is read again; then the quarantine.
    use(shop_mapping_with("", "personal: [mail]") + "# changed\n");
    ASSERT_TRUE(load("orders-again.csv", rows));
    ASSERT_TRUE(call("data.replay", "{}"));
    for (const auto* column :
         {"customer_id FROM data.order_line", "customer_id FROM data.customer", "raw FROM data.quarantine"})
        EXPECT_EQ(count(fmt::format("SELECT count(*) FROM (SELECT {}) WHERE regexp_matches(#1, '(?i)zaphod77($|\"|,)')",
                                    column)),
                  0)
            << column;
    EXPECT_EQ(count("SELECT sum(units)::BIGINT FROM data.sales_daily"), 5);
}

TEST_F(EraseTest, NobodyElseIsTouched) {
    use(shop_mapping_with(""));
    ASSERT_TRUE(load("orders.csv", std::string(orders_header) + "17850,17850,2,1.00,2011-01-01 10:00:00,17850,\n"
                                                                "178500,A,2,1.00,2011-01-01 10:00:00,178500,\n"));
    const auto report = erased({{"17850"}});
    EXPECT_EQ(text("SELECT string_agg(coalesce(customer_id, 'none'), ' ' ORDER BY order_id) FROM data.order_line"),
              "none 178500");
    // The order and the item of the same number stay, and the report says so.
    EXPECT_EQ(count("SELECT count(*) FROM data.item WHERE item_id = '17850'"), 1);
    ASSERT_FALSE(report.remaining.empty());
    for (const auto& column : report.remaining) EXPECT_EQ(column.why, "the same text numbers something else here");
    EXPECT_FALSE(erase_person(*shop, {{"x"}}));
}

TEST_F(EraseTest, NoByteOfThePersonIsLeftInTheDatabaseFile) {
    ASSERT_TRUE(shop->database().connect()->run("SET GLOBAL force_compression = 'uncompressed'"));
    use(shop_mapping_with(""));
    std::string many = orders_header;
    for (int i = 0; i < 5000; ++i)
        many += fmt::format("{},A,{},1.00,2011-01-01 10:00:00,{},\n", i, i % 7 == 0 ? "x" : "1",
                            i % 10 == 0   ? "zaphod-beeblebrox-42"
                            : i % 10 == 1 ? "zzqq77"
                                          : fmt::format("somebody-else-{}", i));
    ASSERT_TRUE(load("orders.csv", many));
    ASSERT_TRUE(load("customers.csv", "who\nzaphod-beeblebrox-42\nc2\n"));
    ASSERT_TRUE(shop->database().connect()->run("CHECKPOINT"));
    const auto file = folder / "shop.duckdb";
    ASSERT_TRUE(file_has(file, "EEBLEBROX-42") && file_has(file, "ZZQQ77"));  // else the search would prove nothing
    const auto report = erased({{"zaphod-beeblebrox-42", "ZAPHOD-BEEBLEBROX-42", "zzqq77", "ZZQQ77"}});
    EXPECT_TRUE(report.remaining.empty());
    EXPECT_TRUE(report.overwritten);
    EXPECT_EQ(report.advice, "");
    ASSERT_TRUE(store::copy_database(shop->database(), folder / "copy.duckdb"));
    for (const auto* what : {"eeblebrox-42", "EEBLEBROX-42", "zzqq77", "ZZQQ77"}) {
        EXPECT_FALSE(file_has(file, what)) << what;
        EXPECT_FALSE(file_has(folder / "copy.duckdb", what)) << what;
    }
    EXPECT_FALSE(std::filesystem::exists(folder / "shop.duckdb.wal"));
    EXPECT_TRUE(file_has(file, "OMEBODY-ELSE-"));
    EXPECT_EQ(count("SELECT count(*) FROM data.order_line WHERE customer_id IS NULL"), 856);
}

// A row that a corrected file replaced has its bytes in the file too.
TEST_F(EraseTest, NorOfWhatWasReplacedBefore) {
    ASSERT_TRUE(shop->database().connect()->run("SET GLOBAL force_compression = 'uncompressed'"));
    use(shop_mapping_with(""));
    ASSERT_TRUE(
        load("orders.csv", std::string(orders_header) + "1,A,1,1.00,2011-01-01 10:00:00,zaphod-beeblebrox-42,\n"));
    ASSERT_TRUE(shop->database().connect()->run("CHECKPOINT"));
    ASSERT_TRUE(load("orders.csv", std::string(orders_header) + "1,A,1,1.00,2011-01-01 10:00:00,c2,\n"));
    ASSERT_TRUE(shop->database().connect()->run("DELETE FROM data.customer WHERE customer_id LIKE 'ZAPHOD%'"));
    const auto report = erased({{"zaphod-beeblebrox-42"}});
    EXPECT_TRUE(report.erased.empty());
    EXPECT_TRUE(report.overwritten);
    EXPECT_FALSE(file_has(folder / "shop.duckdb", "ZAPHOD-BEEBLEBROX-42"));
    EXPECT_FALSE(file_has(folder / "shop.duckdb", "zaphod-beeblebrox-42"));
}

TEST_F(EraseTest, WhereOthersReadOnTheReportSaysThatOldBytesMayBeLeft) {
    use(shop_mapping_with(""));
    ASSERT_TRUE(load("customers.csv", "who\nzaphod-beeblebrox-42\nc2\n"));
    auto reader = shop->database().connect().value();
    ASSERT_TRUE(reader.run("BEGIN TRANSACTION READ ONLY"));
    ASSERT_EQ(reader.count("SELECT count(*) FROM data.customer").value(), 2);
    const auto report = erase_person(*shop, {{"zaphod-beeblebrox-42"}}, std::chrono::milliseconds(50));
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_FALSE(report->overwritten);
    EXPECT_EQ(
        report->advice,
        "the person is erased from the tables, but old bytes may be left in the database file: others go on reading "
        "what is to go; erase the same person again when less goes on");
    EXPECT_EQ(count("SELECT count(*) FROM data.customer"), 1);
}

}  // namespace
}  // namespace suanpan::data
