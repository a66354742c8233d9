#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "platform/operations/operation.h"

namespace suanpan::jobs {

// A step calls an operation. The operation does all of its writing in one transaction and does nothing twice for the
// same request, so a step that died half-way is simply called again.
struct Step {
    std::string name;
    std::string operation;
    std::string request;             // JSON
    std::vector<std::string> after;  // steps that must be done first
    int retries = 2;                 // of busy, conflicting and disk errors, each after twice the pause
    std::chrono::milliseconds pause{200};
    // For all attempts together; 0: none. Then Context::stop asks the operation to stop and its statement is broken
    // off; one that only computes and does not look at it goes on to its end, and what it did counts.
    std::chrono::milliseconds timeout = std::chrono::hours(2);
};

struct Job {
    std::string name;  // "daily"
    std::string key;   // what makes a run the same run, "2011-11-14"
    std::vector<Step> steps;
};

struct StepReport {
    std::string step;
    bool resumed = false;  // was done by an earlier run that died
    double seconds = 0;
    std::string reply;  // JSON
};

// Steps in an order that respects `after`, equal ones as listed. Errors: invalid_argument naming a step that is unknown
// or waits for itself.
[[nodiscard]] Result<std::vector<const Step*>> in_order(const Job& job);

// Runs a job to its end. A run of the same job and key that died is taken up where it stopped. Errors: conflict where
// the job runs already, in this process or another; unavailable where it was stopped or a step's time was over; else
// that of the step that failed, with its name.
[[nodiscard]] Result<std::vector<StepReport>> run(operations::Context& context, const Job& job);

}  // namespace suanpan::jobs
