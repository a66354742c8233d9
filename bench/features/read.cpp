// features.read in this process, without HTTP: features_bench SHOP READS < requests.json (a JSON list of requests).
// Prints a JSON list of milliseconds, from request text to reply text.
#include <chrono>
#include <iostream>
#include <iterator>

#include "areas/data/data.h"
#include "areas/data/features/features.h"
#include "platform/operations/json.h"

namespace {

using namespace suanpan;

Result<> run(const std::string& folder, std::size_t reads) {
    const std::string text{std::istreambuf_iterator<char>(std::cin), {}};
    const auto requests = TRY(operations::parse_json(text));
    std::vector<std::string> batches;
    for (const auto& request : requests.get_array()) batches.push_back(request.dump().value_or(""));
    const std::vector schemas = {data::schema(), features::schema()};
    const auto shop = TRY(store::Shop::open(folder, schemas));
    operations::Registry registry;
    features::add_operations(registry);
    operations::Context context{*shop, registry, {"user:bench", operations::Role::viewer}};
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < reads + 5; ++i) {
        const auto start = std::chrono::steady_clock::now();
        bytes += TRY(registry.call(context, "features.read", batches[i % batches.size()])).size();
        const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - start;
        if (i >= 5) std::cout << (i == 5 ? "[" : ",") << taken.count();
    }
    std::cout << "]\n";
    return bytes > 0 ? Result<>{} : fail(ErrorCode::internal, "the replies are empty");
}

}  // namespace

int main(int count, char** words) {
    const auto done = run(words[1], count > 2 ? std::stoul(words[2]) : 1000);
    if (!done) std::cerr << done.error().text() << "\n";
    return done ? 0 : 1;
}
