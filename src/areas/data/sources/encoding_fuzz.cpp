#include <cstdint>
#include <cstdlib>
#include <string>

#include "areas/data/csv/csv.h"
#include "areas/data/sources/encoding.h"

using namespace suanpan::data;

namespace {

std::string decoded(const std::string& bytes, std::size_t step) {
    auto text = decode(bytes_of(bytes), "", std::make_shared<Told>());
    std::string all, block(step, '\0');
    while (text) {
        const auto got = (*text)->read(block.data(), block.size());
        if (!got) return "error " + got.error().message;
        if (*got == 0) break;
        all.append(block, 0, *got);
    }
    return all;
}

}  // namespace

// A text is the same however it is cut, and what no mark stands in is UTF-8 wherever it was converted.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    const auto whole = decoded(bytes, size + 1);
    if (size < 4096 && whole != decoded(bytes, 1U << 20)) std::abort();
    const auto encoding = detect_encoding(bytes);
    if (encoding == Encoding::unknown || encoding == Encoding::utf8 || whole.starts_with("error")) return 0;
    if (whole.find_first_of("\xfe\xff") == std::string::npos && !csv::is_utf8(whole)) std::abort();
    return 0;
}
