#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "areas/data/load_sql.h"
#include "areas/data/sources/readers.h"
#include "platform/store/database.h"

namespace suanpan::data {
namespace {

// A nameless file, read from its beginning.
class DescriptorBytes : public Bytes {
  public:
    explicit DescriptorBytes(int file) : file_(file) {}
    ~DescriptorBytes() override { ::close(file_); }
    [[nodiscard]] int file() const { return file_; }

    Result<std::size_t> read(char* to, std::size_t size) override {
        const auto got = ::read(file_, to, size);
        if (got < 0 && errno == EINTR) return read(to, size);
        if (got < 0) return fail(ErrorCode::io, fmt::format("the rows cannot be read back: {}", std::strerror(errno)));
        return static_cast<std::size_t>(got);
    }

  private:
    int file_;
};

std::string text_of(std::string_view name, std::string_view type) {
    const auto quoted = quote_name(name);
    const bool nested = type.starts_with("STRUCT") || type.starts_with("MAP") || type.ends_with("]");
    return fmt::format("CAST({} AS VARCHAR) AS {}", nested ? "to_json(" + quoted + ")" : quoted, quoted);
}

}  // namespace

// DuckDB writes the rows as CSV into a nameless file, in the file's order.
Result<std::unique_ptr<Bytes>> read_parquet(const std::filesystem::path& file,
                                            const std::filesystem::path& spill_folder,
                                            const std::shared_ptr<Told>& told) {
    const auto database = TRY(store::Database::open(":memory:", {.memory_limit = "512MB"}));
    auto connection = TRY(database->connect());
    const auto refuse = [&](const Error& error) {
        if (error.code == ErrorCode::no_space) return std::unexpected(error);
        return fail(ErrorCode::invalid_argument,
                    "the Parquet file cannot be read; copy or write it anew: " + error.message, file.string());
    };
    auto columns = connection.query(fmt::format("SELECT column_name, column_type FROM (DESCRIBE FROM read_parquet({}))",
                                                quote_text(file.string())));
    if (!columns) return refuse(columns.error());
    std::string texts;
    for (std::size_t chunk = 0; chunk < columns->chunks(); ++chunk)
        for (std::size_t row = 0; row < columns->chunk_rows(chunk); ++row)
            texts += (texts.empty() ? "" : ", ") + text_of(columns->text(chunk, 0, row), columns->text(chunk, 1, row));
    const int spill = ::open(spill_folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (spill < 0)
        return fail(ErrorCode::io, fmt::format("no temporary file can be made: {}", std::strerror(errno)),
                    spill_folder.string());
    auto bytes = std::make_unique<DescriptorBytes>(spill);
    const auto done = connection.run(fmt::format(
        "COPY (SELECT {} FROM read_parquet({})) TO {} (FORMAT csv, HEADER, DELIMITER ',', USE_TMP_FILE false)", texts,
        quote_text(file.string()), quote_text(fmt::format("/proc/self/fd/{}", bytes->file()))));
    if (!done) return refuse(done.error());
    told->first_record = 1;
    told->encoding.clear();
    return bytes;
}

}  // namespace suanpan::data
