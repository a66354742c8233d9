#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/time.h"
#include "platform/store/shop.h"

namespace suanpan::decisions {

// How decisions of a kind are told to another program, from the shop's options:
//     webhooks: {stock.order: {url: "https://erp.example/orders"}}
struct Webhook {
    std::string kind;         // "stock.order"
    std::string url;          // http or https, without a user or password
    std::string secret_env;   // the environment variable that holds the secret; empty: a file does
    std::string secret_file;  // relative to the shop's folder; empty: secrets/webhook-<kind>
    double timeout_seconds = 10;
    double first_pause_seconds = 10;  // after the first attempt that failed; each further pause is three times as long
    std::int64_t attempts = 10;       // then the letter is dead
};

using Webhooks = std::vector<Webhook>;

inline constexpr std::chrono::hours longest_pause{6};

// Errors: invalid_argument naming the option: a setting that is none, a number out of its range, a URL that is not
// http(s) or carries a password, a kind without a URL. An empty URL switches the webhook off.
[[nodiscard]] Result<Webhooks> webhooks_of(const store::Settings& settings);
[[nodiscard]] Result<> check_url(const std::string& url);
[[nodiscard]] const Webhook* find_webhook(const Webhooks& webhooks, std::string_view kind);  // null: none

// Until the next attempt after so many have failed.
[[nodiscard]] std::chrono::microseconds pause_after(const Webhook& webhook, std::int64_t attempts);

// Keys as bytes, the newest first: each signs, so that a receiver may change over at its own time.
using Keys = std::vector<std::string>;

// Errors: not_found where there is no secret, with how to make one; permission_denied where other people of the machine
// may read the file; invalid_argument where it is none (whsec_ and base64 of 24 to 64 bytes).
[[nodiscard]] Result<Keys> read_keys(const std::filesystem::path& shop, const Webhook& webhook);

enum class Secret { first, renewed };
// Makes a random secret and keeps it in the webhook's file, 0600. `renewed` keeps the one before as second. Errors:
// conflict where there is one (first) or where an environment variable holds it; io.
[[nodiscard]] Result<std::string> make_secret(const std::filesystem::path& shop, const Webhook& webhook, Secret which);

// The header webhook-signature of Standard Webhooks 1.0: "v1," and base64 of HMAC-SHA256 over "id.seconds.body", one a
// key, separated by blanks.
struct Letter {
    std::string id, body;
    std::int64_t seconds = 0;  // since 1970, of this attempt
};
[[nodiscard]] std::string signature(const Keys& keys, const Letter& letter);

}  // namespace suanpan::decisions
