#include "areas/data/erase/erase.h"
#include "areas/data/labels/test_shop.h"

namespace suanpan::data::labels {
namespace {

constexpr auto words = "the lantern I bought flickers";

// Two people's reviews; the labels of one of them are to go.
class EraseLabelsTest : public LabelsTest {
  protected:
    void SetUp() override {
        LabelsTest::SetUp();
        run("SET GLOBAL force_compression = 'uncompressed'");
        run(R"(
            INSERT INTO data.review (review_id, item_id, customer_id, title, body, load_id, source_line) VALUES
            ('r1', 'A', 'zaphod-beeblebrox-42', 'flickering', 'the lantern I bought flickers', 1, 2),
            ('r2', 'A', 'c2', 'fine', 'the lantern I bought flickers', 1, 3))");
        ASSERT_TRUE(call("labels.create_set", R"({"set":"s","classes":["good","bad"],"annotations_per_task":1})"));
        const auto imported = call("labels.import", R"({"set":"s","tasks":[
            {"task_id":"by review","text":"the lantern I bought flickers","review_id":"r1"},
            {"task_id":"of another","text":"the lantern I bought flickers","review_id":"r2"},
            {"task_id":"by person","text":"where is my parcel","author":{"known_as":" zaphod-beeblebrox-42 "}},
            {"task_id":"by words","text":"the lantern I bought flickers"},
            {"task_id":"about","text":"thanks to zaphod-beeblebrox-42!","gold":"good"}]})");
        ASSERT_TRUE(imported) << imported.error().text();
        ASSERT_TRUE(call_as("user:a", "labels.next", R"({"set":"s","limit":10})"));
        for (const auto* id : {"by review", "of another", "by person", "by words"}) {
            const auto labelled = call_as(
                "user:a", "labels.submit",
                fmt::format(R"({{"set":"s","labels":[{{"task_id":"{}","label":"bad","note":"of {}"}}]}})", id, id));
            ASSERT_TRUE(labelled) << labelled.error().text();
        }
        ASSERT_TRUE(call("labels.settle", R"({"set":"s"})"));
        ASSERT_TRUE(call("labels.freeze", R"({"set":"s"})"));
        run("CHECKPOINT");
    }
    void run(std::string_view sql) {
        const auto done = shop->database().connect()->run(sql);
        ASSERT_TRUE(done) << done.error().text();
    }
    std::string tasks_of(const std::string& table) {
        const auto found = shop->database().connect()->query(fmt::format(
            "SELECT coalesce(string_agg(DISTINCT task_id, '; ' ORDER BY task_id), '') FROM labels.{}", table));
        return std::string(found->text(0, 0, 0));
    }
    bool file_has(std::string_view text) {
        return store::read_file(folder / "shop.duckdb").value().contains(text) ||
               store::read_file(folder / "shop.duckdb.wal").value_or("").contains(text);
    }
};

TEST_F(EraseLabelsTest, SlowTasksThatThePersonWroteGoWithAllTheirLabels) {
    ASSERT_EQ(tasks_of("annotation"), "by person; by review; by words; of another");
    ASSERT_EQ(tasks_of("settlement"), "by person; by review; by words; of another");
    const auto report = erase_person(*shop, {{"zaphod-beeblebrox-42"}});
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_TRUE(report->remaining.empty());
    EXPECT_EQ(tasks_of("task"), "about; of another");
    for (const auto* table : {"annotation", "settlement"}) EXPECT_EQ(tasks_of(table), "of another") << table;
    EXPECT_EQ(tasks_of("gold"), "about");
    EXPECT_EQ(count("SELECT count(*) FROM labels.task WHERE text = 'thanks to (erased)!'"), 1);
    // The exported labels are named, and nothing of them is changed.
    ASSERT_EQ(report->files.size(), 1U);
    EXPECT_TRUE(report->files[0].file.ends_with("exports/labels-s-v1.jsonl"));
    EXPECT_EQ(report->files[0].why, "holds it");
}

TEST_F(EraseLabelsTest, NoByteOfTheirLabelsIsLeftInTheDatabaseFile) {
    ASSERT_TRUE(file_has("where is my parcel") && file_has("of by person") && file_has("zaphod-beeblebrox-42"));
    const auto report = erase_person(*shop, {{"zaphod-beeblebrox-42"}});
    ASSERT_TRUE(report) << report.error().text();
    EXPECT_TRUE(report->overwritten) << report->advice;
    for (const auto* text : {"where is my parcel", "of by person", "of by review", "zaphod-b", "flickering"})
        EXPECT_FALSE(file_has(text)) << text;
    EXPECT_TRUE(file_has(words));  // of the other
}

}  // namespace
}  // namespace suanpan::data::labels
