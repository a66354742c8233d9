#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <sstream>

#include "platform/decisions/webhook.h"

namespace suanpan::decisions {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view mark = "whsec_";
constexpr std::size_t new_key_bytes = 32, fewest_bytes = 24, most_bytes = 64;

std::string base64(std::string_view bytes) {
    std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                      sodium_base64_VARIANT_ORIGINAL);
    text.pop_back();  // the closing zero
    return text;
}

Result<std::string> key_of(std::string_view secret, const std::string& about) {
    std::string key(most_bytes + 1, '\0');
    std::size_t size = 0;
    const auto text = secret.starts_with(mark) ? secret.substr(mark.size()) : std::string_view();
    const int bad = sodium_base642bin(reinterpret_cast<unsigned char*>(key.data()), key.size(), text.data(),
                                      text.size(), nullptr, &size, nullptr, sodium_base64_VARIANT_ORIGINAL);
    if (bad != 0 || size < fewest_bytes || size > most_bytes)
        return fail(ErrorCode::invalid_argument, "this is no webhook secret: whsec_ and base64 of 24 to 64 bytes",
                    about);
    key.resize(size);
    return key;
}

fs::path file_of(const fs::path& shop, const Webhook& webhook) {
    return shop / (webhook.secret_file.empty() ? "secrets/webhook-" + webhook.kind : webhook.secret_file);
}

std::string missing(const Webhook& webhook) {
    return fmt::format("the webhook of {} has no secret yet; make one with: suanpan decisions webhook-secret SHOP {}",
                       webhook.kind, webhook.kind);
}

Result<std::string> secret_text(const fs::path& shop, const Webhook& webhook) {
    if (!webhook.secret_env.empty()) {
        const char* value = std::getenv(webhook.secret_env.c_str());
        if (value != nullptr) return std::string(value);
        return fail(ErrorCode::not_found,
                    fmt::format("this environment variable should hold the secret of the webhook of {} and is not set",
                                webhook.kind),
                    webhook.secret_env);
    }
    const auto file = file_of(shop, webhook);
    struct stat state{};
    if (::stat(file.c_str(), &state) != 0) return fail(ErrorCode::not_found, missing(webhook), file.string());
    if ((state.st_mode & 077) != 0)
        return fail(ErrorCode::permission_denied,
                    "other people of this machine may read this secret; close it with chmod 600, or make a new one",
                    file.string());
    return store::read_file(file);
}

// Written beside the file with the rights that it will have, then renamed over it.
Result<> keep(const fs::path& file, std::string_view text) {
    std::error_code error;
    fs::create_directories(file.parent_path(), error);
    fs::permissions(file.parent_path(), fs::perms::owner_all, error);
    const auto draft = file.string() + ".new";
    ::unlink(draft.c_str());
    const int handle = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool good = handle >= 0 && ::write(handle, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                ::fsync(handle) == 0;
    if (handle >= 0) good = ::close(handle) == 0 && good;
    if (good && ::rename(draft.c_str(), file.c_str()) == 0) return {};
    return fail(ErrorCode::io, "the secret cannot be written; check the folder's rights", file.string());
}

}  // namespace

Result<Keys> read_keys(const fs::path& shop, const Webhook& webhook) {
    const auto about = webhook.secret_env.empty() ? file_of(shop, webhook).string() : webhook.secret_env;
    std::istringstream words(TRY(secret_text(shop, webhook)));
    Keys keys;
    for (std::string word; words >> word;) keys.push_back(TRY(key_of(word, about)));
    if (keys.empty()) return fail(ErrorCode::not_found, missing(webhook), about);
    return keys;
}

Result<std::string> make_secret(const fs::path& shop, const Webhook& webhook, Secret which) {
    if (!webhook.secret_env.empty())
        return fail(ErrorCode::conflict, "an environment variable holds the secret of this webhook; set it there",
                    webhook.secret_env);
    const auto file = file_of(shop, webhook);
    std::string before;
    if (fs::exists(file)) {
        if (which == Secret::first)
            return fail(ErrorCode::conflict,
                        "there is a secret already; with renew a new one is made, and the old one signs beside it "
                        "until the next renewal",
                        file.string());
        before = TRY(store::read_file(file));
        before = before.substr(0, before.find('\n')) + "\n";
    }
    if (sodium_init() < 0) return fail(ErrorCode::internal, "no random numbers can be had");
    std::string key(new_key_bytes, '\0');
    randombytes_buf(key.data(), key.size());
    auto secret = std::string(mark) + base64(key);
    TRY(keep(file, secret + "\n" + before));
    return secret;
}

std::string signature(const Keys& keys, const Letter& letter) {
    const auto signed_text = fmt::format("{}.{}.{}", letter.id, letter.seconds, letter.body);
    std::string text;
    for (const auto& key : keys) {
        crypto_auth_hmacsha256_state state;
        crypto_auth_hmacsha256_init(&state, reinterpret_cast<const unsigned char*>(key.data()), key.size());
        crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(signed_text.data()),
                                      signed_text.size());
        std::array<unsigned char, crypto_auth_hmacsha256_BYTES> code{};
        crypto_auth_hmacsha256_final(&state, code.data());
        text += (text.empty() ? "v1," : " v1,") + base64({reinterpret_cast<const char*>(code.data()), code.size()});
    }
    return text;
}

}  // namespace suanpan::decisions
