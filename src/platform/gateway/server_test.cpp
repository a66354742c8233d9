#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <future>
#include <thread>

#include "platform/gateway/server_file.h"
#include "platform/gateway/test_server.h"

namespace suanpan::gateway {
namespace {

using operations::Role;
using testing::HasSubstr;

class GatewayTest : public testing::Test {
  protected:
    static TestServer& server() { return TestServer::instance(); }
    HttpReply get(const std::string& path, const Headers& headers = {}) {
        return send(server().ready.port, {"GET", path, viewer, {}, headers});
    }
    HttpReply post(const std::string& path, const std::string& body, const Headers& headers = {}) {
        return send(server().ready.port, {"POST", path, editor, body, headers});
    }
    std::string viewer = server().key(Role::viewer), editor = server().key(Role::editor);
};

TEST_F(GatewayTest, AnswersReadsByQueryAndByBody) {
    ASSERT_EQ(post("/v1/shelf/put", R"({"name":"tea, green","units":7})").status, 200);
    ASSERT_EQ(post("/v1/shelf/put", R"({"name":"rice","units":3})").status, 200);
    const auto by_query = get("/v1/shelf/list?names=tea%2C%20green&names=none,nothing&least_units=5");
    EXPECT_EQ(by_query.body, R"({"items":[{"name":"tea, green","units":7}]})");
    EXPECT_EQ(by_query.headers.at("content-type"), "application/json; charset=utf-8");
    EXPECT_EQ(post("/v1/shelf/list", R"({"names":["tea, green"]})").body, by_query.body);
    EXPECT_EQ(get("/v1/shelf/list?names=rice&fields=units").body, R"({"items":[{"units":3}]})");
}

TEST_F(GatewayTest, TellsWhatIsWrongAsAProblem) {
    const auto malformed = post("/v1/shelf/put", R"({"name":)", {{"X-Request-Id", "my-request.1"}});
    EXPECT_EQ(malformed.status, 400);
    EXPECT_THAT(malformed.headers.at("content-type"), HasSubstr("application/problem+json"));
    EXPECT_EQ(malformed.headers.at("x-request-id"), "my-request.1");
    EXPECT_EQ(malformed.text("instance"), "my-request.1");
    EXPECT_EQ(malformed.text("title"), "Bad Request");
    const auto unknown = post("/v1/shelf/put", R"({"name":"x","colour":"red"})");
    EXPECT_EQ(unknown.status, 400);
    EXPECT_EQ(unknown.text("about"), "colour");
    EXPECT_EQ(get("/v1/shelf/list?colour=red").text("about"), "colour");
    EXPECT_EQ(get("/v1/shelf/list?least_units=many").text("about"), "least_units");
    EXPECT_EQ(get("/v1/shelf/list?names=%zz").status, 400);
    EXPECT_EQ(post("/v1/shelf/put", R"({"name":"x","units":1001})").text("about"), "units");
    EXPECT_EQ(get("/v1/shelf/nothing").status, 404);
    EXPECT_EQ(get("/v1/shelf/put").status, 405);
    EXPECT_EQ(get("/../../etc/passwd").status, 404);
}

TEST_F(GatewayTest, RefusesWhoHasNoKeyOrTooLittleRole) {
    const auto port = server().ready.port;
    const auto none = send(port, {.path = "/v1/shelf/list"});
    EXPECT_EQ(none.status, 401);
    EXPECT_EQ(none.text("code"), "unauthenticated");
    EXPECT_THAT(none.headers.at("www-authenticate"), HasSubstr("Bearer"));
    EXPECT_EQ(send(port, {.path = "/v1/shelf/list", .key = viewer + "0"}).status, 401);
    EXPECT_EQ(send(port, {.path = "/v1/shelf/list", .key = "sp_"}).status, 401);
    const auto viewers = send(port, {"POST", "/v1/shelf/put", viewer, R"({"name":"x"})"});
    EXPECT_EQ(viewers.status, 403);
    EXPECT_THAT(viewers.text("detail"), HasSubstr("needs the role operator"));
}

TEST_F(GatewayTest, RefusesARevokedKeyAtOnce) {
    const auto key = server().key(Role::viewer);
    ASSERT_EQ(send(server().ready.port, {.path = "/v1/shelf/list", .key = key}).status, 200);
    server().call_here("keys.revoke", fmt::format(R"({{"key_id":"{}"}})", key.substr(3, 16)));
    EXPECT_EQ(send(server().ready.port, {.path = "/v1/shelf/list", .key = key}).status, 401);
}

TEST_F(GatewayTest, RefusesTooLargeABody) {
    const auto reply = post("/v1/shelf/put", std::string(70'000, ' '));
    EXPECT_EQ(reply.status, 413);
    EXPECT_EQ(reply.text("code"), "too_large");
}

TEST_F(GatewayTest, RefusesOtherSitesAndHosts) {
    EXPECT_EQ(get("/v1/shelf/list", {{"Host", "evil.example"}}).status, 403);
    EXPECT_EQ(get("/v1/shelf/list", {{"Host", "127.evil.example"}}).status, 403);
    EXPECT_EQ(get("/v1/shelf/list", {{"Host", "localhost:1"}}).status, 200);
    EXPECT_EQ(post("/v1/shelf/put", R"({"name":"x"})", {{"Origin", "http://evil.example"}}).status, 403);
    EXPECT_EQ(post("/v1/shelf/put", R"({"name":"x"})", {{"Origin", "null"}}).status, 403);
}

TEST_F(GatewayTest, RepeatsAWriteOnlyOnce) {
    const Headers key{{"Idempotency-Key", "order-17"}};
    const auto first = post("/v1/shelf/put", R"({"name":"once"})", key);
    const int puts = server().shop.counts.puts;
    const auto again = post("/v1/shelf/put", R"({"name":"once"})", key);
    EXPECT_EQ(first.status, 200);
    EXPECT_EQ(again.status, 200);
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(again.headers.at("idempotent-replayed"), "true");
    EXPECT_EQ(server().shop.counts.puts, puts);
    EXPECT_EQ(post("/v1/shelf/put", R"({"name":"other"})", key).status, 422);
    const auto wrong = post("/v1/shelf/put", R"({"name":"x","units":-1})", {{"Idempotency-Key", "wrong-1"}});
    EXPECT_EQ(wrong.status, 400);
    EXPECT_EQ(post("/v1/shelf/put", R"({"name":"x","units":-1})", {{"Idempotency-Key", "wrong-1"}}).body, wrong.body);
}

TEST_F(GatewayTest, AnswersEachOfABatch) {
    const auto reply = post("/v1/shelf/put", R"([{"name":"a"},{"name":"b","units":2000},{"nam":1},7])");
    ASSERT_EQ(reply.status, 200);
    const auto json = reply.json();
    ASSERT_TRUE(json.is_array());
    const auto& replies = json.get_array();
    ASSERT_EQ(replies.size(), 4);
    const auto status = [&](std::size_t i) { return operations::as_number(*operations::member(replies[i], "status")); };
    EXPECT_EQ(status(0), 200);
    EXPECT_EQ(status(1), 400);
    EXPECT_EQ(status(2), 400);
    EXPECT_EQ(status(3), 400);
    EXPECT_EQ(operations::member(*operations::member(replies[1], "problem"), "about")->get_string(), "units");
    std::string many = "[{}";
    for (int i = 0; i < 1000; ++i) many += ",{}";
    EXPECT_EQ(post("/v1/shelf/put", many + "]").status, 413);
}

TEST_F(GatewayTest, ABatchHoldsAWorkerForAWhileOnly) {
    std::string many;
    for (int i = 0; i < 60; ++i) many += std::string(i == 0 ? "[" : ",") + R"({"steps":1,"milliseconds":100})";
    const auto json = post("/v1/shelf/wait", many + "]").json();
    const auto& replies = json.get_array();
    ASSERT_EQ(replies.size(), 60);
    EXPECT_EQ(operations::as_number(*operations::member(replies.front(), "status")), 200);
    EXPECT_EQ(operations::as_number(*operations::member(replies.back(), "status")), 503);
}

TEST_F(GatewayTest, ComputesAReadOnceUntilAWrite) {
    const auto first = get("/v1/shelf/list?least_units=900");
    const int lists = server().shop.counts.lists;
    EXPECT_EQ(get("/v1/shelf/list?least_units=900").body, first.body);
    EXPECT_EQ(send(server().ready.port, {"POST", "/v1/shelf/list", viewer, R"({ "least_units": 900 })"}).body,
              first.body);
    EXPECT_EQ(server().shop.counts.lists, lists) << "another spelling of the same request is the same";
    const auto etag = first.headers.at("etag");
    const auto unchanged = get("/v1/shelf/list?least_units=900", {{"If-None-Match", etag}});
    EXPECT_EQ(unchanged.status, 304);
    EXPECT_EQ(unchanged.body, "");
    ASSERT_EQ(post("/v1/shelf/put", R"({"name":"big","units":950})").status, 200);
    const auto changed = get("/v1/shelf/list?least_units=900", {{"If-None-Match", etag}});
    EXPECT_EQ(changed.status, 200);
    EXPECT_THAT(changed.body, HasSubstr("big"));
    EXPECT_NE(changed.headers.at("etag"), etag);
}

TEST_F(GatewayTest, AnswersLongWorkWithARunAndItsEvents) {
    const auto accepted = post("/v1/shelf/count_slowly", R"({"steps":6})");
    ASSERT_EQ(accepted.status, 202);
    const auto location = accepted.headers.at("location");
    EXPECT_EQ(send(server().ready.port, {.path = location, .key = viewer}).status, 404) << "another's run";
    const auto events = send(server().ready.port, {.path = location + "/events", .key = editor});
    EXPECT_EQ(events.status, 200);
    EXPECT_EQ(events.headers.at("content-type"), "text/event-stream");
    EXPECT_THAT(events.body, HasSubstr("event: progress\ndata: {\"id\""));
    EXPECT_THAT(events.body, HasSubstr(R"("total":6,"unit":"steps","rate_per_second":)"));
    EXPECT_THAT(events.body, HasSubstr("event: done\ndata: {"));
    EXPECT_THAT(events.body, HasSubstr(R"("reply":{"steps":6}})"));
    EXPECT_EQ(send(server().ready.port, {.path = location, .key = editor}).text("state"), "done");
}

TEST_F(GatewayTest, RefusesLongWorkThatCannotBeDoneBeforeItBegins) {
    const auto unknown = post("/v1/shelf/count_slowly", R"({"stairs":6})");
    EXPECT_EQ(unknown.status, 400);
    EXPECT_EQ(unknown.text("about"), "stairs");
    EXPECT_EQ(post("/v1/shelf/count_slowly", R"({"steps":"six"})").status, 400);
    EXPECT_EQ(post("/v1/shelf/count_slowly?fields=stairs", R"({"steps":6})").text("about"), "stairs");
}

TEST_F(GatewayTest, RefusesFieldsThatNoReplyHasBeforeItWrites) {
    EXPECT_EQ(post("/v1/shelf/put?fields=colour", R"({"name":"never put"})").text("about"), "colour");
    EXPECT_EQ(post("/v1/shelf/take?fields=colour", R"({"name":"never taken"})").text("about"), "colour");
    EXPECT_THAT(get("/v1/shelf/list").body, testing::Not(HasSubstr("never put")));
    EXPECT_EQ(get("/v1/shelf/list?fields=colour").status, 400);
}

TEST_F(GatewayTest, GivesPicturesOfTheShopAndNothingElse) {
    const auto folder = server().shop.shop->folder() / "pictures";
    std::filesystem::create_directories(folder);
    const std::string png = std::string("\x89PNG\r\n\x1a\n") + "rest";
    ASSERT_TRUE(store::write_file(folder / "cup.png", png));
    ASSERT_TRUE(store::write_file(folder / "page.png", "<html><script>alert(1)</script></html>"));
    std::filesystem::remove(folder / "link.png");
    std::filesystem::create_symlink(server().shop.shop->folder() / "shop.yaml", folder / "link.png");
    const auto cup = get("/v1/pictures/cup.png");
    EXPECT_EQ(cup.status, 200);
    EXPECT_EQ(cup.headers.at("content-type"), "image/png");
    EXPECT_EQ(cup.headers.at("x-content-type-options"), "nosniff");
    EXPECT_EQ(cup.body, png);
    EXPECT_EQ(get("/v1/pictures/page.png").status, 400) << "what it is called does not make it a picture";
    for (const auto* path : {"link.png", "none.png", "../shop.yaml", "..%2fshop.yaml", ".hidden", ""})
        EXPECT_EQ(get(std::string("/v1/pictures/") + path).status, 404) << path;
    EXPECT_EQ(send(server().ready.port, {.path = "/v1/pictures/cup.png"}).status, 401);
    EXPECT_EQ(post("/v1/pictures/plate.png", png).body, R"({"picture":"pictures/plate.png"})");
    EXPECT_EQ(post("/v1/pictures/plate.png", png).status, 200) << "the same again";
    EXPECT_EQ(get("/v1/pictures/plate.png").body, png);
    EXPECT_EQ(post("/v1/pictures/plate.png", png + "other").status, 409);
    EXPECT_EQ(post("/v1/pictures/link.png", png).status, 409) << "what it leads to is left alone";
    EXPECT_EQ(post("/v1/pictures/page2.png", "<html>").status, 400);
    EXPECT_EQ(post("/v1/pictures/.plate.png", png).status, 400);
    EXPECT_EQ(send(server().ready.port, {"POST", "/v1/pictures/mine.png", viewer, png}).status, 403);
}

TEST_F(GatewayTest, CountsCharactersAndNotBytes) {
    std::string tea;
    for (int i = 0; i < 20; ++i) tea += "茶";
    EXPECT_EQ(post("/v1/shelf/put", R"({"name":")" + tea + R"("})").status, 200);
    EXPECT_EQ(post("/v1/shelf/put", R"({"name":")" + tea + R"(叶"})").status, 400);
}

TEST_F(GatewayTest, TellsThatAnOperationWillGo) {
    const auto reply = get("/v1/shelf/items");
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.headers.at("deprecation"), "@1767312000");
    EXPECT_EQ(reply.headers.at("sunset"), "Sat, 02 Jan 2027 00:00:00 GMT");
    EXPECT_EQ(reply.headers.at("link"), "</v1/shelf/list>; rel=\"successor-version\"");
    EXPECT_FALSE(get("/v1/shelf/list").headers.contains("deprecation"));
}

TEST_F(GatewayTest, WaitsForLongWorkWhereAsked) {
    const auto done = post("/v1/shelf/count_slowly", R"({"steps":2})", {{"Prefer", "wait=5"}});
    EXPECT_EQ(done.status, 200);
    EXPECT_EQ(done.body, R"({"steps":2})");
    const auto failed = post("/v1/shelf/count_slowly", R"({"steps":13,"milliseconds":1})", {{"Prefer", "wait=5"}});
    EXPECT_EQ(failed.status, 409);
    EXPECT_EQ(failed.text("about"), "steps");
    EXPECT_EQ(post("/v1/shelf/count_slowly", R"({"steps":30})", {{"Prefer", "wait=1"}}).status, 202);
}

TEST_F(GatewayTest, LogsInOnce) {
    const auto port = server().ready.port;
    const auto path = server().ready.login_url.substr(server().ready.login_url.find("/login"));
    const auto first = send(port, {.path = path});
    ASSERT_EQ(first.status, 303);
    const auto set = first.headers.at("set-cookie");
    EXPECT_THAT(set, HasSubstr("HttpOnly"));
    EXPECT_THAT(set, HasSubstr("SameSite=Strict"));
    EXPECT_EQ(send(port, {.path = path}).status, 401);
    const auto cookie = set.substr(0, set.find(';'));
    EXPECT_EQ(send(port, {.path = "/v1/keys/list", .headers = {{"Cookie", cookie}}}).status, 200);
    EXPECT_EQ(send(port, {"POST", "/v1/shelf/put", "", R"({"name":"c"})", {{"Cookie", cookie}}}).status, 403);
    EXPECT_EQ(
        send(port, {"POST", "/v1/shelf/put", "", R"({"name":"c"})", {{"Cookie", cookie}, {"X-Suanpan", "1"}}}).status,
        200);
    EXPECT_EQ(send(port, {.path = "/v1/keys/list", .headers = {{"Cookie", cookie + "0"}}}).status, 401);
}

TEST_F(GatewayTest, SlowLimitsTheRateOfOneKey) {
    // 1,200 at once and 50 a second more.
    const auto replies = send_together(server().ready.port, {.path = "/v1/shelf/list", .key = viewer}, 1'600);
    const auto good = std::ranges::count(replies, 200, &HttpReply::status);
    EXPECT_GE(good, 1'200);
    const auto refused = std::ranges::find(replies, 429, &HttpReply::status);
    ASSERT_NE(refused, replies.end());
    EXPECT_EQ(refused->headers.at("retry-after"), "1");
    EXPECT_EQ(send(server().ready.port, {.path = "/v1/shelf/list", .key = editor}).status, 200);
}

TEST_F(GatewayTest, TellsItsHealthAndFigures) {
    const auto port = server().ready.port;
    EXPECT_EQ(send(port, {.path = "/health"}).text("status"), "alive");
    EXPECT_EQ(send(port, {.path = "/ready"}).status, 200);
    EXPECT_THAT(send(port, {.path = "/"}).body, HasSubstr("<!doctype html>"));
    EXPECT_EQ(send(port, {.path = "/openapi.json"}).text("openapi"), "3.1.0");
    EXPECT_THAT(send(port, {.path = "/docs/shelf.md"}).body, HasSubstr("# shelf"));
    (void)get("/v1/shelf/list");
    const auto metrics = get("/metrics").body;
    EXPECT_THAT(metrics, HasSubstr("suanpan_requests_total{operation=\"shelf.list\",status=\"200\"}"));
    EXPECT_THAT(metrics, HasSubstr("suanpan_request_seconds_bucket{operation=\"shelf.list\",le=\"+Inf\"}"));
    EXPECT_EQ(send(port, {.path = "/metrics"}).status, 401);
    for (const auto* path : {"/health", "/ready", "/metrics", "/v1/runs"}) {
        const auto deleted = send(port, {"DELETE", path, viewer});
        EXPECT_EQ(deleted.status, 405) << path;
        EXPECT_EQ(deleted.headers.at("allow"), "GET") << path;
    }
}

TEST_F(GatewayTest, TellsTheLengthOfWhatHeadLeavesOut) {
    RawConnection connection(server().ready.port);
    connection.write("HEAD /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    const auto reply = connection.read_all();
    const auto length = send(server().ready.port, {.path = "/health"}).headers.at("content-length");
    EXPECT_THAT(reply, HasSubstr("HTTP/1.1 200 OK"));
    EXPECT_THAT(reply, HasSubstr("content-length: " + length));
    EXPECT_TRUE(reply.ends_with("\r\n\r\n")) << reply;
}

TEST_F(GatewayTest, SlowRefusesNobodyForWritesOfOthers) {
    // Each write makes the keys that the server knows stale.
    auto writes = std::async(std::launch::async, [&] {
        return send_together(server().ready.port, {"POST", "/v1/shelf/put", editor, R"({"name":"w"})"}, 300);
    });
    const auto reads = send_together(server().ready.port, {.path = "/v1/shelf/list?fields=units", .key = viewer}, 300);
    EXPECT_EQ(std::ranges::count(reads, 200, &HttpReply::status), 300);
    EXPECT_EQ(std::ranges::count(writes.get(), 200, &HttpReply::status), 300);
}

TEST_F(GatewayTest, SlowAThousandRequestsAtOnce) {
    const auto read = send_together(server().ready.port, {.path = "/v1/shelf/list", .key = viewer}, 1000);
    EXPECT_EQ(std::ranges::count(read, 200, &HttpReply::status), 1000);
    const auto before = server().shop.counts.puts.load();
    const auto written =
        send_together(server().ready.port, {"POST", "/v1/shelf/put", editor, R"({"name":"many"})"}, 1000);
    const auto good = std::ranges::count(written, 200, &HttpReply::status);
    const auto busy = std::ranges::count(written, 503, &HttpReply::status);
    EXPECT_EQ(good + busy, 1000);
    EXPECT_EQ(server().shop.counts.puts - before, good);
}

TEST_F(GatewayTest, FaultASlowClientHoldsUpNobodyAndIsClosed) {
    std::vector<std::unique_ptr<RawConnection>> slow;
    for (int i = 0; i < 200; ++i) {
        slow.push_back(std::make_unique<RawConnection>(server().ready.port));
        slow.back()->write("POST /v1/shelf/put HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{");
    }
    const auto begun = std::chrono::steady_clock::now();
    EXPECT_EQ(get("/v1/shelf/list").status, 200);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::milliseconds(500));
    for (int i = 0; i < 4; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
        slow[0]->write(" ");  // dribbling does not help
    }
    EXPECT_TRUE(slow[0]->is_closed_within(std::chrono::seconds(3)));
    EXPECT_TRUE(slow[199]->is_closed_within(std::chrono::seconds(3)));
}

TEST_F(GatewayTest, FaultGarbageIsNotAnswered) {
    RawConnection garbage(server().ready.port);
    garbage.write("\x16\x03\x01 garbage\r\n\r\n");
    EXPECT_EQ(get("/v1/shelf/list").status, 200);
}

}  // namespace
}  // namespace suanpan::gateway
