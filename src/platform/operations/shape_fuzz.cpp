#include <cstdint>
#include <cstdlib>

#include "platform/operations/declare.h"

// Requests as anybody may send them, read into a struct: what is read is written, and read again as the same.
namespace {

struct Line {
    std::string item;
    std::optional<double> price;
    std::vector<std::int64_t> counts;
};

struct Request {
    bool all = false;
    std::vector<Line> lines;
    std::map<std::string, Line> by_name;
    glz::raw_json more;
    std::optional<suanpan::operations::Scalar> value;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace suanpan::operations;
    const auto read = from_json<Request>({reinterpret_cast<const char*>(data), size});
    if (!read || !read->more.str.empty()) return 0;  // raw JSON is checked by whoever calls
    const auto written = to_json(*read).value_or("");
    const auto again = from_json<Request>(written);
    if (!again || to_json(*again).value_or("") != written) std::abort();
    return 0;
}
