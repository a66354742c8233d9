#include <cstdlib>
#include <filesystem>

#include "platform/gateway/mcp.h"
#include "platform/operations/json.h"

// Whatever an agent sends, the answer is none or one JSON value. The tools answer without a shop's data.
namespace {

using namespace suanpan;

struct World {
    World() : folder(std::filesystem::temp_directory_path() / "suanpan-mcp-fuzz") {
        std::filesystem::remove_all(folder);
        (void)store::Shop::create(folder, {.name = "Fuzz"});
        shop = std::move(store::Shop::open(folder, {}).value());
        registry.add({{.name = "echo.say", .summary = {"Says", "说"}, .required = {"text"}},
                      R"({"type":"object","properties":{"text":{"type":"string","maxLength":9}}})",
                      R"({"type":"object"})",
                      [](operations::Context&, std::string_view) -> Result<std::string> { return "{}"; }});
    }
    std::filesystem::path folder;
    std::unique_ptr<store::Shop> shop;
    operations::Registry registry;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const World world;
    gateway::Session session;
    const auto answer = gateway::handle_mcp(
        session, gateway::caller_here(*world.shop, world.registry, {"key:fuzz", operations::Role::admin}),
        world.registry, {reinterpret_cast<const char*>(data), size});
    if (answer && !operations::parse_json(*answer)) std::abort();
    return 0;
}
