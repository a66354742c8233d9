#include <cstdint>
#include <string>
#include <vector>

#include "platform/engines/lightgbm_forest.h"
#include "platform/engines/xgboost_forest.h"

// Whatever is read as a forest can be asked.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace suanpan::engines;
    const std::string text(reinterpret_cast<const char*>(data), size);
    constexpr std::size_t most_columns = 1000, rows = 9;
    const auto ask = [](const auto& forest) {
        if (!forest || forest->columns == 0 || forest->columns > most_columns) return;
        (void)forest->predict({std::vector<float>(rows * forest->columns, 0.5F), forest->columns});
    };
    ask(read_lightgbm_forest(text));
    ask(read_xgboost_forest(text));
    return 0;
}
