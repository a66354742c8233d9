#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "platform/base/result.h"

namespace suanpan::stock {

// One place that may hold stock: a warehouse, a store, a step of production.
struct Stage {
    std::int64_t processing_time = 0;              // T, periods from having all inputs to being able to deliver
    double holding_cost = 0;                       // h, of a unit a period, here
    double safety_factor = 1.645;                  // z of the demand bound: mean + z sigma sqrt(tau)
    double demand_deviation = 0;                   // sigma of outside demand a period, here; 0: none
    std::optional<std::int64_t> promised_outside;  // longest service time that outside customers accept
    std::int64_t outside_supply = 0;               // service time of the suppliers outside
};

struct Link {
    std::size_t from = 0, to = 0;  // stages: `from` delivers to `to`
};

struct StagePlan {
    std::int64_t inbound = 0;   // SI: how long this stage waits for its suppliers
    std::int64_t outbound = 0;  // S: how long its customers wait for it
    std::int64_t net_lead_time = 0;
    double safety_stock = 0, base_stock_deviation = 0;  // z sigma sqrt(net); sigma sqrt(net)
};

struct GuaranteedService {
    std::vector<StagePlan> stages;
    double cost = 0;  // of holding the safety stocks, a period
};

// The guaranteed-service model: which stages hold safety stock, for the least holding cost, where every stage promises
// a service time and keeps it for demand within its bound. Dynamic program for trees, Graves and Willems, Manufacturing
// & Service Operations Management 2 (2000), 68-83, as in Snyder and Shen, 2nd ed., section 6.3.5. Deviations of what is
// downstream add as squares. Exact for whole periods.
// Errors: invalid_argument unless the links make one tree and no number is negative.
[[nodiscard]] Result<GuaranteedService> guaranteed_service(const std::vector<Stage>& stages,
                                                           const std::vector<Link>& links);

// Cost of given service times, or nothing where they break a rule; for checks.
[[nodiscard]] std::optional<double> cost_of_promises(const std::vector<Stage>& stages, const std::vector<Link>& links,
                                                     const std::vector<std::int64_t>& outbound);

}  // namespace suanpan::stock
