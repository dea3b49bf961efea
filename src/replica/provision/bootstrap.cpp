// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/provision/bootstrap.h"

#include "api/json_codec.h"
#include "replica/security/files.h"

#include <boost/describe/class.hpp>

namespace pilothouse::provision {

BOOST_DESCRIBE_STRUCT(BootstrapMember, (), (id, name, url, http_url, peer_url))
BOOST_DESCRIBE_STRUCT(Bootstrap, (),
                      (schema, cluster_id, cluster_name, created_at, epoch, feature_level, external_url,
                       members, cluster_ca, peer_ca, sealed_cluster_ca_key, sealed_peer_ca_key, admin_name,
                       admin_verifier))

namespace {

constexpr std::size_t maxBytes = 1 << 20;

} // namespace

Status saveBootstrap(const Layout& layout, const Bootstrap& bootstrap) {
    return security::writePrivateFile(layout.bootstrap(), api::toJson(bootstrap) + "\n");
}

Result<std::optional<Bootstrap>> loadBootstrap(const Layout& layout) {
    const Result<std::string> text = security::readPrivateFile(layout.bootstrap(), maxBytes);
    if (!text) {
        return text.error().code == ErrorCode::notFound ? Result<std::optional<Bootstrap>>(std::nullopt)
                                                        : fail(text.error());
    }
    Result<Bootstrap> bootstrap = api::fromJson<Bootstrap>(*text);
    if (!bootstrap || bootstrap->schema != 1 || bootstrap->members.empty()) {
        const std::string why = bootstrap ? "it has no members or another schema" : bootstrap.error().message;
        return fail(ErrorCode::corrupt, layout.bootstrap().string() + " cannot be used: " + why,
                    "Make the cluster again with: pilothouse-replica init");
    }
    return std::optional(std::move(*bootstrap));
}

Status removeBootstrap(const Layout& layout) {
    std::error_code error;
    std::filesystem::remove(layout.bootstrap(), error);
    return error ? fail(ErrorCode::internal,
                        "cannot remove " + layout.bootstrap().string() + ": " + error.message())
                 : Status();
}

} // namespace pilothouse::provision
