#include <fmt/format.h>

#include "platform/decisions/decisions.h"
#include "platform/decisions/webhook.h"

namespace suanpan::decisions {
namespace {

using settings::in_file_only;
using settings::number;
using settings::Option;
using settings::text;

Result<> check_address(const std::string& value) {
    return value.empty() ? Result<>{} : check_url(value);
}

std::vector<Option> webhook_options(const Kind& kind) {
    const auto prefix = "webhooks." + kind.name + ".";
    const Webhook usual;
    auto words = [&](const char* option, operations::Text title, operations::Text about) {
        return settings::Words{prefix + option,
                               "connectors",
                               {kind.title.en + ": " + title.en, kind.title.zh + "：" + title.zh},
                               std::move(about)};
    };
    auto address = text(words("url", {"webhook", "回调地址"},
                              {"where such decisions are sent once they are acted on, signed; empty: nowhere",
                               "此类决策执行后签名发送至此；空为不发送"}),
                        "", check_address);
    address.confidential = true;  // addresses of some receivers are their passwords
    return {
        address,
        number(words("attempts", {"attempts", "尝试次数"}, {"until a letter is dead", "超过后列为死信"}),
               {static_cast<double>(usual.attempts), 1, 100}),
        number(words("timeout_seconds", {"timeout", "超时"}, {"of one attempt", "单次尝试的超时"}),
               {usual.timeout_seconds, 0.01, 300, "seconds"}),
        number(words("first_pause_seconds", {"first pause", "首次间隔"},
                     {"after the first attempt that failed; each further pause is three times as long",
                      "首次失败后的等待，其后每次为前次的三倍"}),
               {usual.first_pause_seconds, 0.01, 3600, "seconds"}),
        // Whoever may set an address over the network must not name files or variables of the machine.
        in_file_only(text(words("secret_env", {"secret in a variable", "密钥变量"},
                                {"the environment variable that holds the signing secret", "保存签名密钥的环境变量"}),
                          "")),
        in_file_only(text(words("secret_file", {"secret in a file", "密钥文件"},
                                {"within the shop's folder; empty: secrets/webhook-KIND",
                                 "店铺目录内的文件；空为 secrets/webhook-KIND"}),
                          ""))};
}

}  // namespace

settings::Section settings_section(const Kinds& kinds) {
    settings::Section section;
    for (const auto& kind : kinds) {
        section.options.append_range(webhook_options(kind));
        section.options.push_back(
            number({"holdout." + kind.name,
                    "experiments",
                    {kind.title.en + ": held out", kind.title.zh + "：留出比例"},
                    {"a random share of what the policy would approve is left undone, to compare with",
                     "随机留出此比例的自动批准决策不执行，用作对照"}},
                   {0, 0, 0.9, "share"}));
    }
    section.options.push_back(in_file_only(text({"holdout_seed",
                                                 "experiments",
                                                 {"Seed of what is held out", "留出种子"},
                                                 {"another seed draws others", "不同种子留出不同决策"}},
                                                "0")));
    section.check = [](const store::Settings& settings) -> Result<> {
        TRY(webhooks_of(settings));
        return {};
    };
    return section;
}

}  // namespace suanpan::decisions
