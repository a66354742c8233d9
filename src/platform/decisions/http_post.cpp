#include "platform/decisions/http_post.h"

#include <curl/curl.h>

#include <algorithm>
#include <memory>

namespace suanpan::decisions {
namespace {

constexpr std::size_t largest_answer = 64 * 1024;  // bytes; nothing is done with them
constexpr std::chrono::milliseconds longest_connect{5'000};

std::size_t count_body(char*, std::size_t size, std::size_t count, void* total) {
    auto& bytes = *static_cast<std::size_t*>(total);
    bytes += size * count;
    return bytes > largest_answer ? CURL_WRITEFUNC_ERROR : size * count;
}

int stop_when_asked(void* stop, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return static_cast<std::stop_token*>(stop)->stop_requested() ? 1 : 0;
}

using Curl = std::unique_ptr<CURL, void (*)(CURL*)>;
using Headers = std::unique_ptr<curl_slist, void (*)(curl_slist*)>;

Headers headers_of(const Post& post) {
    curl_slist* list = curl_slist_append(nullptr, "Expect:");
    for (const auto& header : post.headers) list = curl_slist_append(list, header.c_str());
    return {list, curl_slist_free_all};
}

void limit(CURL* curl, const Post& post) {
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(post.timeout.count()));
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS,
                     static_cast<long>(std::min(post.timeout, longest_connect).count()));
}

class HttpConnection {
  public:
    explicit HttpConnection(std::stop_token stop) : stop_(std::move(stop)) {}

    PostAnswer send(const Post& post) {
        auto* curl = curl_.get();
        curl_easy_reset(curl);  // keeps the connections
        limit(curl, post);
        const auto headers = headers_of(post);
        std::size_t bytes = 0;
        curl_easy_setopt(curl, CURLOPT_URL, post.url.c_str());
        curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(post.body.size()));
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, post.body.c_str());
        curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, count_body);
        curl_easy_setopt(curl, CURLOPT_WRITEDATA, &bytes);
        curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
        curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, stop_when_asked);
        curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &stop_);
        return answer(curl_easy_perform(curl));
    }

  private:
    PostAnswer answer(CURLcode code) {
        PostAnswer answer;
        if (code == CURLE_ABORTED_BY_CALLBACK) {
            answer.stopped = true;
        } else if (code == CURLE_WRITE_ERROR) {
            answer.failure = "the answer is longer than 64 KiB";
        } else if (code != CURLE_OK) {
            answer.failure = curl_easy_strerror(code);
        } else {
            curl_easy_getinfo(curl_.get(), CURLINFO_RESPONSE_CODE, &answer.status);
            curl_off_t seconds = 0;
            curl_easy_getinfo(curl_.get(), CURLINFO_RETRY_AFTER, &seconds);
            answer.retry_after = std::chrono::seconds(seconds);
        }
        return answer;
    }

    std::stop_token stop_;
    Curl curl_{curl_easy_init(), curl_easy_cleanup};
};

}  // namespace

Sender http_sender(std::stop_token stop) {
    return [connection = std::make_shared<HttpConnection>(std::move(stop))](const Post& post) {
        return connection->send(post);
    };
}

}  // namespace suanpan::decisions
