#include "platform/gateway/access_log.h"

#include <fmt/format.h>
#include <spdlog/async.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include "platform/base/time.h"
#include "platform/gateway/problem.h"
#include "platform/gateway/routes.h"

namespace suanpan::gateway {
namespace {

spdlog::level::level_enum level_of(int status) {
    if (status >= 500) return spdlog::level::err;
    return status >= 400 ? spdlog::level::warn : spdlog::level::info;
}

std::string_view level_name(spdlog::level::level_enum level) {
    const auto name = spdlog::level::to_string_view(level);
    return {name.data(), name.size()};
}

}  // namespace

Result<AccessLog> AccessLog::open(const ServeOptions& options) {
    try {
        spdlog::sink_ptr sink;
        if (options.log_file.empty())
            sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
        else
            sink = std::make_shared<spdlog::sinks::basic_file_sink_mt>(options.log_file);
        if (!spdlog::thread_pool()) spdlog::init_thread_pool(8192, 1);
        auto logger = std::make_shared<spdlog::async_logger>("gateway", std::move(sink), spdlog::thread_pool(),
                                                             spdlog::async_overflow_policy::overrun_oldest);
        logger->set_pattern("%v");
        logger->set_level(spdlog::level::from_str(options.log_level));
        logger->flush_on(spdlog::level::err);
        return AccessLog(std::move(logger));
    } catch (const std::exception& error) {
        return fail(ErrorCode::io, fmt::format("the log cannot be written: {}", error.what()), options.log_file);
    }
}

void AccessLog::request(const Exchange& exchange, int status, std::chrono::duration<double> took) const {
    const auto level = level_of(status);
    if (!logger_->should_log(level)) return;
    const auto operation = exchange.route ? std::string_view(exchange.route->operation->name) : exchange.request.path;
    logger_->log(
        level,
        spdlog::string_view_t(fmt::format(
            R"({{"time":"{}","level":"{}","request_id":"{}","principal":{},"method":"{}","operation":{},"status":{},"ms":{:.3f}}})",
            format(now()), level_name(level), exchange.request.id, json_text(exchange.principal.name),
            exchange.request.method, json_text(operation.substr(0, 200)), status, took.count() * 1e3)));
}

void AccessLog::message(bool trouble, std::string_view text) const {
    const auto level = trouble ? spdlog::level::err : spdlog::level::info;
    if (!logger_->should_log(level)) return;
    logger_->log(level, spdlog::string_view_t(fmt::format(R"({{"time":"{}","level":"{}","message":{}}})", format(now()),
                                                          level_name(level), json_text(text))));
}

void AccessLog::flush() const {
    logger_->flush();
}

}  // namespace suanpan::gateway
