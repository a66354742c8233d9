#include "platform/store/text_functions.h"

#include <sodium.h>
#include <uninorm.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace suanpan::store {
namespace {

bool is_ascii(std::string_view text) {
    constexpr std::uint64_t high = 0x8080808080808080;
    std::size_t at = 0;
    for (std::uint64_t eight = 0; at + sizeof eight <= text.size(); at += sizeof eight) {
        std::memcpy(&eight, text.data() + at, sizeof eight);
        if ((eight & high) != 0) return false;
    }
    for (; at < text.size(); ++at)
        if (static_cast<unsigned char>(text[at]) >= 0x80) return false;
    return true;
}

std::string normal(std::string_view text) {
    std::size_t size = 0;
    const std::unique_ptr<std::uint8_t, decltype(&std::free)> made(
        u8_normalize(UNINORM_NFKC, reinterpret_cast<const std::uint8_t*>(text.data()), text.size(), nullptr, &size),
        std::free);
    if (!made) return std::string(text);  // no memory for it
    std::string_view result(reinterpret_cast<const char*>(made.get()), size);
    if (result == text) return std::string(text);
    while (result.starts_with(' ')) result.remove_prefix(1);
    while (result.ends_with(' ')) result.remove_suffix(1);
    return std::string(result);
}

std::string base32(std::span<const unsigned char> bytes) {
    constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    std::string text;
    std::uint32_t bits = 0;
    int count = 0;
    for (const auto byte : bytes) {
        bits = bits << 8 | byte;
        count += 8;
        for (; count >= 5; count -= 5) text += alphabet[bits >> (count - 5) & 31];
    }
    if (count > 0) text += alphabet[bits << (5 - count) & 31];
    return text;
}

using Key = std::array<unsigned char, 32>;

std::optional<Key> key_of(std::string_view hex) {
    Key key{};
    std::size_t size = 0;
    const bool sound = sodium_hex2bin(key.data(), key.size(), hex.data(), hex.size(), nullptr, &size, nullptr) == 0;
    return sound && size == key.size() ? std::optional(key) : std::nullopt;
}

std::string hash(const Key& key, std::string_view text) {
    std::array<unsigned char, 16> made{};
    crypto_generichash(made.data(), made.size(), reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                       key.data(), key.size());
    return base32(made);
}

// A column of texts, as DuckDB hands it over.
struct Texts {
    duckdb_string_t* cells;
    uint64_t* validity;  // null: no cell is NULL

    explicit Texts(duckdb_vector vector)
        : cells(static_cast<duckdb_string_t*>(duckdb_vector_get_data(vector))),
          validity(duckdb_vector_get_validity(vector)) {}
    [[nodiscard]] bool has(idx_t row) const {
        return validity == nullptr || duckdb_validity_row_is_valid(validity, row);
    }
    [[nodiscard]] std::string_view at(idx_t row) const {
        return {duckdb_string_t_data(&cells[row]), duckdb_string_t_length(cells[row])};
    }
};

void put(duckdb_vector output, idx_t row, std::string_view text) {
    duckdb_unsafe_vector_assign_string_element_len(output, row, text.data(), text.size());
}

void put_null(duckdb_vector output, idx_t row) {
    duckdb_vector_ensure_validity_writable(output);
    duckdb_validity_set_row_invalid(duckdb_vector_get_validity(output), row);
}

void normal_text(duckdb_function_info, duckdb_data_chunk input, duckdb_vector output) {
    const auto from = duckdb_data_chunk_get_vector(input, 0);
    const auto rows = duckdb_data_chunk_get_size(input);
    const Texts texts(from);
    idx_t plain = 0;
    while (plain < rows && (!texts.has(plain) || is_ascii(texts.at(plain)))) ++plain;
    if (plain == rows) return duckdb_vector_reference_vector(output, from);
    for (idx_t row = 0; row < rows; ++row) {
        if (!texts.has(row))
            put_null(output, row);
        else if (is_ascii(texts.at(row)))
            put(output, row, texts.at(row));
        else
            put(output, row, normal(texts.at(row)));
    }
}

void keyed_hash(duckdb_function_info, duckdb_data_chunk input, duckdb_vector output) {
    const Texts keys(duckdb_data_chunk_get_vector(input, 0)), texts(duckdb_data_chunk_get_vector(input, 1));
    std::string_view last;
    std::optional<Key> key;
    for (idx_t row = 0; row < duckdb_data_chunk_get_size(input); ++row) {
        if (!keys.has(row) || !texts.has(row)) {
            put_null(output, row);
            continue;
        }
        if (row == 0 || keys.at(row) != last) key = key_of(last = keys.at(row));
        if (key)
            put(output, row, hash(*key, texts.at(row)));
        else
            put_null(output, row);
    }
}

Result<> declare(duckdb_connection connection, const char* name, std::pair<int, duckdb_scalar_function_t> made_of) {
    auto text = duckdb_create_logical_type(DUCKDB_TYPE_VARCHAR);
    auto function = duckdb_create_scalar_function();
    duckdb_scalar_function_set_name(function, name);
    for (int i = 0; i < made_of.first; ++i) duckdb_scalar_function_add_parameter(function, text);
    duckdb_scalar_function_set_return_type(function, text);
    duckdb_scalar_function_set_function(function, made_of.second);
    const auto state = duckdb_register_scalar_function(connection, function);
    duckdb_destroy_scalar_function(&function);
    duckdb_destroy_logical_type(&text);
    if (state == DuckDBSuccess) return {};
    return fail(ErrorCode::internal, "the function cannot be declared to the store", name);
}

}  // namespace

Result<> declare_text_functions(duckdb_connection connection) {
    TRY(declare(connection, "normal_text", {1, normal_text}));
    return declare(connection, "keyed_hash", {2, keyed_hash});
}

}  // namespace suanpan::store
