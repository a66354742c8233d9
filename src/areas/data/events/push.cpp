#include "areas/data/events/push.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <set>

#include "areas/data/load_sql.h"
#include "areas/data/sources/json_line.h"
#include "areas/data/sources/readers.h"

namespace suanpan::data {
namespace {

std::string digest_of(std::string_view text) {
    std::array<unsigned char, crypto_generichash_BYTES> digest{};
    crypto_generichash(digest.data(), digest.size(), reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                       nullptr, 0);
    std::array<char, 2 * crypto_generichash_BYTES + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
    return hex.data();
}

// One record a line; a line break between the parts of one is a space.
std::string lines_of(const std::vector<std::string>& records) {
    std::string lines;
    for (const auto& record : records) {
        for (const char letter : record) lines += letter == '\n' || letter == '\r' ? ' ' : letter;
        lines += '\n';
    }
    return lines;
}

Result<std::set<std::string>> names_of(const std::vector<std::string>& records) {
    std::set<std::string> names;
    std::vector<JsonCell> cells;
    for (const auto& record : records)
        if (flatten_json(record, cells))
            for (const auto& cell : cells) names.insert(cell.name);
    if (names.empty())
        return fail(ErrorCode::invalid_argument, "a record is a JSON object with at least one field", "records");
    return names;
}

// A time with its distance from UTC is brought to the shop's.
std::string field_sql(const Field& field, const std::string& time_zone) {
    const auto name = quote_name(field.name);
    if (field.type != FieldType::instant) return name;
    return fmt::format(
        "CASE WHEN regexp_matches({0}, '(Z|[+-][0-9]{{2}}(:?[0-9]{{2}})?)$') AND length({0}) > 10 "
        "THEN CAST(timezone({1}, TRY_CAST({0} AS TIMESTAMPTZ)) AS VARCHAR) ELSE {0} END",
        name, quote_text(time_zone));
}

// The mapping of records that name the fields of a table themselves.
Result<Source> plain_source(const store::Shop& shop, const PushedRecords& pushed) {
    Target target{.table = find_canonical(pushed.table)};
    if (target.table == nullptr)
        return fail(ErrorCode::not_found, "there is no such table; data.summary lists them", pushed.table);
    auto names = TRY(names_of(pushed.records));
    std::string known;
    for (const auto& field : target.table->fields) {
        known += (known.empty() ? "" : ", ") + std::string(field.name);
        if (names.erase(std::string(field.name)) > 0)
            target.fields.emplace_back(field.name, field_sql(field, shop.settings().time_zone));
        else if (field.need == Need::required)
            return fail(ErrorCode::invalid_argument, fmt::format("{} need the field \"{}\"", pushed.table, field.name),
                        "records");
    }
    if (!names.empty())
        return fail(ErrorCode::invalid_argument,
                    fmt::format("{} have no field \"{}\"; they have {}", pushed.table, *names.begin(), known),
                    "records");
    return Source{.name = "push " + pushed.table, .targets = {std::move(target)}};
}

Result<Source> mapped_source(const store::Shop& shop, const std::string& name) {
    const auto file = shop.folder() / "mapping.yaml";
    const auto mapping = TRY(parse_mapping(TRY(store::read_file(file)), file.string()));
    std::string known;
    for (const auto& source : mapping.sources) {
        if (source.name == name) return source;
        known += (known.empty() ? "" : ", ") + source.name;
    }
    return fail(ErrorCode::not_found, "the mapping has no such source; it has " + known, name);
}

}  // namespace

Result<PushReport> push_records(store::Shop& shop, const PushedRecords& pushed) {
    if (pushed.source.empty() == pushed.table.empty())
        return fail(ErrorCode::invalid_argument, "name a source of the mapping or a table, one of the two", "source");
    const auto source =
        pushed.table.empty() ? TRY(mapped_source(shop, pushed.source)) : TRY(plain_source(shop, pushed));
    const auto lines = lines_of(pushed.records);
    const auto digest = digest_of(source.name + "\n" + lines);
    const auto batch = pushed.batch_id.empty() ? digest : pushed.batch_id;
    const Input input{.name = "push " + batch.substr(0, 100),
                      .about = "records",
                      .identity = fmt::format("push {} {}", source.name, batch),
                      .open = [&]() -> Result<OpenedText> {
                          OpenedText opened;
                          opened.told->format = "jsonl";
                          opened.bytes =
                              TRY(read_json_lines([&]() -> Result<std::unique_ptr<Bytes>> { return bytes_of(lines); },
                                                  opened.told, source.reading.unnest));
                          return opened;
                      }};
    PushReport done{.report = TRY(load_input(shop, source, input, {}))};
    done.load_id = TRY(shop.database().read([&](store::Connection& connection) {
        return connection.count("SELECT coalesce(max(load_id), 0) FROM data.load WHERE fingerprint = ?",
                                input.identity);
    }));
    return done;
}

}  // namespace suanpan::data
