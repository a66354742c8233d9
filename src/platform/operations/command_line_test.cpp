#include "platform/operations/command_line.h"

#include <gtest/gtest.h>

#include "platform/operations/declare.h"

namespace suanpan::operations {

struct Listing {
    std::string state;
    std::int64_t limit = 50;
    bool all = false;
};
struct Loading {
    std::vector<std::string> files;
};
struct Labelling {
    std::string set;
    std::vector<std::string> labels, classes;
    std::int64_t limit = 1;
};
struct Nothing {
    std::int64_t done = 0;
};

namespace {

class CommandLineTest : public testing::Test {
  protected:
    CommandLineTest() {
        registry.add(declare<Listing, Nothing>({.name = "decisions.list", .summary = {"Lists", "列出"}},
                                               [](Context&, const Listing&) -> Result<Nothing> { return Nothing{}; }));
        registry.add(declare<Loading, Nothing>({.name = "data.load",
                                                .shortcut = "load",
                                                .positional = {"files"},
                                                .paths = {"files"},
                                                .required = {"files"}},
                                               [](Context&, const Loading&) -> Result<Nothing> { return Nothing{}; }));
        registry.add(
            declare<Labelling, Nothing>({.name = "labels.submit", .positional = {"set", "labels"}},
                                        [](Context&, const Labelling&) -> Result<Nothing> { return Nothing{}; }));
    }
    Result<Invocation> parse(std::vector<std::string> words) {
        return parse_command_line(registry, {.version = "1", .commands = {{"init", {"Makes a shop", ""}}}}, words);
    }
    Registry registry;
};

TEST_F(CommandLineTest, ReadsOptionsByTheirTypes) {
    const auto got =
        parse({"decisions", "list", "shop", "--state", "pending", "--limit", "7", "--all", "--json"}).value();
    EXPECT_EQ(got.operation->name, "decisions.list");
    EXPECT_EQ(got.shop, "shop");
    EXPECT_EQ(got.request, R"({"state":"pending","limit":7,"all":true})");
    EXPECT_EQ(got.format, Format::json);
}

TEST_F(CommandLineTest, TakesPositionalFilesByShortcutAndMakesThemAbsolute) {
    const auto got = parse({"load", "shop", "/tmp/a.csv", "/tmp/b.csv"}).value();
    EXPECT_EQ(got.operation->name, "data.load");
    EXPECT_EQ(got.request, R"({"files":["/tmp/a.csv","/tmp/b.csv"]})");
}

TEST_F(CommandLineTest, TakesOnePositionalAndThenAListWhereverOptionsStand) {
    const auto got =
        parse({"labels", "submit", "shop", "reviews", "--limit", "3", "a,b", "c", "--classes", "x,y"}).value();
    EXPECT_EQ(got.request, R"({"set":"reviews","labels":["a,b","c"],"classes":["x","y"],"limit":3})");
}

TEST_F(CommandLineTest, SaysWhatIsWrong) {
    EXPECT_EQ(parse({"decisions", "list", "shop", "--limit", "many"}).error().about, "limit");
    EXPECT_FALSE(parse({"decisions", "lists", "shop"}));
    EXPECT_FALSE(parse({"decisions", "list"}));
    EXPECT_TRUE(parse({"--help"})->text.contains("init"));
}

TEST(Render, AlignsTablesAndReadsMoneyAndLanguages) {
    const auto reply =
        R"({"count":2,"rows":[{"id":"a","n":5,"value":{"minor":1234,"currency":"GBP"},"why":{"en":"low","zh":"库存低"}},{"id":"long","n":12,"value":{"minor":5,"currency":"GBP"},"why":{"en":"x","zh":"少"}}]})";
    EXPECT_EQ(render(reply, Format::table, "zh").value(),
              "count: 2\n\nid     n  value      why\na      5  12.34 GBP  库存低\nlong  12  0.05 GBP   少\n");
    EXPECT_EQ(render(reply, Format::csv, "en").value(), "id,n,value,why\na,5,12.34 GBP,low\nlong,12,0.05 GBP,x\n");
}

}  // namespace
}  // namespace suanpan::operations
