#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <sstream>

#include "areas/data/labels/task_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace suanpan::data::labels;
    std::istringstream stream(std::string(reinterpret_cast<const char*>(data), size));
    read_lines(stream, [](const Line& line) {
        const auto task = parse_task(line.text, {});
        if (task && (task->task_id.empty() || task->record.empty())) std::abort();
    });
    return 0;
}
