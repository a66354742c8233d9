#pragma once

#include <filesystem>
#include <functional>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/operations/json.h"
#include "platform/store/shop.h"

// Tasks from what people have: JSON lines, CSV, JSON values of a request, rows of a view.
namespace suanpan::data::labels {

// Which fields of a row become which part of a task; all others go into its record, by name.
struct TaskFields {
    std::string id = "task_id", text = "text", picture = "picture", gold = "gold";
};

struct NewTask {
    std::string task_id;  // where the row has none: a hash of the content, so that the same row is the same task
    std::string text, picture;
    std::string record;               // JSON object, "{}" where there is nothing more
    std::optional<std::string> gold;  // the label that is known
    std::string file;                 // where it came from, for messages
    std::int64_t line = 0;
};

constexpr std::size_t longest_line = 1 << 20;  // bytes

// Errors: not a JSON object; an id, text, picture or gold that is no text; too long; not UTF-8.
[[nodiscard]] Result<NewTask> parse_task(std::string_view json, const TaskFields& fields);
[[nodiscard]] Result<NewTask> make_task(const operations::Json& object, const TaskFields& fields);

struct Line {
    std::int64_t number = 0;  // from 1
    std::string text;
    bool too_long = false;  // longer than longest_line; `text` is its beginning
};

// Calls for each line that is not empty; a line of any length takes at most longest_line bytes of memory.
void read_lines(std::istream& stream, const std::function<void(const Line&)>& take);

struct Refused {
    std::string file;
    std::int64_t line = 0;  // of JSON lines; of CSV the row with the header as the first; from 1
    std::string reason;
};

struct ReadTasks {
    std::vector<NewTask> tasks;
    std::vector<Refused> refused;
};

// Rows of a table whose columns are all texts; `source` is what refused rows are said to come from.
[[nodiscard]] ReadTasks tasks_of(const store::Table& table, const TaskFields& fields, const std::string& source);

// By its name: .jsonl and .ndjson are JSON lines; .csv, .tsv, and these with .gz, are tables with a header. Errors:
// another name, a file that is not there or cannot be read as a table.
[[nodiscard]] Result<ReadTasks> read_tasks(const store::Shop& shop, const std::filesystem::path& file,
                                           const TaskFields& fields);

struct ViewQuery {
    std::string view;   // "data.product"
    std::string where;  // see predicate.h; empty: all rows
    std::vector<std::string> values;
    std::int64_t limit = 10'000;
};

// The views and tables that tasks may be made from.
[[nodiscard]] std::vector<std::string> task_views();

// Rows of a canonical view, read-only and bounded, ordered by the view's columns; without customer_id. Errors: a view
// that is not listed or not there, a column that it has not, a condition that does not fit.
[[nodiscard]] Result<ReadTasks> query_tasks(const store::Shop& shop, const ViewQuery& query, const TaskFields& fields);

}  // namespace suanpan::data::labels
