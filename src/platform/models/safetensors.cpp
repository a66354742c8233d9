#include "platform/models/safetensors.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

#include "platform/operations/declare.h"
#include "platform/operations/json.h"

static_assert(std::endian::native == std::endian::little, "the numbers of a file are little endian");

namespace suanpan::models {

struct TensorEntry {
    std::string dtype;
    std::vector<std::int64_t> shape;
    std::vector<std::uint64_t> data_offsets;
};

namespace {

using operations::Json;

constexpr std::size_t longest_header = 100'000'000;  // the format's own limit
constexpr std::string_view metadata_key = "__metadata__";

std::unexpected<Error> broken(const std::string& about, std::string what) {
    return fail(ErrorCode::invalid_argument,
                fmt::format("not a sound safetensors file: {}; restore it from a backup or train again", what), about);
}

std::size_t size_of(std::string_view dtype) {
    return dtype == "F32" ? 4 : (dtype == "F64" || dtype == "I64" ? 8 : 0);
}

std::string_view dtype_of(const Tensor& tensor) {
    constexpr std::string_view names[] = {"F64", "F32", "I64"};
    return names[tensor.values.index()];
}

std::size_t count_of(const Tensor& tensor) {
    return std::visit([](const auto& values) { return values.size(); }, tensor.values);
}

// The product of the shape; nothing where a side is negative or the product does not fit.
std::optional<std::uint64_t> elements(const std::vector<std::int64_t>& shape) {
    std::uint64_t count = 1;
    for (const auto side : shape) {
        if (side < 0) return std::nullopt;
        if (__builtin_mul_overflow(count, static_cast<std::uint64_t>(side), &count)) return std::nullopt;
    }
    return count;
}

struct Placed {
    std::string name;
    TensorEntry entry;
    std::uint64_t begin = 0, end = 0;
};

Result<Placed> place(const std::string& name, const Json& json, const std::string& about) {
    const auto entry = operations::from_json<TensorEntry>(operations::to_text(json));
    if (!entry) return broken(about, fmt::format("tensor \"{}\" has no dtype, shape and data_offsets", name));
    const auto size = size_of(entry->dtype);
    if (size == 0)
        return broken(about,
                      fmt::format("tensor \"{}\" is of type \"{}\" and not F64, F32 or I64", name, entry->dtype));
    if (entry->data_offsets.size() != 2 || entry->data_offsets[0] > entry->data_offsets[1])
        return broken(about, fmt::format("tensor \"{}\" has no begin and end", name));
    const auto count = elements(entry->shape);
    std::uint64_t bytes = 0;
    if (!count || __builtin_mul_overflow(*count, size, &bytes) ||
        bytes != entry->data_offsets[1] - entry->data_offsets[0])
        return broken(about, fmt::format("the shape of tensor \"{}\" does not fit its bytes", name));
    return Placed{name, *entry, entry->data_offsets[0], entry->data_offsets[1]};
}

Result<std::map<std::string, std::string>> metadata_of(const Json& json, const std::string& about) {
    std::map<std::string, std::string> metadata;
    if (!json.is_object()) return broken(about, "__metadata__ is no object");
    for (const auto& [key, value] : json.get_object()) {
        if (!value.is_string()) return broken(about, fmt::format("__metadata__ \"{}\" is no text", key));
        metadata[key] = value.get_string();
    }
    return metadata;
}

template <class T>
std::vector<T> numbers(std::string_view bytes) {
    std::vector<T> values(bytes.size() / sizeof(T));
    if (!bytes.empty()) std::memcpy(values.data(), bytes.data(), bytes.size());
    return values;
}

Tensor read_tensor(const Placed& placed, std::string_view data) {
    const auto bytes = data.substr(placed.begin, placed.end - placed.begin);
    Tensor tensor{placed.entry.shape, {}};
    if (placed.entry.dtype == "F64") tensor.values = numbers<double>(bytes);
    if (placed.entry.dtype == "F32") tensor.values = numbers<float>(bytes);
    if (placed.entry.dtype == "I64") tensor.values = numbers<std::int64_t>(bytes);
    return tensor;
}

// Sorted by their begin, tensors must cover the data without a gap and without an overlap.
Result<> check_places(std::vector<Placed>& all, std::size_t data_size, const std::string& about) {
    std::ranges::sort(all, [](const Placed& left, const Placed& right) {
        return std::pair(left.begin, left.end) < std::pair(right.begin, right.end);
    });
    std::uint64_t at = 0;
    for (const auto& placed : all) {
        if (placed.begin != at)
            return broken(about, fmt::format("tensor \"{}\" begins at byte {} of the data where {} is next",
                                             placed.name, placed.begin, at));
        at = placed.end;
        if (at > data_size)
            return broken(about, fmt::format("tensor \"{}\" ends at byte {} of the data, and there are {}", placed.name,
                                             placed.end, data_size));
    }
    if (at != data_size) return broken(about, fmt::format("{} bytes follow the last tensor", data_size - at));
    return {};
}

void append_number(std::string& text, std::uint64_t number) {
    char bytes[8];
    std::memcpy(bytes, &number, 8);
    text.append(bytes, 8);
}

template <class T>
Result<const std::vector<T>*> find(const std::map<std::string, Tensor>& tensors, const std::string& name) {
    const auto found = tensors.find(name);
    if (found == tensors.end())
        return fail(ErrorCode::not_found, "the model's file has no such tensor; it is of another kind of model", name);
    const auto* values = std::get_if<std::vector<T>>(&found->second.values);
    if (values == nullptr)
        return fail(ErrorCode::invalid_argument,
                    fmt::format("the tensor is {} and the model reads another type", dtype_of(found->second)), name);
    return values;
}

}  // namespace

Result<const std::vector<double>*> Tensors::reals(const std::string& name) const {
    return find<double>(tensors, name);
}

Result<const std::vector<std::int64_t>*> Tensors::wholes(const std::string& name) const {
    return find<std::int64_t>(tensors, name);
}

std::string Tensors::note(const std::string& key) const {
    const auto found = metadata.find(key);
    return found == metadata.end() ? "" : found->second;
}

Tensor vector_of(std::vector<double> values) {
    return {{std::ssize(values)}, std::move(values)};
}

Tensor vector_of(std::vector<std::int64_t> values) {
    return {{std::ssize(values)}, std::move(values)};
}

namespace {

Json entry_of(const Tensor& tensor, std::uint64_t begin, std::uint64_t end) {
    Json::array_t shape;
    for (const auto side : tensor.shape) shape.emplace_back(side);
    Json::array_t offsets{Json(static_cast<std::int64_t>(begin)), Json(static_cast<std::int64_t>(end))};
    Json entry = Json::object_t{};
    entry["dtype"] = std::string(dtype_of(tensor));
    entry["shape"] = std::move(shape);
    entry["data_offsets"] = std::move(offsets);
    return entry;
}

}  // namespace

Result<std::string> write_safetensors(const Tensors& all) {
    Json header = Json::object_t{};
    if (!all.metadata.empty()) {
        Json metadata = Json::object_t{};
        for (const auto& [key, value] : all.metadata) metadata[key] = value;
        header[metadata_key] = std::move(metadata);
    }
    std::uint64_t at = 0;
    for (const auto& [name, tensor] : all.tensors) {
        if (name == metadata_key || elements(tensor.shape) != count_of(tensor))
            return fail(ErrorCode::invalid_argument, "the tensor's name is taken or its shape does not fit its values",
                        name);
        const auto end = at + count_of(tensor) * size_of(dtype_of(tensor));
        header[name] = entry_of(tensor, at, end);
        at = end;
    }
    auto text = operations::to_text(header);
    text.append((8 - text.size() % 8) % 8, ' ');  // so that the numbers are aligned
    std::string bytes;
    bytes.reserve(8 + text.size() + at);
    append_number(bytes, text.size());
    bytes += text;
    for (const auto& [name, tensor] : all.tensors)
        std::visit(
            [&](const auto& values) {
                bytes.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(values[0]));
            },
            tensor.values);
    return bytes;
}

Result<Tensors> read_safetensors(std::string_view bytes, const std::string& about) {
    if (bytes.size() < 8) return broken(about, "it is shorter than eight bytes");
    std::uint64_t length = 0;
    std::memcpy(&length, bytes.data(), 8);
    if (length > longest_header || length > bytes.size() - 8)
        return broken(about, fmt::format("its header would be {} bytes, and {} are there", length, bytes.size() - 8));
    const std::string text(bytes.substr(8, length));  // a copy: glaze reads up to a zero byte
    const auto data = bytes.substr(8 + length);
    if (!text.starts_with('{')) return broken(about, "its header does not begin with {");
    const auto header = operations::parse_json(text);
    if (!header || !header->is_object()) return broken(about, "its header is no JSON object");
    Tensors all;
    std::vector<Placed> places;
    for (const auto& [name, json] : header->get_object()) {
        if (name == metadata_key)
            all.metadata = TRY(metadata_of(json, about));
        else
            places.push_back(TRY(place(name, json, about)));
    }
    TRY(check_places(places, data.size(), about));
    for (const auto& placed : places) all.tensors.emplace(placed.name, read_tensor(placed, data));
    return all;
}

}  // namespace suanpan::models
