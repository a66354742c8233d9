// Feeds a fuzz target with changed copies of its seeds, for compilers without libFuzzer: no coverage guides it, so it
// finds less than `./dev fuzz` by clang, and it needs no build of its own beside the sanitisers'.
//
// usage: TARGET SECONDS SEED FINDINGS FOLDER…
// The same SEED makes the same inputs. An input that crashes is written to FINDINGS and named.

#include <sanitizer/common_interface_defs.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace fs = std::filesystem;

// Read by the handlers of a crash.
std::string input, findings;

void keep_input() {
    const auto file = findings + "/crash";
    if (auto* out = std::fopen(file.c_str(), "wb"); out != nullptr) {
        std::fwrite(input.data(), 1, input.size(), out);
        std::fclose(out);
        std::fprintf(stderr, "the input is in %s\n", file.c_str());
    }
}

void aborted(int) {
    keep_input();
    std::_Exit(1);
}

constexpr auto tokens = std::to_array<std::string_view>({"0",
                                                         "-1",
                                                         "9223372036854775808",
                                                         "1e999",
                                                         "NaN",
                                                         "null",
                                                         "true",
                                                         "\"",
                                                         "'",
                                                         "{",
                                                         "}",
                                                         "[",
                                                         "]",
                                                         ":",
                                                         ",",
                                                         ";",
                                                         "\n",
                                                         "\r\n",
                                                         "\t",
                                                         "\\",
                                                         "\\u0000",
                                                         "\\ud800",
                                                         "<",
                                                         ">",
                                                         "&",
                                                         "%",
                                                         "*",
                                                         "?",
                                                         "#",
                                                         "--",
                                                         "\xff\xfe",
                                                         "\xef\xbb\xbf",
                                                         "\xc3",
                                                         "中",
                                                         "2024-02-30",
                                                         "9999-12-31T23:59:60Z",
                                                         "+99:99",
                                                         "every 0 minutes"});

class Mutator {
  public:
    Mutator(std::vector<std::string> seeds, std::uint64_t seed) : seeds_(std::move(seeds)), random_(seed) {}

    void next(std::string& text) {
        text = seeds_[below(seeds_.size())];
        for (auto changes = 1 + below(6); changes > 0; --changes) change(text);
        constexpr std::size_t longest = 1U << 16;
        if (text.size() > longest) text.resize(longest);
    }

  private:
    std::size_t below(std::size_t bound) { return bound == 0 ? 0 : random_() % bound; }

    void change(std::string& text) {
        const auto at = below(text.size() + 1), size = below(std::min<std::size_t>(text.size() - at, 32) + 1);
        switch (below(7)) {
            case 0:
                if (at < text.size()) text[at] = static_cast<char>(random_());
                break;
            case 1:
                text.insert(at, 1, static_cast<char>(random_()));
                break;
            case 2:
                text.erase(at, size);
                break;
            case 3:
                text.insert(below(text.size() + 1), std::string(text, at, size));
                break;
            case 4:
                text.insert(at, tokens[below(tokens.size())]);
                break;
            case 5:
                text.replace(at, size, tokens[below(tokens.size())]);
                break;
            default:  // the beginning of this and the end of another
                const auto& other = seeds_[below(seeds_.size())];
                text.replace(at, std::string::npos, other, below(other.size() + 1), std::string::npos);
        }
    }

    std::vector<std::string> seeds_;
    std::mt19937_64 random_;
};

std::vector<std::string> seeds_of(const std::vector<fs::path>& folders) {
    std::vector<fs::path> files;
    for (const auto& folder : folders)
        for (const auto& entry : fs::directory_iterator(folder))
            if (entry.is_regular_file()) files.push_back(entry.path());
    std::ranges::sort(files);  // the same on every machine
    std::vector<std::string> seeds = {""};
    for (const auto& file : files) {
        std::ifstream in(file, std::ios::binary);
        seeds.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    }
    return seeds;
}

}  // namespace

int main(int count, char** words) {
    if (count < 4) {
        std::fprintf(stderr, "usage: %s SECONDS SEED FINDINGS FOLDER…\n", words[0]);
        return 2;
    }
    findings = words[3];
    __sanitizer_set_death_callback(keep_input);
    std::signal(SIGABRT, aborted);
    const auto seeds = seeds_of({words + 4, words + count});
    const auto run = [] { LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size()); };
    for (const auto& seed : seeds) {
        input = seed;
        run();
    }
    Mutator mutator(seeds, std::strtoull(words[2], nullptr, 10));
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(std::strtoll(words[1], nullptr, 10));
    std::size_t inputs = seeds.size();
    for (; std::chrono::steady_clock::now() < end; ++inputs) {
        mutator.next(input);
        run();
    }
    std::printf("%zu inputs from %zu seeds\n", inputs, seeds.size() - 1);
    return 0;
}
