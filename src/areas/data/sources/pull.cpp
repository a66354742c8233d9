#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "areas/data/sources/server_rows.h"

namespace suanpan::data {
namespace {

Result<std::optional<std::string>> known_key(const store::Shop& shop, const std::string& source) {
    return shop.database().read([&](store::Connection& connection) -> Result<std::optional<std::string>> {
        const auto table = TRY(connection.query("SELECT up_to FROM sources.pull WHERE source = ?", source));
        if (table.rows() == 0) return std::nullopt;
        return std::string(table.text(0, 0, 0));
    });
}

Result<> keep_key(store::Connection& connection, const std::string& source, const std::string& key) {
    (void)TRY(connection.query("DELETE FROM sources.pull WHERE source = ?", source));
    (void)TRY(connection.query("INSERT INTO sources.pull VALUES (?, ?, ?)", source, key, now()));
    return {};
}

void add(FileReport& sum, const FileReport& one) {
    sum.read += one.read;
    sum.loaded += one.loaded;
    sum.mended += one.mended;
    sum.quarantined += one.quarantined;
    sum.unchanged += one.unchanged;
    sum.removed += one.removed;
    sum.seconds += one.seconds;
}

OpenedText opened_rows(std::unique_ptr<Bytes> bytes) {
    OpenedText opened{.bytes = std::move(bytes)};
    *opened.told = {.format = "postgres", .encoding = "", .first_record = 1};
    return opened;
}

Result<FileReport> load_batch(store::Shop& shop, const Source& source, const PGresult* rows, const std::string& up_to) {
    const auto open = [&]() -> Result<OpenedText> { return opened_rows(bytes_of(header_of(rows) + csv_of(rows))); };
    const auto name = fmt::format("{} up to {}", source.name, up_to);
    return load_input(
        shop, source,
        {.name = name,
         .about = source.name,
         .identity = fmt::format("pull {} {}", name, format(now())),
         .open = open,
         .along = [&](store::Connection& connection) { return keep_key(connection, source.name, up_to); }},
        {});
}

struct Pulling {
    store::Shop& shop;
    const Source& source;
    const Server& server;
    const PullOptions& options;
    ServerReader& reader;
    PullReport& report;

    [[nodiscard]] Result<> check_interval() const;
    [[nodiscard]] Result<bool> comparison_is_due() const;
    Result<> compare();
    Result<> read_new(std::optional<std::string> after);
};

// Every row of a snapshot as CSV, and the key of the last one that was read.
class EveryRow : public Bytes {
  public:
    EveryRow(Pulling& pulling, ServerRows first, std::string& up_to)
        : pulling_(pulling), rows_(std::move(first)), text_(header_of(rows_.get())), up_to_(up_to) {}

    Result<std::size_t> read(char* to, std::size_t size) override {
        if (at_ == text_.size()) TRY(fill());
        const auto count = std::min(size, text_.size() - at_);
        std::copy_n(text_.data() + at_, count, to);
        at_ += count;
        return count;
    }

  private:
    Result<> fill() {
        if (pulling_.options.stop.stop_requested()) return fail(ErrorCode::unavailable, "it was asked to stop");
        text_.clear();
        at_ = 0;
        const auto rows = std::exchange(rows_, nullptr);
        if (rows == nullptr || PQntuples(rows.get()) == 0) return {};
        text_ = csv_of(rows.get());
        up_to_ = TRY(last_key(rows.get(), pulling_.server));
        read_ += PQntuples(rows.get());
        pulling_.options.progress(read_);
        rows_ = TRY(pulling_.reader.next_of_all());
        return {};
    }

    Pulling& pulling_;
    ServerRows rows_;
    std::string text_;
    std::string& up_to_;
    std::size_t at_ = 0;
    std::int64_t read_ = 0;
};

Result<> Pulling::check_interval() const {
    if (server.compare.empty()) return {};
    const auto read = shop.database().read(
        [&](store::Connection& connection) { return connection.query("SELECT CAST(? AS INTERVAL)", server.compare); });
    if (read) return {};
    return fail(ErrorCode::invalid_argument,
                fmt::format("`compare` is how often all rows are read, such as \"1 day\", not \"{}\"", server.compare),
                source.name);
}

Result<bool> Pulling::comparison_is_due() const {
    if (server.compare.empty()) return false;
    const auto due = TRY(shop.database().read([&](store::Connection& connection) {
        return connection.count(R"(
            SELECT count(*) FROM (SELECT max(compared_at) AS compared_at FROM sources.comparison WHERE source = ?)
            WHERE compared_at + CAST(? AS INTERVAL) <= now() OR compared_at IS NULL)",
                                source.name, server.compare);
    }));
    return due > 0;
}

Result<> keep_comparison(store::Connection& connection, const std::string& source) {
    (void)TRY(connection.query("DELETE FROM sources.comparison WHERE source = ?", source));
    (void)TRY(connection.query("INSERT INTO sources.comparison VALUES (?, ?)", source, now()));
    return {};
}

Result<> Pulling::compare() {
    TRY(reader.begin_all());
    auto first = TRY(reader.next_of_all());
    if (PQntuples(first.get()) == 0) return reader.end_all();
    std::string up_to;
    const auto name = fmt::format("{} compared {}", source.name, format(now()));
    const auto open = [&]() -> Result<OpenedText> {
        return opened_rows(std::make_unique<EveryRow>(*this, std::move(first), up_to));
    };
    add(report.sum, TRY(load_input(shop, source,
                                   {.name = name,
                                    .about = source.name,
                                    .identity = "pull " + name,
                                    .open = open,
                                    .whole_source = true,
                                    .along = [&](store::Connection& connection) -> Result<> {
                                        TRY(keep_comparison(connection, source.name));
                                        return keep_key(connection, source.name, up_to);
                                    }},
                                   {})));
    report.up_to = up_to;
    report.compared = true;
    ++report.batches;
    return reader.end_all();
}

Result<> Pulling::read_new(std::optional<std::string> after) {
    while (!options.stop.stop_requested()) {
        const auto rows = TRY(reader.next(after));
        const auto count = PQntuples(rows.get());
        if (count == 0) break;
        report.up_to = TRY(last_key(rows.get(), server));
        add(report.sum, TRY(load_batch(shop, source, rows.get(), report.up_to)));
        ++report.batches;
        options.progress(report.sum.read);
        if (count < server.batch) break;
        after = report.up_to;
    }
    return {};
}

}  // namespace

Result<PullReport> pull(store::Shop& shop, const Source& source, const Server& server, const PullOptions& options) {
    ServerReader reader(shop, source, server);
    TRY(reader.connect());
    auto after = TRY(known_key(shop, source.name));
    PullReport report{.sum = {.file = source.name, .source = source.name, .format = "postgres"},
                      .up_to = after.value_or("")};
    Pulling pulling{shop, source, server, options, reader, report};
    TRY(pulling.check_interval());
    if (after && TRY(pulling.comparison_is_due())) TRY(pulling.compare());
    if (report.compared)
        after = report.up_to;
    else if (after)
        after = TRY(reader.step_back(*after));
    TRY(pulling.read_new(std::move(after)));
    return report;
}

store::Schema sources_schema() {
    static constexpr char sql[] =
#include "areas/data/sources/schema.sql.inc"
        ;
    return {"sources", sql};
}

}  // namespace suanpan::data
