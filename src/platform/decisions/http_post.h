#pragma once

#include <chrono>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace suanpan::decisions {

struct Post {
    std::string url, body;
    std::vector<std::string> headers;  // "name: value"
    std::chrono::milliseconds timeout;
};

struct PostAnswer {
    long status = 0;       // HTTP's; 0: there was no answer
    std::string failure;   // why there was none
    bool stopped = false;  // we broke it off ourselves
    std::chrono::seconds retry_after{};
};

using Sender = std::function<PostAnswer(const Post&)>;

// Only http and https, certificates checked, no redirect followed, at most 64 KiB of an answer read. Connections are
// kept between posts. For one thread.
[[nodiscard]] Sender http_sender(std::stop_token stop);

}  // namespace suanpan::decisions
