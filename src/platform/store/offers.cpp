#include "platform/store/offers.h"

#include <algorithm>
#include <atomic>
#include <cstring>

#include "platform/store/lists.h"

namespace suanpan::store {

struct ChunkWriter::State {
    std::vector<Wanted> wanted;
    std::vector<duckdb_vector> vectors;
    std::vector<void*> data;
    std::vector<uint64_t*> validity;
};

namespace {

// Shared by the threads of a statement.
struct Scan {
    std::shared_ptr<const RowSource> source;
    std::vector<ChunkWriter::Wanted> wanted;
    std::atomic<std::size_t> next_chunk = 0;
};

// What a prepared statement keeps is the number of the offer, as the pointer itself: it must not keep the source.
void keep_number(duckdb_bind_info info, std::int64_t number) {
    duckdb_bind_set_bind_data(info, reinterpret_cast<void*>(number), nullptr);
}

std::int64_t kept_number(duckdb_init_info info) {
    return reinterpret_cast<std::int64_t>(duckdb_init_get_bind_data(info));
}

template <class T>
void destroy(void* object) {
    delete static_cast<T*>(object);
}

duckdb_logical_type type_of(RowSource::Column::Kind kind) {
    if (kind == RowSource::Column::Kind::whole) return duckdb_create_logical_type(DUCKDB_TYPE_BIGINT);
    if (kind == RowSource::Column::Kind::text) return duckdb_create_logical_type(DUCKDB_TYPE_VARCHAR);
    auto number = duckdb_create_logical_type(DUCKDB_TYPE_FLOAT);
    const auto list = duckdb_create_list_type(number);
    duckdb_destroy_logical_type(&number);
    return list;
}

void bind(duckdb_bind_info info) {
    const auto* offers = static_cast<const Offers*>(duckdb_bind_get_extra_info(info));
    auto parameter = duckdb_bind_get_parameter(info, 0);
    const auto number = duckdb_get_int64(parameter);
    const auto source = offers->find(number);
    duckdb_destroy_value(&parameter);
    if (!source) return duckdb_bind_set_error(info, "these rows are not offered");
    for (const auto& column : source->columns()) {
        auto type = type_of(column.kind);
        duckdb_bind_add_result_column(info, column.name.c_str(), type);
        duckdb_destroy_logical_type(&type);
    }
    duckdb_bind_set_cardinality(info, source->chunks() * RowSource::chunk_rows, false);
    keep_number(info, number);
}

void begin(duckdb_init_info info) {
    auto scan = std::make_unique<Scan>();
    scan->source = static_cast<const Offers*>(duckdb_init_get_extra_info(info))->find(kept_number(info));
    if (!scan->source) return duckdb_init_set_error(info, "these rows are no longer offered");
    for (idx_t place = 0; place < duckdb_init_get_column_count(info); ++place) {
        const auto column = duckdb_init_get_column_index(info, place);
        if (column < scan->source->columns().size()) scan->wanted.push_back({column, place});
    }
    std::ranges::sort(scan->wanted, {}, &ChunkWriter::Wanted::column);
    duckdb_init_set_max_threads(info, std::max<std::size_t>(scan->source->chunks(), 1));
    duckdb_init_set_init_data(info, scan.release(), destroy<Scan>);
}

ChunkWriter::State places_of(const Scan& scan, duckdb_data_chunk chunk) {
    ChunkWriter::State state{.wanted = scan.wanted};
    for (idx_t place = 0; place < duckdb_data_chunk_get_column_count(chunk); ++place) {
        state.vectors.push_back(duckdb_data_chunk_get_vector(chunk, place));
        state.data.push_back(duckdb_vector_get_data(state.vectors.back()));
        state.validity.push_back(nullptr);
    }
    return state;
}

// An empty chunk ends a scan, so chunks without rows are passed over.
void fill(duckdb_function_info info, duckdb_data_chunk chunk) {
    auto* scan = static_cast<Scan*>(duckdb_function_get_init_data(info));
    auto state = places_of(*scan, chunk);
    ChunkWriter writer(state);
    for (auto next = scan->next_chunk++; next < scan->source->chunks(); next = scan->next_chunk++) {
        const auto rows = scan->source->fill(next, writer);
        if (!rows) return duckdb_function_set_error(info, rows.error().message.c_str());
        if (*rows == 0) continue;
        return duckdb_data_chunk_set_size(chunk, *rows);
    }
    duckdb_data_chunk_set_size(chunk, 0);
}

}  // namespace

const std::vector<ChunkWriter::Wanted>& ChunkWriter::wanted() const {
    return state_.wanted;
}

void ChunkWriter::put_whole(std::size_t place, std::size_t row, std::int64_t value) {
    static_cast<std::int64_t*>(state_.data[place])[row] = value;
}

void ChunkWriter::put_text(std::size_t place, std::size_t row, std::string_view text) {
    duckdb_unsafe_vector_assign_string_element_len(state_.vectors[place], row, text.data(), text.size());
}

void ChunkWriter::put_lasting(std::size_t place, std::size_t row, std::string_view text) {
    duckdb_string_t cell{};
    constexpr std::size_t inlined = sizeof(cell.value.inlined.inlined);
    cell.value.inlined.length = static_cast<std::uint32_t>(text.size());
    if (text.size() <= inlined) {
        std::memcpy(cell.value.inlined.inlined, text.data(), text.size());
    } else {
        std::memcpy(cell.value.pointer.prefix, text.data(), sizeof(cell.value.pointer.prefix));
        cell.value.pointer.ptr = const_cast<char*>(text.data());
    }
    static_cast<duckdb_string_t*>(state_.data[place])[row] = cell;
}

void ChunkWriter::put_numbers(std::size_t place, std::size_t row, std::span<const float> numbers) {
    if (!put_list(state_.vectors[place], row, numbers)) put_null(place, row);
}

void ChunkWriter::put_null(std::size_t place, std::size_t row) {
    auto*& validity = state_.validity[place];
    if (validity == nullptr) {
        duckdb_vector_ensure_validity_writable(state_.vectors[place]);
        validity = duckdb_vector_get_validity(state_.vectors[place]);
    }
    duckdb_validity_set_row_invalid(validity, row);
}

Result<> Offers::declare(duckdb_connection connection) {
    auto function = duckdb_create_table_function();
    auto type = duckdb_create_logical_type(DUCKDB_TYPE_BIGINT);
    duckdb_table_function_set_name(function, "offered_rows");
    duckdb_table_function_add_parameter(function, type);
    duckdb_table_function_set_extra_info(function, this, nullptr);
    duckdb_table_function_set_bind(function, bind);
    duckdb_table_function_set_init(function, begin);
    duckdb_table_function_set_function(function, fill);
    duckdb_table_function_supports_projection_pushdown(function, true);
    const auto state = duckdb_register_table_function(connection, function);
    duckdb_destroy_logical_type(&type);
    duckdb_destroy_table_function(&function);
    if (state == DuckDBError) return fail(ErrorCode::internal, "the database refuses the function offered_rows");
    return {};
}

}  // namespace suanpan::store
