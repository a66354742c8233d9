#pragma once

#include "platform/gateway/service.h"

namespace drogon {
class HttpAppFramework;
}

namespace suanpan::gateway {

// Bodies beyond our own limit are answered as problems; those beyond this are cut off by Drogon.
[[nodiscard]] std::size_t drogon_body_limit(const ServeOptions& options);

// Connects the service to Drogon: requests and replies, streams of events, connections that stall.
void attach(drogon::HttpAppFramework& app, Service& service, const ServeOptions& options);

}  // namespace suanpan::gateway
