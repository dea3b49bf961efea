// SPDX-License-Identifier: GPL-3.0-or-later
#include "scenario.h"

#include "base/encoding.h"
#include "replica/security/random.h"
#include "replica/support/cluster.h"

#include <boost/json/parse.hpp>

#include <array>

namespace pilothouse::registry::test {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

// A cluster that outlives the test that first needs it.
class RunningCluster final : public pilothouse::test::ClusterTest {
public:
    explicit RunningCluster(int replicas) {
        makeCluster(replicas);
        for (int i = 1; i <= replicas; ++i) {
            m_replicas.push_back(startSharp(i));
        }
        std::vector<std::uint16_t> ports;
        for (std::size_t i = 0; i < m_replicas.size(); ++i) {
            const auto healthy = m_replicas[i]->waitUntilHealthy(30s);
            EXPECT_TRUE(healthy) << healthy.error().text();
            ports.push_back(static_cast<std::uint16_t>(create.members[i].https_port));
        }
        m_balancer.emplace(ports, pilothouse::test::readWhole(cluster.caFile), loginOf(cluster));
        for (const std::uint16_t port : ports) {
            EXPECT_TRUE(eventually([&] { return serves(port); })) << "it does not list repositories";
        }
    }
    void TestBody() override {}
    [[nodiscard]] Balancer& balancer() { return *m_balancer; }
    [[nodiscard]] std::string logText() const { return log.text(); }

private:
    // With a collector that, once it knows no grace, looks again at once: it meets as many pushes as it can.
    [[nodiscard]] std::unique_ptr<Replica> startSharp(int member) {
        ReplicaOptions wanted = options(member);
        wanted.collectPause = 5ms;
        auto replica = Replica::start(std::move(wanted));
        EXPECT_TRUE(replica) << replica.error().text();
        return replica ? std::move(*replica) : nullptr;
    }
    // It may take traffic before its read model has caught up, and refuses reads until then.
    [[nodiscard]] bool serves(std::uint16_t port) {
        http::test::RawTlsOptions tls;
        tls.authorities = pilothouse::test::readWhole(cluster.caFile);
        RawClient client(port, tls);
        return client.ask(wireForm({"GET", "/v2/_catalog"}, m_balancer->login())).status == 200;
    }

    std::vector<std::unique_ptr<Replica>> m_replicas;
    std::optional<Balancer> m_balancer;
};

std::array<std::unique_ptr<RunningCluster>, 2> clusters;

RunningCluster& clusterOf(Topology topology) {
    auto& cluster = clusters.at(static_cast<std::size_t>(topology));
    if (!cluster) {
        cluster = std::make_unique<RunningCluster>(topology == Topology::one ? 1 : 3);
    }
    return *cluster;
}

class Clusters final : public testing::Environment {
public:
    void TearDown() override { clusters = {}; }
};
const auto* const environment = testing::AddGlobalTestEnvironment(new Clusters);

// "PullsABlob" as "pulls-a-blob".
std::string dashed(const std::string& name) {
    std::string text;
    for (const char c : name) {
        const bool upper = c >= 'A' && c <= 'Z';
        text += upper && !text.empty() ? "-" : "";
        text += upper ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return text;
}

} // namespace

std::string loginOf(const provision::CreatedCluster& cluster) {
    std::string password = pilothouse::test::readWhole(cluster.passwordFile);
    password = password.substr(0, password.find('\n'));
    return "Basic " + toBase64(cluster.adminName + ":" + password);
}

std::string nameOf(const testing::TestParamInfo<Topology>& info) {
    return info.param == Topology::one ? "one" : "three";
}

std::string freshBytes(std::size_t size) {
    static std::size_t count = 0;
    std::string bytes = std::to_string(++count) + ":";
    for (std::size_t i = bytes.size(); i < size; ++i) {
        bytes += static_cast<char>((i * 131 + count + i / 251) & 0xff);
    }
    return bytes.substr(0, std::max<std::size_t>(size, bytes.find(':') + 1));
}

std::string digestOf(std::string_view bytes) {
    return blobs::Digest::of(bytes).str();
}

std::string sha512Of(std::string_view bytes) {
    return blobs::Digest::of(bytes, blobs::Algorithm::sha512).str();
}

std::string closing(const std::string& location, const std::string& digest) {
    return location + (location.find('?') == std::string::npos ? '?' : '&') + "digest=" + digest;
}

json::value jsonOf(const Answer& answer) {
    boost::system::error_code failed;
    json::value value = json::parse(answer.body, failed);
    EXPECT_FALSE(failed) << answer.body;
    return failed ? json::value(json::object()) : value;
}

std::vector<std::string> listIn(const Answer& answer, const char* name) {
    const json::value body = jsonOf(answer);
    const auto* list = body.is_object() ? body.get_object().if_contains(name) : nullptr;
    if (list == nullptr || !list->is_array()) {
        ADD_FAILURE() << "there is no list of " << name << " in " << answer.body;
        return {};
    }
    std::vector<std::string> texts;
    for (const json::value& each : list->get_array()) {
        texts.emplace_back(each.as_string());
    }
    return texts;
}

std::string nextOf(const Answer& answer) {
    const std::string link = answer.field("link");
    const std::string end = R"(>; rel="next")";
    if (!link.starts_with('<') || !link.ends_with(end)) {
        EXPECT_EQ(link, "");
        return {};
    }
    return link.substr(1, link.size() - 1 - end.size());
}

std::string descriptorOf(const std::string& mediaType, std::string_view bytes) {
    return R"({"mediaType":")" + mediaType + R"(","digest":")" + digestOf(bytes) + R"(","size":)" +
           std::to_string(bytes.size()) + "}";
}

std::string manifestOf(const Blob& config, const std::vector<Blob>& layers, const std::string& more,
                       const std::string& configType) {
    std::string list;
    for (const Blob& layer : layers) {
        list += (list.empty() ? "" : ",") +
                descriptorOf("application/vnd.oci.image.layer.v1.tar+gzip", layer.bytes);
    }
    return R"({"schemaVersion":2,"mediaType":")" + ociManifest + R"(","config":)" +
           descriptorOf(configType, config.bytes) + R"(,"layers":[)" + list + "]" + more + "}";
}

std::string indexOf(const std::vector<std::string>& manifests, const std::string& more) {
    std::string list;
    for (const std::string& manifest : manifests) {
        list += (list.empty() ? "" : ",") + descriptorOf(ociManifest, manifest);
    }
    return R"({"schemaVersion":2,"mediaType":")" + ociIndex + R"(","manifests":[)" + list + "]" + more + "}";
}

std::string subjectField(std::string_view manifest) {
    return R"(,"subject":)" + descriptorOf(ociManifest, manifest);
}

void Scenario::SetUp() {
    m_registry = &clusterOf(GetParam()).balancer();
    const auto* const info = testing::UnitTest::GetInstance()->current_test_info();
    const std::string suite = info->test_suite_name();
    const std::string name = info->name();
    m_repository = dashed(suite.substr(suite.find('/') + 1)) + "/" + dashed(name.substr(0, name.find('/')));
}

void Scenario::TearDown() {
    if (HasFailure()) {
        const std::string text = logText();
        constexpr std::size_t shown = 6000;
        GTEST_LOG_(INFO) << "The end of what the replicas logged:\n"
                         << text.substr(text.size() - std::min(text.size(), shown));
    }
}

std::string Scenario::logText() const {
    return clusterOf(GetParam()).logText();
}

std::vector<int> Scenario::everywhere(const Ask& ask) {
    std::vector<int> statuses;
    for (std::size_t replica = 0; replica < m_registry->size(); ++replica) {
        statuses.push_back(m_registry->askAt(replica, ask).status);
    }
    return statuses;
}

std::vector<int> Scenario::all(int status) const {
    return std::vector<int>(m_registry->size(), status);
}

std::string Scenario::beginUpload() {
    const Answer begun = ask({"POST", at("/blobs/uploads/")});
    EXPECT_EQ(begun.status, 202) << begun.head << begun.body;
    return begun.field("location");
}

Answer Scenario::put(const std::string& location, const std::string& digest, const std::string& bytes) {
    return ask({"PUT", closing(location, digest), bytes, {{"Content-Type", octets}}});
}

Answer Scenario::putManifest(const std::string& reference, const std::string& bytes,
                             const std::string& mediaType) {
    return ask({"PUT", manifestAt(reference), bytes, {{"Content-Type", mediaType}}});
}

Blob Scenario::pushBlob(const std::string& bytes, const std::string& suffix) {
    Blob blob{bytes, digestOf(bytes)};
    const Answer pushed =
        ask({"POST", at("/blobs/uploads/?digest=" + blob.digest, suffix), bytes, {{"Content-Type", octets}}});
    EXPECT_EQ(pushed.status, 201) << pushed.head << pushed.body;
    return blob;
}

Image Scenario::pushImage(const std::string& tag, const std::string& more) {
    Image image{pushBlob(freshBytes(200)), pushBlob(freshBytes(2000)), {}, {}};
    image.manifest = manifestOf(image.config, {image.layer}, more);
    image.digest = digestOf(image.manifest);
    const Answer pushed = putManifest(tag, image.manifest);
    EXPECT_EQ(pushed.status, 201) << pushed.head << pushed.body;
    return image;
}

} // namespace pilothouse::registry::test
