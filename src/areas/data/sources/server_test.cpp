#include "areas/data/sources/server.h"

#include <gmock/gmock.h>

#include "areas/data/sources/test_shop.h"

// What needs a server is in tests/postgres_test.py.
namespace suanpan::data {
namespace {

using testing::HasSubstr;
using testing::Not;

Result<Server> parse(const std::string& settings) {
    return parse_server("sources:\n  - name: erp\n    postgres: {" + settings + "}\n  - {name: files}\n", "erp");
}

TEST(Server, IsWhatTheMappingSays) {
    const auto server =
        parse("connect: env:ERP, table: sales.orders, key: id, overlap: 10 minutes, compare: 1 day, batch: 7");
    ASSERT_TRUE(server) << server.error().text();
    EXPECT_EQ(server->connect, "env:ERP");
    EXPECT_EQ(server->table, "sales.orders");
    EXPECT_EQ(server->overlap, "10 minutes");
    EXPECT_EQ(server->compare, "1 day");
    EXPECT_EQ(server->batch, 7);
}

TEST(Server, SaysWhatIsWrongWithItsSettings) {
    const auto reason = [](const std::string& settings) { return parse(settings).error().message; };
    EXPECT_THAT(reason("connect: env:A, key: id"), HasSubstr("a `table` or a `query`, one of the two"));
    EXPECT_THAT(reason("connect: env:A, table: t"), HasSubstr("postgres needs a `key`"));
    EXPECT_THAT(reason("connect: 'host=db password=s3cret', table: t, key: id"),
                HasSubstr("a password has no place in the mapping"));
    EXPECT_THAT(reason("connect: 'host=db password=s3cret', table: t, key: id"), Not(HasSubstr("s3cret")));
    EXPECT_THAT(reason("port: 5432"), HasSubstr("unknown setting \"port\" of postgres; known are connect, table"));
    EXPECT_THAT(reason("connect: env:A, table: t, key: id, batch: 0"), HasSubstr("1 to 1000000 rows"));
    EXPECT_THAT(parse_server("sources: [{name: files}]", "files").error().message, HasSubstr("has no `postgres`"));
    EXPECT_THAT(parse_server("sources: []", "erp").error().message, HasSubstr("no such source"));
}

TEST_F(SourceTest, AConnectionStringIsKeptApart) {
    Server server{.connect = "env:SUANPAN_TEST_NO_SUCH_VARIABLE"};
    EXPECT_THAT(connection_text(server, folder).error().message, HasSubstr("this variable is not set"));
    const auto file = folder / "erp.conninfo";
    std::ofstream(file) << "host=db password=s3cret\n";
    server.connect = "file:" + file.string();
    std::filesystem::permissions(file, std::filesystem::perms(0640));
    EXPECT_THAT(connection_text(server, folder / "shop").error().message, HasSubstr("chmod 600"));
    std::filesystem::permissions(file, std::filesystem::perms(0600));
    EXPECT_EQ(connection_text(server, folder / "shop").value(), "host=db password=s3cret");
    EXPECT_THAT(connection_text(server, folder).error().message, HasSubstr("no place in the shop's folder"));
}

TEST_F(SourceTest, AServerThatIsNotThereIsSaidWithoutThePassword) {
    const auto file = folder / "erp.conninfo";
    std::ofstream(file) << "host=127.0.0.1 port=1 password=s3cret";
    std::filesystem::permissions(file, std::filesystem::perms(0600));
    const Server server{.connect = "file:" + file.string(), .table = "t", .key = "id"};
    const auto none = pull(*shop, mapping.sources[0], server, {});
    EXPECT_EQ(none.error().code, ErrorCode::unavailable);
    EXPECT_THAT(none.error().text(), HasSubstr("cannot be reached or went away"));
    EXPECT_THAT(none.error().text(), Not(HasSubstr("s3cret")));
    std::ofstream(file) << "s3cret";
    const auto wrong = pull(*shop, mapping.sources[0], server, {});
    EXPECT_THAT(wrong.error().text(), HasSubstr("is no connection string"));
    EXPECT_THAT(wrong.error().text(), Not(HasSubstr("s3cret")));
}

}  // namespace
}  // namespace suanpan::data
