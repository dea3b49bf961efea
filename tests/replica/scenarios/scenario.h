// SPDX-License-Identifier: GPL-3.0-or-later
// What the OCI distribution specification 1.1 asks of a registry, put to a single replica and to three of
// which another one answers each request. The clusters live as long as the program; each test has a
// repository of its own.
#pragma once

#include "balancer.h"
#include "replica/blobs/digest.h"
#include "replica/provision/create_cluster.h"
#include "replica/registry/manifest.h"

#include <boost/json/value.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pilothouse::registry::test {

enum class Topology { one, three };
[[nodiscard]] inline auto topologies() {
    return testing::Values(Topology::one, Topology::three);
}
inline void PrintTo(Topology topology, std::ostream* out) {
    *out << (topology == Topology::one ? "one replica" : "three replicas");
}
[[nodiscard]] std::string nameOf(const testing::TestParamInfo<Topology>& info);

inline constexpr const char* octets = "application/octet-stream";
inline const std::string ociManifest{media::ociManifest};
inline const std::string ociIndex{media::ociIndex};

// Who may do everything, as the Authorization field has it. One place: with tokens instead of a password only
// this changes.
[[nodiscard]] std::string loginOf(const provision::CreatedCluster& cluster);
// `size` bytes that no other call gives.
[[nodiscard]] std::string freshBytes(std::size_t size);
[[nodiscard]] std::string digestOf(std::string_view bytes);
[[nodiscard]] std::string sha512Of(std::string_view bytes);
// An upload's address with the digest that ends it.
[[nodiscard]] std::string closing(const std::string& location, const std::string& digest);
[[nodiscard]] boost::json::value jsonOf(const Answer& answer);
// The texts of a list in an answer.
[[nodiscard]] std::vector<std::string> listIn(const Answer& answer, const char* name);
// What `Link: <…>; rel="next"` leads to; empty without.
[[nodiscard]] std::string nextOf(const Answer& answer);

struct Blob {
    std::string bytes;
    std::string digest;
};

struct Image {
    Blob config;
    Blob layer;
    std::string manifest;
    std::string digest;
};

[[nodiscard]] std::string descriptorOf(const std::string& mediaType, std::string_view bytes);
// An image's manifest; `more` are further fields, each with a comma before it.
[[nodiscard]] std::string
manifestOf(const Blob& config, const std::vector<Blob>& layers, const std::string& more = {},
           const std::string& configType = "application/vnd.oci.image.config.v1+json");
[[nodiscard]] std::string indexOf(const std::vector<std::string>& manifests, const std::string& more = {});
// ,"subject":{…} of a manifest.
[[nodiscard]] std::string subjectField(std::string_view manifest);

class Scenario : public testing::TestWithParam<Topology> {
protected:
    void SetUp() override;
    void TearDown() override;

    [[nodiscard]] Balancer& registry() { return *m_registry; }
    [[nodiscard]] Answer ask(const Ask& ask) { return m_registry->ask(ask); }
    [[nodiscard]] Answer get(const std::string& target) { return ask({"GET", target}); }
    [[nodiscard]] Answer head(const std::string& target) { return ask({"HEAD", target}); }
    [[nodiscard]] Answer remove(const std::string& target) { return ask({"DELETE", target}); }
    // The status that each replica answers with.
    [[nodiscard]] std::vector<int> everywhere(const Ask& ask);
    // As many as there are replicas.
    [[nodiscard]] std::vector<int> all(int status) const;

    // Below "/v2/<repository>"; the repository is the test's own, with `suffix` after its name.
    [[nodiscard]] std::string at(const std::string& rest, const std::string& suffix = {}) const {
        return "/v2/" + m_repository + suffix + rest;
    }
    [[nodiscard]] std::string blobAt(const std::string& digest, const std::string& suffix = {}) const {
        return at("/blobs/" + digest, suffix);
    }
    [[nodiscard]] std::string manifestAt(const std::string& reference, const std::string& suffix = {}) const {
        return at("/manifests/" + reference, suffix);
    }
    [[nodiscard]] const std::string& repository() const { return m_repository; }
    // What the replicas have logged so far.
    [[nodiscard]] std::string logText() const;

    // POST: the address of an upload.
    [[nodiscard]] std::string beginUpload();
    [[nodiscard]] Answer put(const std::string& location, const std::string& digest,
                             const std::string& bytes = {});
    [[nodiscard]] Answer putManifest(const std::string& reference, const std::string& bytes,
                                     const std::string& mediaType = ociManifest);
    // They fail the test when that does not work.
    Blob pushBlob(const std::string& bytes, const std::string& suffix = {});
    Image pushImage(const std::string& tag, const std::string& more = {});

private:
    Balancer* m_registry = nullptr;
    std::string m_repository;
};

} // namespace pilothouse::registry::test
