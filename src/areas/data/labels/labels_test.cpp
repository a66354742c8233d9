#include "areas/data/labels/labels.h"

#include <fmt/format.h>

#include <set>

#include "areas/data/labels/settle.h"
#include "areas/data/labels/test_shop.h"

namespace suanpan::data::labels {
namespace {

using operations::as_number;
using operations::member;

TEST(Majority, NeedsMoreThanHalf) {
    EXPECT_EQ(majority(std::vector<VoteCount>{{"a", 2}, {"b", 1}}), "a");
    EXPECT_EQ(majority(std::vector<VoteCount>{{"a", 1}, {"b", 1}}), std::nullopt);
    EXPECT_EQ(majority(std::vector<VoteCount>{{"a", 2}, {"b", 1}, {"c", 1}}), std::nullopt);
    EXPECT_EQ(majority(std::vector<VoteCount>{}), std::nullopt);
}

class LabelStoreTest : public LabelsTest {
  protected:
    // Every annotator labels all tasks: good, but bad where `bad` names them.
    void label_all(const std::string& annotator, const std::set<std::string>& bad) {
        const auto given = call_as(annotator, "labels.next", R"({"set":"s","limit":1000})").value();
        std::string labels;
        for (const auto& task : list(operations::parse_json(given).value(), "tasks"))
            labels += fmt::format(R"({}{{"task_id":"{}","label":"{}"}})", labels.empty() ? "" : ",",
                                  word(task, "task_id"), bad.contains(word(task, "task_id")) ? "bad" : "good");
        ASSERT_TRUE(call_as(annotator, "labels.submit", fmt::format(R"({{"set":"s","labels":[{}]}})", labels)));
    }
    std::string file(std::string_view name) { return store::read_file(folder / "exports" / name).value_or("none"); }
};

TEST_F(LabelStoreTest, SettlesByMajorityAndByAdjudication) {
    make_set(4, 0, R"(,"annotations_per_task":2)");
    label_all("user:a", {"t001", "t002"});
    EXPECT_EQ(whole(ask("labels.settle", R"({"set":"s"})"), "waiting"), 4);
    label_all("user:b", {"t001"});
    const auto settled = ask("labels.settle", R"({"set":"s"})");
    EXPECT_EQ(whole(settled, "settled"), 3);
    EXPECT_EQ(whole(settled, "conflicts"), 1);
    EXPECT_EQ(whole(ask("labels.settle", R"({"set":"s"})"), "unchanged"), 3);
    const auto conflicts = ask("labels.tasks", R"({"set":"s","state":"conflict"})");
    ASSERT_EQ(list(conflicts, "tasks").size(), 1);
    EXPECT_EQ(word(list(conflicts, "tasks")[0], "task_id"), "t002");
    EXPECT_EQ(list(list(conflicts, "tasks")[0], "labels").size(), 2);

    const auto one = ask("labels.settle", R"({"set":"s","adjudications":[
        {"task_id":"t002","label":"bad","reason":"it is late"}, {"task_id":"t001","label":"good"},
        {"task_id":"t009","label":"good","reason":"x"}, {"task_id":"t001","label":"fine","reason":"x"}]})");
    EXPECT_EQ(whole(one, "settled"), 1);
    EXPECT_EQ(whole(one, "refused"), 3);
    EXPECT_EQ(word(list(one, "tasks")[1], "error"), "an adjudication needs a reason, for those who will ask later");
    EXPECT_EQ(word(list(one, "tasks")[2], "error"), "the set \"s\" has no such task");
    EXPECT_EQ(word(list(one, "tasks")[3], "error"), "\"fine\" is not a class of \"s\"; choose among good, bad");
    const auto over = ask("labels.settle",
                          R"({"set":"s","adjudications":[{"task_id":"t001","label":"good"}],"reason":"seen again"})");
    EXPECT_EQ(whole(over, "settled"), 1) << "an adjudication stands over a majority";
    EXPECT_EQ(count("SELECT count(*) FROM labels.settled WHERE label = 'good'"), 3);
    EXPECT_EQ(call_as("user:a", "labels.settle", R"({"set":"s"})").error().code, ErrorCode::permission_denied);
    const auto late = call_as("user:a", "labels.submit", R"({"set":"s","labels":[{"task_id":"t000","label":"bad"}]})");
    EXPECT_TRUE(late->contains("the task is settled; an approver may adjudicate it anew"));
}

TEST_F(LabelStoreTest, AFrozenVersionTakesNoChangesAndExportsTheSameBytes) {
    make_set(3, 1, R"(,"annotations_per_task":1)");
    EXPECT_EQ(refusal("labels.freeze", R"({"set":"none"})"),
              "set: there is no label set \"none\"; labels.list_sets shows those there are");
    label_all("user:a", {"t002"});
    ASSERT_TRUE(call("labels.settle", R"({"set":"s"})"));
    EXPECT_EQ(word(ask("labels.export", R"({"set":"s"})"), "file"), (folder / "exports/labels-s-v1-draft.jsonl"));
    const auto frozen = ask("labels.freeze", R"({"set":"s"})");
    EXPECT_EQ(whole(frozen, "labels"), 3);
    const auto text = file("labels-s-v1.jsonl");
    EXPECT_TRUE(
        text.starts_with(R"({"set":"s","version":1,"frozen":true,"scale":"nominal","classes":["good","bad"],)"));
    EXPECT_TRUE(text.contains(fmt::format(R"("hash":"{}")", word(frozen, "hash"))));
    EXPECT_TRUE(text.contains(R"({"task_id":"t000","text":"text 0","picture":"","label":"good","method":"gold",)"));
    EXPECT_TRUE(
        text.ends_with("{\"task_id\":\"t002\",\"text\":\"text 2\",\"picture\":\"\",\"label\":\"bad\","
                       "\"method\":\"majority\",\"votes\":1,\"annotations\":1,\"record\":{}}\n"));

    const std::string no_more = "takes no more changes; go on in a new version: labels.create_set with version 2";
    for (const auto& [operation, request] : std::vector<std::pair<std::string, std::string>>{
             {"labels.next", R"({"set":"s"})"},
             {"labels.submit", R"({"set":"s","labels":[{"task_id":"t001","label":"bad"}]})"},
             {"labels.skip", R"({"set":"s","task_ids":["t001"]})"},
             {"labels.settle", R"({"set":"s","adjudications":[{"task_id":"t001","label":"bad","reason":"x"}]})"},
             {"labels.import", R"({"set":"s","tasks":[{"task_id":"t001","text":"text 1","gold":"bad"}]})"},
             {"labels.rules", R"({"set":"s"})"},
             {"labels.scores", R"({"set":"s","model":"m","scores":[{"task_id":"t001","probabilities":[1,0]}]})"}})
        EXPECT_TRUE(refusal(operation, request).ends_with(no_more)) << operation << refusal(operation, request);

    // What another version goes through leaves the frozen one as it is.
    ASSERT_TRUE(call("labels.create_set", R"({"set":"s","version":2,"classes":["good","bad","mixed"]})"));
    label_all("user:b", {"t001"});
    ASSERT_TRUE(call("labels.import", R"({"set":"s","tasks":[{"task_id":"t003","text":"new"}]})"));
    std::filesystem::remove_all(folder / "exports");
    EXPECT_EQ(word(ask("labels.export", R"({"set":"s","version":1})"), "hash"), word(frozen, "hash"));
    EXPECT_EQ(file("labels-s-v1.jsonl"), text);
    ASSERT_TRUE(call("labels.freeze", R"({"set":"s","version":1})"));
    EXPECT_EQ(file("labels-s-v1.jsonl"), text);
}

TEST_F(LabelStoreTest, AChangedDefinitionIsANewVersion) {
    const auto same = R"({"set":"s","classes":["good","bad"],"instructions":"look"})";
    EXPECT_TRUE(call("labels.create_set", same)->contains("\"created\":true"));
    EXPECT_TRUE(call("labels.create_set", same)->contains("\"created\":false"));
    EXPECT_EQ(refusal("labels.create_set", R"({"set":"s","classes":["good","ugly"]})"),
              "version: version 1 of \"s\" is there with another definition; give version 2 to make a new one of this");
    EXPECT_EQ(refusal("labels.create_set", R"({"set":"s","version":3,"classes":["good","ugly"]})"),
              "version: the next version of \"s\" is 2");
    ASSERT_TRUE(call("labels.import", R"({"set":"s","tasks":[{"task_id":"1","text":"x","gold":"good"},
                                                              {"task_id":"2","text":"y","gold":"bad"}]})"));
    EXPECT_EQ(whole(ask("labels.create_set", R"({"set":"s","version":2,"classes":["good","ugly"]})"), "version"), 2);
    EXPECT_EQ(whole(ask("labels.show_set", R"({"set":"s"})"), "gold"), 1) << "gold of classes that are still there";
    EXPECT_EQ(whole(ask("labels.show_set", R"({"set":"s","version":1})"), "gold"), 2);
    EXPECT_EQ(refusal("labels.show_set", R"({"set":"s","version":4})"), "version: \"s\" has versions 1 to 2, none 4");
}

TEST_F(LabelStoreTest, SaysWhatIsWrongWithADefinition) {
    auto said = [&](std::string_view fields) {
        return refusal("labels.create_set", fmt::format(R"({{"set":"s",{}}})", fields));
    };
    EXPECT_EQ(said(R"("classes":["one"])"), "classes: a label set needs 2 to 1000 classes, this has 1");
    EXPECT_EQ(said(R"("classes":["a","a"])"), "classes: the class \"a\" is there twice");
    EXPECT_EQ(said(R"("classes":["a",""])"), "classes: a class is a text of 1 to 200 bytes of UTF-8");
    EXPECT_EQ(said(R"("classes":["1","x"],"scale":"interval")"),
              "classes: on an interval scale classes are rising numbers; \"x\" is not");
    EXPECT_EQ(said(R"("classes":["a","b"],"scale":"ratio")"),
              "scale: \"ratio\" is no scale; choose nominal, ordinal or interval");
    EXPECT_EQ(said(R"("classes":["a","b"],"kind":"video")"),
              "kind: \"video\" is no kind of task; choose text, picture or record");
    EXPECT_EQ(said(R"("classes":["a","b"],"examples":[{"text":"t","label":"c"}])"),
              "examples: there is no class \"c\"");
    EXPECT_EQ(said(R"("classes":["a","b"],"descriptions":{"c":"?"})"), "descriptions: there is no class \"c\"");
    EXPECT_EQ(said(R"("classes":["a","b"],"gold_share":0.9)"), "gold_share: 0.9 is above the allowed 0.5");
    EXPECT_EQ(refusal("labels.create_set", R"({"set":"../x","classes":["a","b"]})"),
              "set: \"../x\" is no name of a label set: 1 to 64 of a-z, 0-9, _ and -");
}

TEST_F(LabelStoreTest, ImportsWhatFitsAndSaysWhatDoesNot) {
    make_set(1, 0);
    std::ofstream(folder / "t.jsonl")
        << "{\"task_id\":\"a\",\"text\":\"x\"}\n{\"task_id\":\"a\",\"text\":\"y\"}\n"
        << "{\"task_id\":\"b\"}\nno\n{\"task_id\":\"c\",\"text\":\"z\",\"gold\":\"ugly\"}\n"
        << "{\"task_id\":\"t000\",\"text\":\"other\"}\n{\"task_id\":\"a\",\"text\":\"x\"}\n";
    const operations::Principal admin{"user:root", operations::Role::admin};
    const auto request = fmt::format(R"({{"set":"s","files":["{}"]}})", (folder / "t.jsonl").string());
    const auto reply = operations::parse_json(call("labels.import", request, admin).value()).value();
    EXPECT_EQ(whole(reply, "added"), 1);
    EXPECT_EQ(whole(reply, "unchanged"), 1);
    ASSERT_EQ(whole(reply, "refused"), 5);
    std::map<std::int64_t, std::string> reasons;
    for (const auto& one : list(reply, "reasons")) reasons[whole(one, "line")] = word(one, "reason");
    EXPECT_EQ(reasons[2], "task \"a\": it is there twice with different content; give each its own id");
    EXPECT_EQ(reasons[3], "task \"b\": the row has no text, and \"s\" is a set of text tasks");
    EXPECT_TRUE(reasons[4].starts_with("the line is not a JSON object"));
    EXPECT_EQ(reasons[5], "task \"c\": \"ugly\" is not a class of \"s\"; choose among good, bad");
    EXPECT_EQ(reasons[6], "task \"t000\": the set has it with other content; tasks never change, give it another id");
    EXPECT_TRUE(refusal("labels.import", request).ends_with("this key may read files of the shop's inbox/ only"));
    EXPECT_TRUE(call("labels.import", R"({"set":"s","files":["x.jsonl"]})", admin)
                    .error()
                    .text()
                    .ends_with("there is no such file; check its name"));
    std::ofstream(folder / "t.doc") << "x";
    EXPECT_TRUE(
        call("labels.import", fmt::format(R"({{"set":"s","files":["{}"]}})", (folder / "t.doc").string()), admin)
            .error()
            .text()
            .ends_with("tasks come from .jsonl, .ndjson, .csv, .tsv, .csv.gz or .tsv.gz files"));
    EXPECT_EQ(refusal("labels.import", R"({"set":"s"})"), "files: name files, tasks or a view to make tasks from");
}

TEST_F(LabelStoreTest, ImportsTables) {
    ASSERT_TRUE(call("labels.create_set", R"({"set":"s","classes":["0","1"],"scale":"ordinal"})"));
    std::filesystem::create_directories(folder / "inbox");
    std::ofstream(folder / "inbox/reviews.csv") << "label,review\n1,\"good, \"\"very\"\"\nnext line\"\n0,坏\n,坏\n";
    const auto request = fmt::format(R"({{"set":"s","files":["{}"],"text_field":"review","gold_field":"label"}})",
                                     (folder / "inbox/reviews.csv").string());
    const auto reply = ask("labels.import", request);
    EXPECT_EQ(whole(reply, "added"), 2);
    EXPECT_EQ(whole(reply, "gold"), 2);
    EXPECT_EQ(count("SELECT count(*) FROM labels.task WHERE text = 'good, \"very\"' || chr(10) || 'next line'"), 1);
    EXPECT_EQ(whole(ask("labels.import", request), "added"), 0);
}

TEST_F(LabelStoreTest, MakesTasksOfAViewWithinItsBounds) {
    ASSERT_TRUE(shop->database().write([](store::Connection& connection) -> Result<> {
        return connection.run(
            "INSERT INTO data.item SELECT 'i' || range, 'title ' || range, 'toys', true, NULL, range, "
            "NULL, NULL, 1, range FROM range(20)");
    }));
    ASSERT_TRUE(call("labels.create_set", R"({"set":"s","classes":["a","b"],"kind":"record"})"));
    const auto reply = ask("labels.import", R"({"set":"s","view":"data.product","id_field":"item_id",
        "where":"category = ? and unit_price >= 5 and title like '%1%'","values":["toys"],"limit":4})");
    EXPECT_EQ(whole(reply, "added"), 4);
    EXPECT_EQ(count("SELECT count(*) FROM labels.task WHERE record ->> '$.category' = 'toys' AND task_id >= 'i10'"), 4);
    EXPECT_EQ(refusal("labels.import", R"({"set":"s","view":"gateway.key"})"),
              "view: tasks may be made from data.product, data.review, data.sales_daily, data.sales_weekly, "
              "data.stock_by_day; \"gateway.key\" is none of them");
    EXPECT_EQ(refusal("labels.import", R"({"set":"s","view":"data.product","where":"colour = 'red'"})"),
              "where: data.product has no column \"colour\"; it has item_id, title, category, unit_cost, unit_price, "
              "supplier_id, listed_on");
    EXPECT_TRUE(refusal("labels.import", R"({"set":"s","view":"data.product","where":"title = = 1"})")
                    .starts_with("where: the condition does not fit: "));
}

TEST_F(LabelStoreTest, ReportsAgreementAndAccuracyOnGold) {
    make_set(10, 5, R"(,"annotations_per_task":2,"gold_share":0.5)");
    label_all("user:a", {"t005"});
    label_all("user:b", {"t005", "t006", "t000"});
    const auto report = ask("labels.agreement", R"({"set":"s"})");
    const auto& pair = list(report, "pairs")[0];
    EXPECT_EQ(whole(pair, "tasks"), count("SELECT count(*) FROM labels.tally WHERE votes = 2"));
    EXPECT_EQ(whole(pair, "agreed"), count("SELECT count(*) FROM labels.tally WHERE votes = 2 AND most = 2"));
    const auto gold = count("SELECT count(*) FROM labels.annotation WHERE task_id < 't005' AND annotator = 'user:b'");
    const auto& b = list(report, "annotators")[1];
    EXPECT_EQ(whole(b, "gold"), gold);
    EXPECT_GT(gold, 0);
    EXPECT_EQ(whole(b, "correct"),
              count("SELECT count(*) FROM labels.annotation WHERE task_id < 't005' AND annotator = 'user:b' AND "
                    "label = 'good'"));
    // Undefined figures are null, not numbers.
    ASSERT_TRUE(call("labels.create_set", R"({"set":"empty","classes":["a","b"]})"));
    EXPECT_TRUE(call("labels.agreement", R"({"set":"empty"})")->contains("\"alpha\":null"));
}

TEST_F(LabelStoreTest, RulesGuessAndAreJudgedOnGold) {
    make_set(10, 2);
    const auto report = ask("labels.rules", R"({"set":"s","rules":[
        {"name":"low","label":"good","regex":"text [0-4]$"}, {"name":"high","label":"bad","where":"text >= 'text 4'"}]})");
    EXPECT_EQ(whole(report, "guessed"), 10);
    EXPECT_EQ(count("SELECT count(*) FROM labels.guess WHERE task_id = 't004' AND label = 'good'"), 1)
        << "where they contradict, the rule that gold proves is believed";
    EXPECT_EQ(whole(report, "correct"), 2);
    EXPECT_DOUBLE_EQ(as_number(*member(list(report, "rules")[0], "coverage")), 0.5);
    EXPECT_DOUBLE_EQ(as_number(*member(list(report, "rules")[1], "conflict")), 0.1);
    EXPECT_EQ(call("labels.rules", R"({"set":"s"})").value(), call("labels.rules", R"({"set":"s"})").value());
    const auto seen = call_as("user:a", "labels.rules", R"({"set":"s"})").value();
    EXPECT_TRUE(seen.contains("\"gold\":null"));
    EXPECT_FALSE(seen.contains("\"gold\":2"));

    auto said = [&](std::string_view rule) {
        return refusal("labels.rules", fmt::format(R"({{"set":"s","rules":[{}]}})", rule));
    };
    EXPECT_EQ(said(R"({"name":"r","label":"ugly","regex":"x"})"),
              "rule \"r\": \"ugly\" is not a class of \"s\"; choose among good, bad");
    EXPECT_EQ(said(R"({"name":"r","label":"good"})"), "rule \"r\": a rule has either a regex or a condition (where)");
    EXPECT_EQ(said(R"({"name":"","label":"good","regex":"x"})"), "rule \"\": each rule needs a name of its own");
    EXPECT_TRUE(
        said(R"({"name":"r","label":"good","regex":"("})").starts_with("rule \"r\": the rule cannot be applied: "));
    EXPECT_EQ(said(R"({"name":"r","label":"good","where":"x = 1; DROP"})"),
              "rule \"r\": \";\" has no meaning in a condition (at character 6 of the condition)");
    EXPECT_EQ(count("SELECT count(*) FROM labels.rule"), 2) << "refused rules leave those that were";
}

TEST_F(LabelStoreTest, WhatAModelDoubtsIsGivenFirst) {
    make_set(4, 0);
    const auto reply = ask("labels.scores", R"({"set":"s","model":"m","explore":0,"scores":[
        {"task_id":"t000","probabilities":[0.9,0.1]}, {"task_id":"t002","probabilities":[0.4,0.6]},
        {"task_id":"t003","probabilities":[0.8,0.2]}, {"task_id":"t009","probabilities":[1,0]},
        {"task_id":"t001","probabilities":[1]}, {"task_id":"t001","probabilities":[0.2,0.2]},
        {"task_id":"t001","probabilities":[-1,2]}]})");
    EXPECT_EQ(whole(reply, "accepted"), 3);
    EXPECT_EQ(word(list(reply, "reasons")[0], "error"), "the set \"s\" has no such task");
    EXPECT_EQ(word(list(reply, "reasons")[1], "error"), "1 probabilities for 2 classes");
    EXPECT_EQ(word(list(reply, "reasons")[2], "error"), "the probabilities sum to 0.400, not to 1");
    EXPECT_EQ(word(list(reply, "reasons")[3], "error"), "-1 is no probability");
    std::vector<std::string> order;
    for (const auto& task : list(ask("labels.next", R"({"set":"s","limit":4})"), "tasks"))
        order.push_back(word(task, "task_id"));
    EXPECT_THAT(order, testing::ElementsAre("t002", "t003", "t000", "t001"));
    EXPECT_EQ(count("SELECT count(*) FROM labels.score WHERE seed = 1 AND model = 'm' AND strategy = 'entropy'"), 3);
    EXPECT_EQ(refusal("labels.scores", R"({"set":"s","model":"m","strategy":"best","scores":[{"task_id":"t000"}]})"),
              "strategy: \"best\" is no strategy; choose least_confidence, margin or entropy");
}

}  // namespace
}  // namespace suanpan::data::labels
