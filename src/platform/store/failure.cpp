#include "platform/store/failure.h"

#include <fmt/format.h>

namespace suanpan::store {
namespace {

ErrorCode code_of(std::string_view message, duckdb_error_type type) {
    if (message.contains("No space left") || message.contains("not enough space")) return ErrorCode::no_space;
    if (message.contains("Permission denied") || message.contains("Read-only file system")) return ErrorCode::io;
    if (message.contains("Corrupt")) return ErrorCode::io;
    if (message.contains("Conflict") || type == DUCKDB_ERROR_TRANSACTION) return ErrorCode::conflict;
    if (message.contains("INTERRUPT")) return ErrorCode::unavailable;
    switch (type) {
        case DUCKDB_ERROR_CONSTRAINT:
        case DUCKDB_ERROR_CONVERSION:
        case DUCKDB_ERROR_OUT_OF_RANGE:
        case DUCKDB_ERROR_INVALID_INPUT:
            return ErrorCode::invalid_argument;
        case DUCKDB_ERROR_IO:
            return ErrorCode::io;
        default:
            return ErrorCode::internal;
    }
}

// What a person can do about the disk and its files; DuckDB quotes the file that it means.
Error storage_failure(ErrorCode code, std::string_view message) {
    const auto begin = message.find('"'), end = message.find('"', begin + 1);
    std::string file(end < message.size() ? message.substr(begin + 1, end - begin - 1) : std::string_view());
    if (code == ErrorCode::no_space)
        return {code, "the disk is full, and this step is undone; free some space and do it again", file};
    if (message.contains("Permission denied") || message.contains("Read-only file system"))
        return {code, "no permission to write; check the owner and the permissions of the folder", file};
    return {code,
            fmt::format("the file is damaged or its disk is failing; restore a backup with: suanpan restore "
                        "BACKUP NEWSHOP ({})",
                        message),
            file};
}

bool is_storage_failure(ErrorCode code, std::string_view message) {
    if (code == ErrorCode::no_space) return true;
    return code == ErrorCode::io &&
           (message.contains("Permission denied") || message.contains("Read-only file system") ||
            message.contains("enough bytes") || message.contains("orrupt"));
}

}  // namespace

Error failure_of(const std::string& message, duckdb_error_type type) {
    const auto code = code_of(message, type);
    if (is_storage_failure(code, message)) return storage_failure(code, message);
    return {code, message, {}};
}

}  // namespace suanpan::store
