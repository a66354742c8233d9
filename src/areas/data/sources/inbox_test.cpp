#include "areas/data/sources/inbox.h"

#include <gmock/gmock.h>

#include "areas/data/sources/test_shop.h"

namespace suanpan::data {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct InboxTest : SourceTest {
    void SetUp() override {
        SourceTest::SetUp();
        std::filesystem::create_directories(inbox = folder / "shop/inbox");
    }
    void put(const std::string& name, std::string_view text) const {
        std::ofstream(inbox / name, std::ios::binary) << text;
        std::filesystem::last_write_time(inbox / name,
                                         std::filesystem::file_time_type::clock::now() - std::chrono::minutes(1));
    }
    std::vector<std::string> pass() {
        const auto files = load_inbox(*shop, mapping, {});
        EXPECT_TRUE(files) << files.error().text();
        std::vector<std::string> moves;
        for (const auto& file : *files) moves.push_back(file.file + " > " + file.moved_to);
        return moves;
    }
    [[nodiscard]] bool has(const std::string& name) const { return std::filesystem::exists(inbox / name); }
    std::filesystem::path inbox;
};

constexpr auto good = "sku,name,price,listed\nA1,Cup,2.50,2020-01-02\n";

TEST_F(InboxTest, SettledFilesAreLoadedAndMoved) {
    EXPECT_THAT(pass(), IsEmpty());
    put("items.csv", good);
    std::ofstream(inbox / "items-now.csv") << good;  // may still be written to
    put(".items-hidden.csv", good);
    put("items-later.csv.part", good);
    std::filesystem::create_symlink(folder / "elsewhere.csv", inbox / "items-link.csv");
    EXPECT_THAT(pass(), ElementsAre("items.csv > done/items.csv"));
    EXPECT_THAT(item_rows(), ElementsAre("2|A1|Cup|250|2020-01-02"));
    EXPECT_TRUE(has("items-now.csv") && has(".items-hidden.csv") && has("items-later.csv.part"));
    EXPECT_THAT(pass(), IsEmpty());
}

TEST_F(InboxTest, WhatCannotBeLoadedIsSetApartWithItsReason) {
    put("items-b.csv", "a,b\n1,2\n");
    put("other.csv", good);
    put("items-a.csv", good);
    EXPECT_THAT(pass(), ElementsAre("items-a.csv > done/items-a.csv", "items-b.csv > refused/items-b.csv",
                                    "other.csv > refused/other.csv"));
    EXPECT_THAT(store::read_file(inbox / "refused/items-b.csv.txt").value(),
                HasSubstr("the file has the columns a, b\n\nMend it, then move the file back into inbox/"));
    EXPECT_THAT(store::read_file(inbox / "refused/other.csv.txt").value(),
                HasSubstr("no source of the mapping takes a file of this name; it knows items*"));
}

// A server that was killed between loading and moving finds the file again.
TEST_F(InboxTest, AFileThatWasLoadedAlreadyIsOnlyMoved) {
    put("items.csv", good);
    ASSERT_TRUE(load_file(*shop, mapping, inbox / "items.csv", {}));
    put("items.csv", good);
    const auto files = load_inbox(*shop, mapping, {});
    ASSERT_TRUE(files) << files.error().text();
    EXPECT_EQ(files->at(0).reports.at(0).unchanged, 1);
    EXPECT_FALSE(has("items.csv"));
    // A name that is taken gets a number.
    put("items.csv", good);
    EXPECT_THAT(pass(), ElementsAre("items.csv > done/items.2.csv"));
    EXPECT_TRUE(has("done/items.csv"));
}

}  // namespace
}  // namespace suanpan::data
