#include "platform/store/functions.h"

#include <cctype>
#include <chrono>
#include <cstring>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "platform/base/time.h"

namespace suanpan::store {
namespace {

using std::chrono::microseconds;

// One column of the rows that a function is called with.
class Input {
  public:
    Input(duckdb_data_chunk chunk, idx_t column) {
        auto* vector = duckdb_data_chunk_get_vector(chunk, column);
        data_ = duckdb_vector_get_data(vector);
        validity_ = duckdb_vector_get_validity(vector);
    }
    [[nodiscard]] bool has(idx_t row) const { return duckdb_validity_row_is_valid(validity_, row); }
    [[nodiscard]] std::string_view text(idx_t row) const {
        auto& cell = static_cast<duckdb_string_t*>(data_)[row];
        return {duckdb_string_t_data(&cell), duckdb_string_t_length(cell)};
    }
    [[nodiscard]] microseconds time(idx_t row) const { return microseconds(static_cast<std::int64_t*>(data_)[row]); }

  private:
    void* data_ = nullptr;
    uint64_t* validity_ = nullptr;
};

class Output {
  public:
    explicit Output(duckdb_vector vector) : vector_(vector), data_(duckdb_vector_get_data(vector)) {}
    template <class T>
    void put(idx_t row, T value) {
        static_cast<T*>(data_)[row] = value;
    }
    void put_text(idx_t row, std::string_view text) {
        duckdb_unsafe_vector_assign_string_element_len(vector_, row, text.data(), text.size());
    }
    void put_null(idx_t row) {
        if (validity_ == nullptr) {
            duckdb_vector_ensure_validity_writable(vector_);
            validity_ = duckdb_vector_get_validity(vector_);
        }
        duckdb_validity_set_row_invalid(validity_, row);
    }

  private:
    duckdb_vector vector_;
    void* data_;
    uint64_t* validity_ = nullptr;
};

// DuckDB's times without end stay what they are.
bool is_endless(microseconds time) {
    constexpr auto endless = std::numeric_limits<std::int64_t>::max();
    return time.count() == endless || time.count() == -endless;
}

// The clocks of the zones that a call names; mostly one. A zone may have several names, so the one asked for is kept.
class Clocks {
  public:
    Result<Clock*> of(std::string_view zone) {
        if (!clock_ || asked_ != zone) {
            clock_.emplace(TRY(TimeZone::named(zone)));
            asked_ = zone;
        }
        return &*clock_;
    }

  private:
    std::optional<Clock> clock_;
    std::string asked_;
};

std::optional<microseconds> parse_offset(std::string_view text) {
    const auto digits = [&](std::size_t at) -> int {
        if (at + 2 > text.size() || std::isdigit(static_cast<unsigned char>(text[at])) == 0 ||
            std::isdigit(static_cast<unsigned char>(text[at + 1])) == 0)
            return -1;
        return (text[at] - '0') * 10 + (text[at + 1] - '0');
    };
    const int hours = digits(1);
    const bool colon = text.size() > 3 && text[3] == ':';
    const int minutes = text.size() > 3 ? digits(colon ? 4 : 3) : 0;
    if (hours < 0 || minutes < 0) return std::nullopt;
    const auto offset = std::chrono::hours(hours) + std::chrono::minutes(minutes);
    return text.front() == '-' ? -offset : offset;
}

// What a text says of its own zone, behind the time of day.
std::string_view zone_part(std::string_view text) {
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    const auto clock = text.find(':');
    if (clock == std::string_view::npos) return {};
    const auto begin = text.find_first_not_of("0123456789:. ", clock);
    return begin == std::string_view::npos ? std::string_view() : text.substr(begin);
}

Result<microseconds> instant_of(std::string_view text, microseconds local, Clock& clock) {
    const Clock::Shown shown(local);
    const auto zone = zone_part(text);
    if (zone.empty()) return clock.instant(shown).time_since_epoch();
    if (zone == "Z" || zone == "z" || zone == "UTC") return local;
    if (zone.front() == '+' || zone.front() == '-')
        if (const auto offset = parse_offset(zone)) return local - *offset;
    return Clock(TRY(TimeZone::named(zone))).instant(shown).time_since_epoch();
}

void call_instant_of(duckdb_function_info info, duckdb_data_chunk chunk, duckdb_vector output) {
    const Input text(chunk, 0), local(chunk, 1), zone(chunk, 2);
    Output to(output);
    Clocks clocks;
    for (idx_t row = 0; row < duckdb_data_chunk_get_size(chunk); ++row) {
        if (!text.has(row) || !local.has(row) || !zone.has(row)) {
            to.put_null(row);
            continue;
        }
        const auto clock = clocks.of(zone.text(row));
        if (!clock) return duckdb_scalar_function_set_error(info, clock.error().message.c_str());
        if (is_endless(local.time(row))) {
            to.put(row, local.time(row).count());
        } else if (const auto instant = instant_of(text.text(row), local.time(row), **clock)) {
            to.put(row, instant->count());
        } else {
            to.put_null(row);  // a zone that nobody knows
        }
    }
}

void call_day_in(duckdb_function_info info, duckdb_data_chunk chunk, duckdb_vector output) {
    const Input instant(chunk, 0), zone(chunk, 1);
    Output to(output);
    Clocks clocks;
    for (idx_t row = 0; row < duckdb_data_chunk_get_size(chunk); ++row) {
        if (!instant.has(row) || !zone.has(row) || is_endless(instant.time(row))) {
            to.put_null(row);
            continue;
        }
        const auto clock = clocks.of(zone.text(row));
        if (!clock) return duckdb_scalar_function_set_error(info, clock.error().message.c_str());
        const auto day = std::chrono::floor<Days>((*clock)->shown(Instant(instant.time(row))));
        to.put(row, static_cast<std::int32_t>(day.time_since_epoch().count()));
    }
}

// The bytes of the white space of Unicode (property White_Space) at the text's beginning; 0 for anything else.
std::size_t white_space(std::string_view text) {
    const auto first = static_cast<unsigned char>(text.front());
    if (first == ' ' || (first >= '\t' && first <= '\r')) return 1;
    for (const std::string_view two : {"\u0085", "\u00a0"})
        if (text.starts_with(two)) return 2;
    for (const std::string_view three :
         {"\u1680", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006", "\u2007", "\u2008", "\u2009",
          "\u200a", "\u2028", "\u2029", "\u202f", "\u205f", "\u3000"})
        if (text.starts_with(three)) return 3;
    return 0;
}

std::string_view tidied(std::string_view text) {
    const auto is_plain = [](char letter) { return letter > ' ' && static_cast<signed char>(letter) > 0; };
    while (!text.empty() && !is_plain(text.front())) {
        const auto size = white_space(text);
        if (size == 0) break;
        text.remove_prefix(size);
    }
    while (!text.empty() && !is_plain(text.back())) {
        std::size_t size = 1;
        while (size < 3 && size < text.size() && (text[text.size() - size] & 0xc0) == 0x80) ++size;
        if (white_space(text.substr(text.size() - size)) != size) break;
        text.remove_suffix(size);
    }
    return text;
}

void call_tidied(duckdb_function_info, duckdb_data_chunk chunk, duckdb_vector output) {
    const Input text(chunk, 0);
    Output to(output);
    for (idx_t row = 0; row < duckdb_data_chunk_get_size(chunk); ++row)
        text.has(row) ? to.put_text(row, tidied(text.text(row))) : to.put_null(row);
}

struct Function {
    const char* name;
    std::initializer_list<duckdb_type> parameters;
    duckdb_type result;
    duckdb_scalar_function_t call;
};

Result<> declare(duckdb_connection connection, const Function& function) {
    auto made = duckdb_create_scalar_function();
    duckdb_scalar_function_set_name(made, function.name);
    const auto with_type = [](duckdb_type number, auto use) {
        auto type = duckdb_create_logical_type(number);
        use(type);
        duckdb_destroy_logical_type(&type);
    };
    for (const auto parameter : function.parameters)
        with_type(parameter, [&](duckdb_logical_type type) { duckdb_scalar_function_add_parameter(made, type); });
    with_type(function.result, [&](duckdb_logical_type type) { duckdb_scalar_function_set_return_type(made, type); });
    duckdb_scalar_function_set_function(made, function.call);
    const auto state = duckdb_register_scalar_function(connection, made);
    duckdb_destroy_scalar_function(&made);
    if (state == DuckDBError)
        return fail(ErrorCode::internal, "the database refuses a function of the program", function.name);
    return {};
}

}  // namespace

Result<> declare_functions(duckdb_connection connection) {
    constexpr auto text = DUCKDB_TYPE_VARCHAR;
    TRY(declare(connection,
                {"instant_of", {text, DUCKDB_TYPE_TIMESTAMP, text}, DUCKDB_TYPE_TIMESTAMP_TZ, call_instant_of}));
    TRY(declare(connection, {"day_in", {DUCKDB_TYPE_TIMESTAMP_TZ, text}, DUCKDB_TYPE_DATE, call_day_in}));
    return declare(connection, {"tidied", {text}, text, call_tidied});
}

}  // namespace suanpan::store
