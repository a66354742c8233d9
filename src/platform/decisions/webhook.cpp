#include "platform/decisions/webhook.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <memory>

namespace suanpan::decisions {
namespace {

constexpr std::string_view prefix = "webhooks.";

struct Range {
    double least, most;
};

Result<double> number_in(const std::string& text, Range range) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc{} && end == text.data() + text.size() && value >= range.least && value <= range.most)
        return value;
    return fail(ErrorCode::invalid_argument,
                fmt::format("\"{}\" is no number from {:g} to {:g}", text, range.least, range.most));
}

using Address = std::unique_ptr<CURLU, void (*)(CURLU*)>;

std::string part_of(const Address& address, CURLUPart part) {
    char* text = nullptr;
    if (curl_url_get(address.get(), part, &text, 0) != CURLUE_OK) return {};
    std::string copy(text);
    curl_free(text);
    return copy;
}

Result<> set(Webhook& webhook, std::string_view setting, const std::string& value) {
    if (setting == "url") {
        if (!value.empty()) TRY(check_url(value));
        webhook.url = value;
    } else if (setting == "secret_env") {
        webhook.secret_env = value;
    } else if (setting == "secret_file") {
        webhook.secret_file = value;
    } else if (setting == "timeout_seconds") {
        webhook.timeout_seconds = TRY(number_in(value, {0.01, 300}));
    } else if (setting == "first_pause_seconds") {
        webhook.first_pause_seconds = TRY(number_in(value, {0.01, 3600}));
    } else if (setting == "attempts") {
        webhook.attempts = static_cast<std::int64_t>(TRY(number_in(value, {1, 100})));
    } else {
        return fail(ErrorCode::invalid_argument,
                    fmt::format("a webhook has no setting \"{}\"; known are url, secret_env, secret_file, "
                                "timeout_seconds, first_pause_seconds, attempts",
                                setting));
    }
    return {};
}

Webhook& webhook_of(Webhooks& webhooks, std::string_view kind) {
    const auto found = std::ranges::find(webhooks, kind, &Webhook::kind);
    return found != webhooks.end() ? *found : webhooks.emplace_back(Webhook{.kind = std::string(kind)});
}

}  // namespace

Result<> check_url(const std::string& url) {
    const Address address(curl_url(), curl_url_cleanup);
    if (curl_url_set(address.get(), CURLUPART_URL, url.c_str(), CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK)
        return fail(ErrorCode::invalid_argument, fmt::format("\"{}\" is no URL, such as https://erp.example/in", url));
    const auto scheme = part_of(address, CURLUPART_SCHEME);
    if (scheme != "http" && scheme != "https")
        return fail(ErrorCode::invalid_argument, fmt::format("\"{}\" is neither http nor https", scheme));
    if (part_of(address, CURLUPART_USER).empty() && part_of(address, CURLUPART_PASSWORD).empty()) return {};
    return fail(ErrorCode::invalid_argument, "the URL may carry no user or password; letters are signed instead");
}

Result<Webhooks> webhooks_of(const store::Settings& settings) {
    Webhooks webhooks;
    for (const auto& [option, value] : settings.options) {
        if (!option.starts_with(prefix)) continue;
        const auto dot = option.rfind('.');
        if (dot < prefix.size())
            return fail(ErrorCode::invalid_argument,
                        "name the kind of decision first, such as webhooks.stock.order.url", option);
        auto& webhook = webhook_of(webhooks, std::string_view(option).substr(prefix.size(), dot - prefix.size()));
        const auto done = set(webhook, std::string_view(option).substr(dot + 1), value);
        if (!done) return fail(done.error().code, done.error().message, option);
    }
    for (const auto& webhook : webhooks)
        if (webhook.url.empty() && !settings.options.contains(std::string(prefix) + webhook.kind + ".url"))
            return fail(ErrorCode::invalid_argument, "this webhook has no url", std::string(prefix) + webhook.kind);
    std::erase_if(webhooks, [](const Webhook& webhook) { return webhook.url.empty(); });  // switched off
    return webhooks;
}

const Webhook* find_webhook(const Webhooks& webhooks, std::string_view kind) {
    const auto found = std::ranges::find(webhooks, kind, &Webhook::kind);
    return found == webhooks.end() ? nullptr : &*found;
}

std::chrono::microseconds pause_after(const Webhook& webhook, std::int64_t attempts) {
    const auto seconds = webhook.first_pause_seconds * std::pow(3.0, static_cast<double>(attempts - 1));
    const std::chrono::duration<double> longest = longest_pause;
    return std::chrono::microseconds(std::llround(1e6 * std::min(seconds, longest.count())));
}

}  // namespace suanpan::decisions
