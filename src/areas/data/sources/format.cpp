#include "areas/data/sources/format.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>

#include "areas/data/sources/encoding.h"
#include "areas/data/sources/readers.h"

namespace suanpan::data {
namespace {

struct Magic {
    std::string_view bytes, format, advice;
};

using namespace std::string_view_literals;
constexpr auto magics = std::to_array<Magic>({
    {"PK\x03\x04"sv, "xlsx", ""},
    {"PAR1"sv, "parquet", ""},
    {"\xd0\xcf\x11\xe0"sv, "",
     "this is an old spreadsheet (.xls), or one with a password; save it as .xlsx without one, or as CSV in UTF-8"},
    {"BZh"sv, "", "this is packed with bzip2; unpack it, or pack it with gzip or zstd"},
    {"\xfd"
     "7zXZ"sv,
     "", "this is packed with xz; unpack it, or pack it with gzip or zstd"},
});

constexpr auto formats = std::to_array<std::string_view>({"csv", "jsonl", "parquet", "xlsx"});

std::string first_bytes(const std::filesystem::path& file) {
    std::string first(8, '\0');
    std::ifstream stream(file, std::ios::binary);
    stream.read(first.data(), static_cast<std::streamsize>(first.size()));
    first.resize(static_cast<std::size_t>(stream.gcount()));
    return first;
}

// The first letter of a text, whatever its marks and encoding.
Result<char> first_letter(Bytes& text) {
    std::array<char, 4096> begin{};
    const auto got = TRY(text.read(begin.data(), begin.size()));
    const std::string_view view(begin.data(), got);
    const auto at = view.find_first_not_of("\xef\xbb\xbf\xff\xfe\0 \t\r\n"sv);
    return at == std::string_view::npos ? ' ' : view[at];
}

// What the file itself says it is.
Result<std::string> find_format(const std::filesystem::path& file, const UnpackLimits& limits) {
    const auto first = first_bytes(file);
    for (const auto& [bytes, format, advice] : magics) {
        if (!first.starts_with(bytes)) continue;
        if (format.empty()) return fail(ErrorCode::invalid_argument, std::string(advice), file.string());
        return std::string(format);
    }
    auto text = TRY(unpack(file, limits));
    const auto letter = TRY(first_letter(*text));
    if (letter == '[' && file.filename().string().contains(".json"))
        return fail(ErrorCode::invalid_argument,
                    "this is one JSON array; write each of its objects on a line of its own (`jq -c '.[]'` does)",
                    file.string());
    return letter == '{' ? "jsonl" : "csv";
}

}  // namespace

bool is_known_format(const std::string& format) {
    return std::ranges::find(formats, format) != formats.end();
}

Result<OpenedText> open_text(const std::filesystem::path& file, const Reading& reading, const UnpackLimits& limits) {
    std::error_code unknown;
    if (!std::filesystem::is_regular_file(file, unknown))
        return fail(std::filesystem::exists(file, unknown) ? ErrorCode::invalid_argument : ErrorCode::not_found,
                    "there is no such file; check its name", file.string());
    OpenedText opened;
    auto& told = opened.told;
    told->format = reading.format.empty() ? TRY(find_format(file, limits)) : reading.format;
    if (!reading.unnest.empty() && told->format != "jsonl")
        return fail(
            ErrorCode::invalid_argument,
            fmt::format("`unnest` of the mapping takes apart arrays of JSON lines, and this is {}; leave it out",
                        told->format),
            file.string());
    const auto open = [=, encoding = reading.encoding]() -> Result<std::unique_ptr<Bytes>> {
        *told = {.format = told->format, .first_record = told->first_record};
        return decode(TRY(unpack(file, limits)), encoding, told);
    };
    if (told->format == "xlsx")
        opened.bytes = TRY(read_sheet(file, {reading.sheet, limits}, told));
    else if (told->format == "parquet")
        opened.bytes = TRY(read_parquet(file, limits.spill_folder, told));
    else if (told->format == "jsonl")
        opened.bytes = TRY(read_json_lines(open, told, reading.unnest));
    else
        opened.bytes = TRY(open());
    return opened;
}

}  // namespace suanpan::data
