#include "server/http.h"

#include <gtest/gtest.h>

#include "server/json.h"

namespace bundel::server {
namespace {

TEST(Listen, AddressesAndPorts) {
    struct Row {
        const char* text;
        const char* address;
        int port;  // -1: refused
    };
    for (const Row& row :
         {Row{"8080", "127.0.0.1", 8080}, Row{":9", "127.0.0.1", 9}, Row{"0.0.0.0:80", "0.0.0.0", 80},
          Row{"[::1]:81", "::1", 81}, Row{"127.0.0.1:65535", "127.0.0.1", 65535},
          Row{"127.0.0.1:65536", "", -1}, Row{"::1:81", "", -1}, Row{"localhost:80", "", -1}, Row{"", "", -1},
          Row{"127.0.0.1:", "", -1}, Row{"127.0.0.1:x", "", -1}}) {
        const auto listen = parse_listen(row.text);
        ASSERT_EQ(listen.ok(), row.port >= 0) << row.text;
        if (!listen.ok()) continue;
        EXPECT_EQ(listen->address, row.address);
        EXPECT_EQ(listen->port, row.port);
    }
}

TEST(Request, TheCookieOfThatName) {
    Request request;
    request.headers["cookie"] = "a=1; bundel=abc; bundel2=x";
    EXPECT_EQ(request.cookie("bundel"), "abc");
    EXPECT_EQ(request.cookie("b"), "");
    EXPECT_EQ(request.cookie("bundel2"), "x");
}

TEST(JsonText, WholeNumbersOnlyAndNotTooDeep) {
    EXPECT_EQ(Json::parse(R"({"a":[1,true,null,"x"]})")->text(), R"({"a":[1,true,null,"x"]})");
    for (const char* wrong : {"{", "1.5", "1e3", "99999999999999999999", "[1,]", ""})
        EXPECT_FALSE(Json::parse(wrong).ok()) << wrong;
    EXPECT_TRUE(Json::parse(std::string(30, '[') + std::string(30, ']')).ok());
    EXPECT_FALSE(Json::parse(std::string(40, '[') + std::string(40, ']')).ok());
    EXPECT_FALSE(Json::parse(std::string(100'000, '[')).ok());
}

TEST(Problem, SaysWhatAndInWords) {
    const Response response = problem(404, {"not_found"});
    EXPECT_EQ(response.type, "application/problem+json");
    const Json json = *Json::parse(response.body);
    EXPECT_EQ(json.text_of("title"), "Niet gevonden");
    EXPECT_EQ(json.text_of("code"), "not_found");
}

}  // namespace
}  // namespace bundel::server
