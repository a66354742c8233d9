#pragma once

#include "platform/gateway/service.h"

namespace drogon {
class HttpAppFramework;
}

namespace suanpan::gateway {

// Connects the service to Drogon: requests and replies, streams of events, connections that stall.
void attach(drogon::HttpAppFramework& app, Service& service, const ServeOptions& options);

}  // namespace suanpan::gateway
