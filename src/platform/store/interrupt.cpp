#include "platform/store/interrupt.h"

#include <utility>

namespace suanpan::store {
namespace {

std::stop_token& token_of_thread() {
    thread_local std::stop_token token;
    return token;
}

}  // namespace

StopScope::StopScope(std::stop_token token) : before_(std::exchange(token_of_thread(), std::move(token))) {}

StopScope::~StopScope() {
    token_of_thread() = std::move(before_);
}

const std::stop_token& stop_of_thread() {
    return token_of_thread();
}

}  // namespace suanpan::store
