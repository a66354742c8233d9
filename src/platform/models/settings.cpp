#include "platform/models/models.h"

namespace suanpan::models {

settings::Section settings_section() {
    using settings::choice;
    using settings::number;
    return {.options = {
                choice({"models.promotions",
                        "models",
                        {"Promotions", "模型上线"},
                        {"whether a version that is better serves by itself, or a person approves it",
                         "更优版本自动上线，或须人工批准"}},
                       {"by policy", "by a person"}),
                number({"models.tolerance",
                        "guardrails",
                        {"Tolerance for a model", "模型容差"},
                        {"a version with an error larger than the baseline's by this share is refused",
                         "误差超过基线此比例的版本会被拒绝"}},
                       {0.1, 0, 10, "share"}),
                number({"models.keep",
                        "models",
                        {"Versions kept", "保留版本数"},
                        {"of a model, besides the one that serves and those a decision names",
                         "每个模型保留的版本数（在用及被决策引用的除外）"}},
                       {5, 2, 1000}),
            }};
}

}  // namespace suanpan::models
