#include "platform/gateway/console.h"

#include <gmock/gmock.h>

#include "platform/gateway/test_server.h"

namespace suanpan::gateway {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string between(const std::string& text, std::string_view begin, std::string_view end) {
    const auto from = text.find(begin);
    if (from == std::string::npos) return "";
    const auto at = from + begin.size();
    return text.substr(at, text.find(end, at) - at);
}

TEST(Console, EncodingsAreChosenAsTheClientSays) {
    EXPECT_TRUE(accepts_encoding("gzip, deflate, br, zstd", "br"));
    EXPECT_TRUE(accepts_encoding("br;q=0.5", "br"));
    EXPECT_TRUE(accepts_encoding("gzip ; q=0.01", "gzip"));
    EXPECT_FALSE(accepts_encoding("gzip;q=0", "gzip"));
    EXPECT_FALSE(accepts_encoding("gzip; q=0.000", "gzip"));
    EXPECT_FALSE(accepts_encoding("xbr, brotli", "br"));
    EXPECT_FALSE(accepts_encoding("", "br"));
    EXPECT_FALSE(accepts_encoding(",;,", "br"));
}

TEST(Console, ThePageHasAPolicyWithANonceOfItsOwn) {
    const auto port = TestServer::instance().ready.port;
    const auto first = send(port, {.path = "/"}), second = send(port, {.path = "/"});
    EXPECT_EQ(first.status, 200);
    const auto policy = first.headers.at("content-security-policy");
    EXPECT_THAT(policy, StartsWith("default-src 'none'; script-src 'self';"));
    EXPECT_THAT(policy, Not(HasSubstr("unsafe-eval")));
    const auto nonce = between(policy, "'nonce-", "'");
    EXPECT_EQ(nonce.size(), 32U);
    EXPECT_NE(nonce, between(second.headers.at("content-security-policy"), "'nonce-", "'"));
    EXPECT_EQ(first.headers.at("cache-control"), "no-store");
    EXPECT_THAT(first.body, Not(HasSubstr("@nonce@")));
}

TEST(Console, ScriptsAreKeptForAYearAndComeCompressed) {
    const auto port = TestServer::instance().ready.port;
    const auto script = between(send(port, {.path = "/"}).body, "src=\"./", "\"");
    if (script.empty()) GTEST_SKIP() << "the program was built without the console";
    const auto plain = send(port, {.path = "/" + script});
    const auto brotli = send(port, {.path = "/" + script, .headers = {{"Accept-Encoding", "br"}}});
    EXPECT_EQ(plain.status, 200);
    EXPECT_THAT(plain.headers.at("content-type"), StartsWith("text/javascript"));
    EXPECT_THAT(plain.headers.at("cache-control"), HasSubstr("immutable"));
    EXPECT_FALSE(plain.headers.contains("content-encoding"));
    EXPECT_EQ(brotli.headers.at("content-encoding"), "br");
    EXPECT_LT(brotli.body.size(), plain.body.size() / 2);
    const auto again = send(port, {.path = "/" + script, .headers = {{"If-None-Match", plain.headers.at("etag")}}});
    EXPECT_EQ(again.status, 304);
    EXPECT_EQ(send(port, {.path = "/assets/../index.html"}).status, 401);
    EXPECT_EQ(send(port, {.path = "/assets/none.js"}).status, 401);
}

std::string cookie_of(const HttpReply& reply) {
    return between(reply.headers.at("set-cookie"), "", ";");
}

TEST(Console, ASessionSaysWhoItIsAndEnds) {
    auto& server = TestServer::instance();
    const auto port = server.ready.port;
    const auto link = send(port, {.method = "POST", .path = "/login/link", .key = server.key(operations::Role::admin)});
    const auto in = send(port, {.path = operations::parse_json(link.body)->at("path").get<std::string>()});
    EXPECT_EQ(in.status, 303);
    EXPECT_EQ(in.headers.at("location"), "./");
    const auto cookie = cookie_of(in);
    const auto session = send(port, {.path = "/v1/session", .headers = {{"Cookie", cookie}}});
    EXPECT_EQ(session.status, 200);
    EXPECT_THAT(session.body, HasSubstr(R"("role":"admin")"));
    EXPECT_EQ(send(port, {.method = "POST", .path = "/logout", .headers = {{"Cookie", cookie}}}).status, 403);
    EXPECT_EQ(
        send(port, {.method = "POST", .path = "/logout", .headers = {{"Cookie", cookie}, {"X-Suanpan", "1"}}}).status,
        204);
    EXPECT_EQ(send(port, {.path = "/v1/session", .headers = {{"Cookie", cookie}}}).status, 401);
}

}  // namespace
}  // namespace suanpan::gateway
