// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/provision/identity.h"
#include "replica/security/files.h"
#include "support/fixtures.h"

#include <functional>
#include <vector>

namespace pilothouse::provision {
namespace {

using namespace pilothouse::test;

Identity sample() {
    return {.id = "0123456789ab",
            .name = "reg-1",
            .cluster_id = std::string(32, 'c'),
            .cluster_name = "First light",
            .epoch = 2,
            .url = "https://reg-1.example.org:443",
            .http_url = "http://reg-1.example.org:80",
            .peer_url = "https://[2001:db8::1]:7443",
            .listen = {"::", 8443, 8080, 17444, 17443},
            .created_at = "2026-03-02T10:00:00.000Z",
            .initial_cluster = "0123456789ab=https://[2001:db8::1]:7443",
            .initial_cluster_state = "existing"};
}

TEST(Identity, ComesBackFromDisk) {
    const TemporaryFolder folder;
    const Layout layout(folder.path());
    ASSERT_TRUE(saveIdentity(layout, sample()));
    EXPECT_EQ(modeOf(layout.identity()), 0600U);
    const Result<Identity> read = loadIdentity(layout);
    ASSERT_TRUE(read) << read.error().text();
    EXPECT_EQ(read->id, "0123456789ab");
    EXPECT_EQ(read->name, "reg-1");
    EXPECT_EQ(read->cluster_id, std::string(32, 'c'));
    EXPECT_EQ(read->cluster_name, "First light");
    EXPECT_EQ(read->epoch, 2);
    EXPECT_EQ(read->url, "https://reg-1.example.org:443");
    EXPECT_EQ(read->http_url, "http://reg-1.example.org:80");
    EXPECT_EQ(read->peer_url, "https://[2001:db8::1]:7443");
    EXPECT_EQ(read->listen.host, "::");
    EXPECT_EQ(read->listen.https_port, 8443);
    EXPECT_EQ(read->listen.http_port, 8080);
    EXPECT_EQ(read->listen.engine_client_port, 17444);
    EXPECT_EQ(read->listen.engine_peer_port, 17443);
    EXPECT_EQ(read->created_at, "2026-03-02T10:00:00.000Z");
    EXPECT_EQ(read->initial_cluster, "0123456789ab=https://[2001:db8::1]:7443");
    EXPECT_EQ(read->initial_cluster_state, "existing");
}

TEST(Identity, EveryFieldIsChecked) {
    const std::vector<std::pair<std::string, std::function<void(Identity&)>>> faults{
        {"id", [](Identity& i) { i.id = "0123456789AB"; }},
        {"cluster_id", [](Identity& i) { i.cluster_id = "c"; }},
        {"name", [](Identity& i) { i.name = "-x"; }},
        {"name", [](Identity& i) { i.name = "a/b"; }},
        {"cluster's name", [](Identity& i) { i.cluster_name = "a\nb"; }},
        {"epoch", [](Identity& i) { i.epoch = 0; }},
        {"url", [](Identity& i) { i.url = "http://reg-1"; }},
        {"http_url", [](Identity& i) { i.http_url = "https://reg-1"; }},
        {"peer_url", [](Identity& i) { i.peer_url = "reg-1:7443"; }},
        {"listen.host", [](Identity& i) { i.listen.host = "reg-1"; }},
        {"listen.https_port", [](Identity& i) { i.listen.https_port = 0; }},
        {"listen.http_port", [](Identity& i) { i.listen.http_port = 65536; }},
        {"listen.engine_client_port", [](Identity& i) { i.listen.engine_client_port = -1; }},
        {"listen.engine_peer_port", [](Identity& i) { i.listen.engine_peer_port = 70000; }},
        {"created_at", [](Identity& i) { i.created_at = "now"; }},
        {"initial_cluster", [](Identity& i) { i.initial_cluster = "x=https://a:1"; }},
        {"initial_cluster_state", [](Identity& i) { i.initial_cluster_state = "old"; }},
    };
    const TemporaryFolder folder;
    const Layout layout(folder.path());
    for (const auto& [field, spoil] : faults) {
        Identity identity = sample();
        spoil(identity);
        const Status saved = saveIdentity(layout, identity);
        ASSERT_FALSE(saved) << field;
        EXPECT_NE(saved.error().message.find(field), std::string::npos) << saved.error().text();
    }
    EXPECT_FALSE(std::filesystem::exists(layout.identity()));
}

TEST(Identity, SaysWhyItCannotBeUsed) {
    const TemporaryFolder folder;
    const Layout layout(folder.path());
    const Result<Identity> none = loadIdentity(layout);
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, ErrorCode::notFound);
    EXPECT_NE(none.error().hint.find("init"), std::string::npos);

    ASSERT_TRUE(saveIdentity(layout, sample()));
    const std::string good = readWhole(layout.identity());
    for (std::size_t length = 0; length + 2 < good.size(); length += 7) {
        ASSERT_TRUE(security::writePrivateFile(layout.identity(), good.substr(0, length)));
        const Result<Identity> part = loadIdentity(layout);
        ASSERT_FALSE(part) << length;
        EXPECT_EQ(part.error().code, ErrorCode::corrupt) << length;
        EXPECT_NE(part.error().message.find("replica.json"), std::string::npos);
    }
    std::string newer = good;
    newer.replace(newer.find("\"schema\":1"), 10, "\"schema\":2");
    ASSERT_TRUE(security::writePrivateFile(layout.identity(), newer));
    EXPECT_EQ(loadIdentity(layout).error().code, ErrorCode::conflict);

    ASSERT_TRUE(security::writePrivateFile(layout.identity(), good));
    ASSERT_EQ(::chmod(layout.identity().c_str(), 0644), 0);
    EXPECT_EQ(loadIdentity(layout).error().code, ErrorCode::forbidden);
}

} // namespace
} // namespace pilothouse::provision
