#include "areas/data/labels/task_file.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <sstream>

#include "areas/data/labels/text.h"

namespace suanpan::data::labels {
namespace {

std::string refusal(std::string_view line) {
    const auto task = parse_task(line, {});
    return task ? "accepted" : task.error().message;
}

TEST(TaskFile, ReadsAnObjectAndKeepsWhatIsMoreAsTheRecord) {
    const auto task =
        parse_task(R"({"task_id":7,"text":"好","gold":"positive","stars":3,"tags":["a",null]})", {}).value();
    EXPECT_EQ(task.task_id, "7");
    EXPECT_EQ(task.text, "好");
    EXPECT_EQ(task.gold, "positive");
    EXPECT_EQ(task.record, R"({"stars":3,"tags":["a",null]})");
    const auto renamed = parse_task(R"({"review":"好","label":1})", {.text = "review", .gold = "label"}).value();
    EXPECT_EQ(renamed.text, "好");
    EXPECT_EQ(renamed.gold, "1");
}

TEST(TaskFile, TheSameContentWithoutAnIdIsTheSameTask) {
    const auto first = parse_task(R"({"text":"好","gold":"a"})", {}).value();
    EXPECT_EQ(first.task_id, parse_task(R"({ "text": "\u597d" })", {})->task_id);
    EXPECT_NE(first.task_id, parse_task(R"({"text":"坏"})", {})->task_id);
    EXPECT_NE(first.task_id, parse_task(R"({"text":"好","stars":1})", {})->task_id);
}

TEST(TaskFile, SaysWhatIsWrongWithALine) {
    const std::string no_object =
        R"(the line is not a JSON object; each is one, such as {"task_id": "1", "text": "…"})";
    EXPECT_EQ(refusal(R"({"text":"cut off)"), no_object);
    EXPECT_EQ(refusal("[1]"), no_object);
    EXPECT_EQ(refusal(std::string(100'000, '[')), no_object);
    EXPECT_EQ(refusal("{\"text\":\"\xC3\x28\"}"), "the line is not UTF-8; save the file as UTF-8");
    EXPECT_EQ(refusal(R"({"text":["a"]})"), "\"text\" is not a text");
    EXPECT_EQ(refusal(R"({"task_id":"a\nb","text":"x"})"),
              "\"task_id\" is longer than 200 bytes or has control characters");
    EXPECT_EQ(refusal("{\"text\":\"" + std::string(100'001, 'x') + "\"}"), "a text is longer than 100000 bytes");
    const std::string outside = "\"picture\" is neither a path within the shop's folder nor an https:// address";
    for (const auto* picture : {"/etc/passwd", "../x.png", "file:x.png", "a\\\\b.png"})
        EXPECT_EQ(refusal(fmt::format(R"({{"picture":"{}"}})", picture)), outside) << picture;
    EXPECT_EQ(refusal(R"({"picture":"pictures/1.png"})"), "accepted");
    EXPECT_EQ(refusal(R"({"picture":"https://shop.example/1.png"})"), "accepted");
}

TEST(TaskFile, CountsLinesAndCutsOffWhatIsTooLong) {
    std::istringstream stream("\xEF\xBB\xBF{\"a\":1}\r\n\n  \n" + std::string(5 << 20, 'x') + "\nlast");
    std::vector<Line> lines;
    read_lines(stream, [&](const Line& line) { lines.push_back(line); });
    ASSERT_EQ(lines.size(), 3);
    EXPECT_EQ(lines[0].text, "{\"a\":1}");
    EXPECT_EQ(lines[1].number, 4);
    EXPECT_TRUE(lines[1].too_long);
    EXPECT_EQ(lines[1].text.size(), longest_line);
    EXPECT_EQ(lines[2].number, 5);
    EXPECT_EQ(lines[2].text, "last");
    EXPECT_FALSE(lines[2].too_long);
}

TEST(Text, KnowsUtf8) {
    for (const auto* good : {"", "abc", "é", "好", "\xF0\x9F\x98\x80", "\xF4\x8F\xBF\xBF"}) EXPECT_TRUE(is_utf8(good));
    for (const auto* bad : {"\x80", "\xC0\xAF", "\xC3", "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x80\x80\x80",
                            "\xF4\x90\x80\x80", "\xFF", "a\xE5\xA5"})
        EXPECT_FALSE(is_utf8(bad));
}

}  // namespace
}  // namespace suanpan::data::labels
