#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <set>

#include "areas/data/features/declaration.h"

namespace suanpan::features {
namespace {

std::string hash_of(std::string_view text) {
    std::array<unsigned char, 16> digest{};
    crypto_generichash(digest.data(), digest.size(), reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                       nullptr, 0);
    std::array<char, 2 * digest.size() + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
    return hex.data();
}

std::string known_streams(const Declarations& declared) {
    std::string names;
    for (const auto& [name, stream] : declared.streams) names += (names.empty() ? "" : ", ") + name;
    return names;
}

bool looks_like_feature(std::string_view word) {
    return std::ranges::any_of(entities, [&](Entity entity) {
        return word.starts_with(name(entity)) && word.substr(name(entity).size()).starts_with('_');
    });
}

Result<> find_uses(const Declarations& declared, Feature& feature) {
    for (const auto& word : sql_names(feature.sql)) {
        const auto* used = declared.find(word);
        if (used == nullptr && looks_like_feature(word))
            return fail(ErrorCode::invalid_argument,
                        fmt::format("{} uses {}, which is not declared", feature.name, word), feature.about);
        if (used == nullptr) continue;
        if (used->entity != feature.entity)
            return fail(ErrorCode::invalid_argument,
                        fmt::format("{} is of {} and uses {}, which is of {}; use features of one entity", feature.name,
                                    name(feature.entity), word, name(used->entity)),
                        feature.about);
        if (std::ranges::count(feature.uses, word) == 0) feature.uses.push_back(word);
    }
    return {};
}

// Depth first: a feature comes after those it uses; one met again on its own way closes a cycle.
struct Ordering {
    const Declarations& declared;
    std::vector<Feature> ordered;
    std::set<std::string, std::less<>> done;
    std::vector<std::string> way;

    Result<> visit(const Feature& feature) {
        if (done.contains(feature.name)) return {};
        if (const auto met = std::ranges::find(way, feature.name); met != way.end()) {
            std::string cycle;
            for (auto at = met; at != way.end(); ++at) cycle += *at + " -> ";
            return fail(ErrorCode::invalid_argument,
                        fmt::format("these features use each other in a circle: {}{}", cycle, feature.name),
                        feature.about);
        }
        way.push_back(feature.name);
        for (const auto& used : feature.uses) TRY(visit(*declared.find(used)));
        way.pop_back();
        done.insert(feature.name);
        ordered.push_back(feature);
        return {};
    }
};

std::string definition(const Declarations& resolved, const Feature& feature) {
    auto text = fmt::format("{}\n{}\n{}\n{}\n{}\n", feature.name, name(feature.entity), name(feature.type),
                            feature.window_days.value_or(0), feature.sql);
    if (feature.derived()) {
        for (const auto& used : feature.uses) text += resolved.find(used)->hash + "\n";
        return text;
    }
    const auto& stream = resolved.streams.find(feature.stream)->second;
    return text + fmt::format("{}\n{}\n{}\n{}", name(feature.aggregate), stream.sql, stream.time_column,
                              static_cast<int>(stream.time));
}

}  // namespace

Result<Declarations> resolve(Declarations declared) {
    for (auto& feature : declared.features) {
        if (feature.derived()) {
            TRY(find_uses(declared, feature));
        } else if (!declared.streams.contains(feature.stream)) {
            return fail(ErrorCode::invalid_argument,
                        fmt::format("{} counts from the stream {}, which is not declared; there are {}", feature.name,
                                    feature.stream, known_streams(declared)),
                        feature.about);
        }
    }
    Ordering ordering{declared, {}, {}, {}};
    for (const auto& feature : declared.features) TRY(ordering.visit(feature));
    Declarations resolved{declared.streams, std::move(ordering.ordered)};
    for (auto& feature : resolved.features) {
        feature.hash = hash_of(definition(resolved, feature));
        if (!feature.derived()) {
            feature.from_events = feature.from_events && !resolved.streams.at(feature.stream).events.empty();
            continue;
        }
        const auto from_events = [&](const std::string& used) { return resolved.find(used)->from_events; };
        feature.from_events = std::ranges::any_of(feature.uses, from_events);
    }
    return resolved;
}

}  // namespace suanpan::features
