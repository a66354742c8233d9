#include "areas/stock/inventory/guaranteed_service.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace suanpan::stock {
namespace {

constexpr double never = std::numeric_limits<double>::infinity();

struct Neighbour {
    std::size_t stage;
    bool downstream;
};

struct Network {
    const std::vector<Stage>& stages;
    std::vector<std::vector<Neighbour>> neighbours;
    std::vector<std::size_t> order;        // leaves first: at most one neighbour of a stage comes after it
    std::vector<std::int64_t> longest_in;  // of the inbound service time: M - T
    std::vector<double> deviation;         // of all demand that passes

    [[nodiscard]] double holding(std::size_t k, std::int64_t inbound, std::int64_t outbound) const {
        const double net = static_cast<double>(inbound + stages[k].processing_time - outbound);
        return stages[k].holding_cost * stages[k].safety_factor * deviation[k] * std::sqrt(net);
    }
    [[nodiscard]] std::int64_t longest_out(std::size_t k) const { return longest_in[k] + stages[k].processing_time; }
    // The latest a stage may promise: outside customers have their limit.
    [[nodiscard]] std::int64_t most_out(std::size_t k) const {
        return std::min(longest_out(k), stages[k].promised_outside.value_or(longest_out(k)));
    }
};

Result<> check(const std::vector<Stage>& stages, const std::vector<Link>& links) {
    if (stages.empty()) return fail(ErrorCode::invalid_argument, "there is no stage");
    for (std::size_t k = 0; k < stages.size(); ++k) {
        const auto& s = stages[k];
        const bool sound = s.processing_time >= 0 && s.processing_time <= 3650 && s.outside_supply >= 0 &&
                           s.outside_supply <= 3650 && s.promised_outside.value_or(0) >= 0 && s.holding_cost >= 0 &&
                           s.safety_factor >= 0 && s.demand_deviation >= 0 &&
                           std::isfinite(s.holding_cost * s.safety_factor * s.demand_deviation);
        if (!sound)
            return fail(ErrorCode::invalid_argument,
                        fmt::format("stage {}: times must be 0 to 3650 periods, costs and deviations not negative", k));
    }
    if (links.size() + 1 != stages.size())
        return fail(ErrorCode::invalid_argument,
                    fmt::format("{} stages with {} links are no tree; every stage must be reached by one way",
                                stages.size(), links.size()));
    for (const auto& link : links)
        if (link.from >= stages.size() || link.to >= stages.size() || link.from == link.to)
            return fail(ErrorCode::invalid_argument,
                        fmt::format("the link from {} to {} joins no two stages", link.from, link.to));
    return {};
}

std::vector<std::vector<Neighbour>> neighbours_of(std::size_t stages, const std::vector<Link>& links) {
    std::vector<std::vector<Neighbour>> result(stages);
    for (const auto& link : links) {
        result[link.from].push_back({link.to, true});
        result[link.to].push_back({link.from, false});
    }
    return result;
}

// Stages from the leaves inwards; fewer than all where the links do not make one tree.
std::vector<std::size_t> leaves_first(const std::vector<std::vector<Neighbour>>& neighbours) {
    std::vector<std::size_t> order = {0};
    std::vector<bool> seen(neighbours.size());
    seen[0] = true;
    for (std::size_t i = 0; i < order.size(); ++i)
        for (const auto& neighbour : neighbours[order[i]])
            if (!seen[neighbour.stage]) {
                seen[neighbour.stage] = true;
                order.push_back(neighbour.stage);
            }
    std::ranges::reverse(order);
    return order;
}

// Walks along or against the arrows: what a stage gets from those before it.
template <class Gather>
void along(const std::vector<std::vector<Neighbour>>& neighbours, bool downstream, Gather gather) {
    std::vector<std::size_t> open(neighbours.size()), ready;
    for (std::size_t k = 0; k < neighbours.size(); ++k) {
        open[k] = static_cast<std::size_t>(
            std::ranges::count_if(neighbours[k], [&](const Neighbour& n) { return n.downstream != downstream; }));
        if (open[k] == 0) ready.push_back(k);
    }
    for (std::size_t i = 0; i < ready.size(); ++i) {
        const auto from = ready[i];
        for (const auto& neighbour : neighbours[from]) {
            if (neighbour.downstream != downstream) continue;
            gather(from, neighbour.stage);
            if (--open[neighbour.stage] == 0) ready.push_back(neighbour.stage);
        }
    }
}

Result<Network> network(const std::vector<Stage>& stages, const std::vector<Link>& links) {
    TRY(check(stages, links));
    Network net{stages, neighbours_of(stages.size(), links), {}, {}, {}};
    net.order = leaves_first(net.neighbours);
    if (net.order.size() != stages.size())
        return fail(ErrorCode::invalid_argument, "some stage is not linked with the others; give each tree by itself");
    for (const auto& stage : stages) {
        net.longest_in.push_back(stage.outside_supply);
        net.deviation.push_back(stage.demand_deviation * stage.demand_deviation);
    }
    along(net.neighbours, true, [&](std::size_t from, std::size_t to) {
        net.longest_in[to] = std::max(net.longest_in[to], net.longest_out(from));
    });
    along(net.neighbours, false, [&](std::size_t from, std::size_t to) { net.deviation[to] += net.deviation[from]; });
    for (auto& deviation : net.deviation) deviation = std::sqrt(deviation);
    return net;
}

// theta of Graves and Willems: the least cost of what hangs on a stage, by the service time on the link to the one
// stage that comes later, which is its outbound time where that stage is downstream and its inbound time otherwise.
class Program {
  public:
    explicit Program(const Network& net) : net_(net), best_(net.stages.size()), choice_(net.stages.size()) {
        std::vector<std::size_t> place(net.stages.size());
        for (std::size_t i = 0; i < net.order.size(); ++i) place[net.order[i]] = i;
        for (std::size_t k = 0; k < net.stages.size(); ++k) {
            later_.push_back(std::nullopt);
            for (const auto& neighbour : net.neighbours[k])
                if (place[neighbour.stage] > place[k]) later_[k] = neighbour;
        }
        for (const auto k : net.order) fill(k);
    }

    // Cost and service times of the whole tree.
    [[nodiscard]] GuaranteedService solution() const {
        GuaranteedService result{std::vector<StagePlan>(net_.stages.size()), best_[net_.order.back()][0]};
        for (auto k = net_.order.rbegin(); k != net_.order.rend(); ++k) {
            const auto index = later_[*k] ? link_time(*k, result.stages[later_[*k]->stage]) : 0;
            const auto [inbound, outbound] = choice_[*k][static_cast<std::size_t>(index)];
            const auto net = inbound + net_.stages[*k].processing_time - outbound;
            const double deviation = net_.deviation[*k] * std::sqrt(static_cast<double>(net));
            result.stages[*k] = {inbound, outbound, net, net_.stages[*k].safety_factor * deviation, deviation};
        }
        return result;
    }

  private:
    struct Times {
        std::int64_t inbound = 0, outbound = 0;
    };

    // Tables of an upstream stage hold, at x, the least cost with a promise of at most x; of a downstream one with an
    // inbound time of at least x, so that one look-up answers.
    [[nodiscard]] std::int64_t link_time(std::size_t k, const StagePlan& later) const {
        return later_[k]->downstream ? std::min<std::int64_t>(later.inbound, std::ssize(best_[k]) - 1)
                                     : std::min<std::int64_t>(later.outbound, std::ssize(best_[k]) - 1);
    }

    [[nodiscard]] double cost(std::size_t k, Times times) const {
        double total = net_.holding(k, times.inbound, times.outbound);
        for (const auto& [other, downstream] : net_.neighbours[k]) {
            if (later_[k] && later_[k]->stage == other) continue;
            const auto at = downstream ? times.outbound : times.inbound;
            const auto last = std::ssize(best_[other]) - 1;
            if (downstream && at > last) return never;
            total += best_[other][static_cast<std::size_t>(std::min<std::int64_t>(at, last))];
        }
        return total;
    }

    void fill(std::size_t k) {
        const auto most_out = net_.most_out(k), longest_in = net_.longest_in[k];
        const bool by_outbound = later_[k] && later_[k]->downstream;
        const auto size = !later_[k] ? 1 : (by_outbound ? most_out : longest_in) + 1;
        best_[k].assign(static_cast<std::size_t>(size), never);
        choice_[k].resize(static_cast<std::size_t>(size));
        for (auto inbound = net_.stages[k].outside_supply; inbound <= longest_in; ++inbound)
            for (std::int64_t out = 0; out <= std::min(most_out, inbound + net_.stages[k].processing_time); ++out) {
                const auto at = static_cast<std::size_t>(!later_[k] ? 0 : by_outbound ? out : inbound);
                if (const double c = cost(k, {inbound, out}); c < best_[k][at]) {
                    best_[k][at] = c;
                    choice_[k][at] = {inbound, out};
                }
            }
        if (later_[k]) relax(k, by_outbound);
    }

    void relax(std::size_t k, bool by_outbound) {
        const auto size = best_[k].size();
        for (std::size_t i = 1; i < size; ++i) {
            const auto at = by_outbound ? i : size - 1 - i, from = by_outbound ? at - 1 : at + 1;
            if (best_[k][from] < best_[k][at]) {
                best_[k][at] = best_[k][from];
                choice_[k][at] = choice_[k][from];
            }
        }
    }

    const Network& net_;
    std::vector<std::optional<Neighbour>> later_;
    std::vector<std::vector<double>> best_;
    std::vector<std::vector<Times>> choice_;
};

}  // namespace

Result<GuaranteedService> guaranteed_service(const std::vector<Stage>& stages, const std::vector<Link>& links) {
    const auto net = TRY(network(stages, links));
    return Program(net).solution();
}

std::optional<double> cost_of_promises(const std::vector<Stage>& stages, const std::vector<Link>& links,
                                       const std::vector<std::int64_t>& outbound) {
    const auto net = network(stages, links);
    if (!net || outbound.size() != stages.size()) return std::nullopt;
    double cost = 0;
    for (std::size_t k = 0; k < stages.size(); ++k) {
        auto inbound = stages[k].outside_supply;
        for (const auto& link : links)
            if (link.to == k) inbound = std::max(inbound, outbound[link.from]);
        if (outbound[k] < 0 || outbound[k] > inbound + stages[k].processing_time || outbound[k] > net->most_out(k))
            return std::nullopt;
        cost += net->holding(k, inbound, outbound[k]);
    }
    return cost;
}

}  // namespace suanpan::stock
