#include "areas/data/labels/task_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "areas/data/labels/text.h"

namespace suanpan::data::labels {
namespace {

namespace fs = std::filesystem;
using operations::Json;

constexpr std::size_t longest_id = 200, longest_text = 100'000;

bool has_control(std::string_view text) {
    return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

// A text, or a number as its digits; empty where there is none.
Result<std::string> text_member(const Json& object, const std::string& name) {
    const auto* value = operations::member(object, name);
    if (value == nullptr || value->is_null()) return std::string();
    if (value->is_string()) return value->get_string();
    if (value->is_number()) return value->dump().value_or("");
    return fail(ErrorCode::invalid_argument, fmt::format("\"{}\" is not a text", name));
}

Result<> check(const NewTask& task, const TaskFields& fields) {
    if (task.task_id.size() > longest_id || has_control(task.task_id))
        return fail(ErrorCode::invalid_argument,
                    fmt::format("\"{}\" is longer than {} bytes or has control characters", fields.id, longest_id));
    if (task.text.size() > longest_text || task.picture.size() > longest_text)
        return fail(ErrorCode::invalid_argument, fmt::format("a text is longer than {} bytes", longest_text));
    // A picture lies in the shop's folder or on the web; nothing else of this machine may be named.
    const bool outside = task.picture.starts_with('/') || task.picture.contains("..") || task.picture.contains('\\');
    const bool other_scheme = task.picture.contains(':') && !task.picture.starts_with("https://");
    if (has_control(task.picture) || outside || other_scheme)
        return fail(
            ErrorCode::invalid_argument,
            fmt::format("\"{}\" is neither a path within the shop's folder nor an https:// address", fields.picture));
    return {};
}

bool ends_with_any(const std::string& name, std::initializer_list<std::string_view> ends) {
    return std::ranges::any_of(ends, [&](auto end) { return name.ends_with(end); });
}

void add(ReadTasks& read, Result<NewTask> task, const Refused& place) {
    if (!task) {
        read.refused.push_back({place.file, place.line, task.error().message});
        return;
    }
    task->file = place.file;
    task->line = place.line;
    read.tasks.push_back(*std::move(task));
}

// A row of a table whose columns are texts; an empty or missing cell is left out.
Json row_object(const store::Table& table, std::size_t chunk, std::size_t row) {
    Json object = Json::object_t{};
    for (std::size_t column = 0; column < table.columns(); ++column)
        if (!table.is_null(chunk, column, row))
            object[table.name(column)] = std::string(table.text(chunk, column, row));
    return object;
}

Result<ReadTasks> read_table(const store::Shop& shop, const fs::path& file, const TaskFields& fields) {
    auto connection = TRY(shop.database().connect());
    const auto table = connection.query(
        "SELECT * FROM read_csv(?, all_varchar = true, header = true, quote = '\"', escape = '\"')", file.string());
    if (!table)
        return fail(ErrorCode::invalid_argument, "the file cannot be read as a table: " + table.error().message,
                    file.string());
    return tasks_of(*table, fields, file.filename().string());
}

Result<ReadTasks> read_json_lines(const fs::path& file, const TaskFields& fields) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) return fail(ErrorCode::io, "the file may not be read; check its owner", file.string());
    ReadTasks read;
    const auto name = file.filename().string();
    read_lines(stream, [&](const Line& line) {
        if (line.too_long)
            read.refused.push_back({name, line.number, fmt::format("the line is longer than {} bytes", longest_line)});
        else
            add(read, parse_task(line.text, fields), {name, line.number, ""});
    });
    return read;
}

}  // namespace

ReadTasks tasks_of(const store::Table& table, const TaskFields& fields, const std::string& source) {
    ReadTasks read;
    std::int64_t line = 1;
    for (std::size_t chunk = 0; chunk < table.chunks(); ++chunk)
        for (std::size_t row = 0; row < table.chunk_rows(chunk); ++row)
            add(read, make_task(row_object(table, chunk, row), fields), {source, ++line, ""});
    return read;
}

Result<NewTask> make_task(const Json& object, const TaskFields& fields) {
    if (!object.is_object()) return fail(ErrorCode::invalid_argument, "a task is a JSON object");
    NewTask task{.task_id = TRY(text_member(object, fields.id)),
                 .text = TRY(text_member(object, fields.text)),
                 .picture = TRY(text_member(object, fields.picture))};
    if (auto gold = TRY(text_member(object, fields.gold)); !gold.empty()) task.gold = std::move(gold);
    Json record = Json::object_t{};
    for (const auto& [name, value] : object.get_object())
        if (name != fields.id && name != fields.text && name != fields.picture && name != fields.gold)
            record[name] = value;
    task.record = operations::to_text(record);
    if (task.record.size() > longest_text)
        return fail(ErrorCode::invalid_argument, fmt::format("the record is longer than {} bytes", longest_text));
    if (task.task_id.empty()) task.task_id = content_hash(task.text + '\0' + task.picture + '\0' + task.record, 16);
    TRY(check(task, fields));
    return task;
}

Result<NewTask> parse_task(std::string_view json, const TaskFields& fields) {
    if (!is_utf8(json)) return fail(ErrorCode::invalid_argument, "the line is not UTF-8; save the file as UTF-8");
    const auto object = operations::parse_json(json);
    if (!object || !object->is_object())
        return fail(ErrorCode::invalid_argument,
                    R"(the line is not a JSON object; each is one, such as {"task_id": "1", "text": "…"})");
    return make_task(*object, fields);
}

void read_lines(std::istream& stream, const std::function<void(const Line&)>& take) {
    Line line;
    auto finish = [&] {
        ++line.number;
        if (line.text.ends_with('\r')) line.text.pop_back();
        if (line.number == 1 && line.text.starts_with("\xEF\xBB\xBF")) line.text.erase(0, 3);
        if (line.text.find_first_not_of(" \t") != std::string::npos) take(line);
        line.text.clear();
        line.too_long = false;
    };
    std::vector<char> block(1 << 16);
    while (stream.read(block.data(), static_cast<std::streamsize>(block.size())) || stream.gcount() > 0)
        for (const char c : std::string_view(block.data(), static_cast<std::size_t>(stream.gcount()))) {
            if (c == '\n')
                finish();
            else if (line.text.size() < longest_line)
                line.text += c;
            else
                line.too_long = true;
        }
    if (!line.text.empty()) finish();
}

Result<ReadTasks> read_tasks(const store::Shop& shop, const fs::path& file, const TaskFields& fields) {
    if (!fs::is_regular_file(file))
        return fail(ErrorCode::not_found, "there is no such file; check its name", file.string());
    const auto name = file.filename().string();
    if (ends_with_any(name, {".jsonl", ".ndjson"})) return read_json_lines(file, fields);
    if (ends_with_any(name, {".csv", ".tsv", ".csv.gz", ".tsv.gz"})) return read_table(shop, file, fields);
    return fail(ErrorCode::invalid_argument, "tasks come from .jsonl, .ndjson, .csv, .tsv, .csv.gz or .tsv.gz files",
                file.string());
}

}  // namespace suanpan::data::labels
