#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "areas/data/sources/bytes.h"

// Which kind of file it is, and its rows as delimited text in UTF-8.
namespace suanpan::data {

// What a mapping says of a source's files; empty: found out.
struct Reading {
    std::string format;    // csv, jsonl, parquet, xlsx
    std::string encoding;  // of csv and jsonl, as iconv names it
    std::string sheet;     // of xlsx; empty: the first that is not hidden
    std::string unnest;    // of jsonl: the array whose elements are rows of their own; empty: none
};

struct OpenedText {
    std::unique_ptr<Bytes> bytes;
    std::shared_ptr<Told> told = std::make_shared<Told>();
};

[[nodiscard]] bool is_known_format(const std::string& format);

// Errors: io; invalid_argument: no kind of file that tables come in, with what to do.
[[nodiscard]] Result<OpenedText> open_text(const std::filesystem::path& file, const Reading& reading,
                                           const UnpackLimits& limits);

}  // namespace suanpan::data
