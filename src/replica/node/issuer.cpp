// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/node/issuer.h"

#include "replica/http/url.h"
#include "replica/provision/bootstrap.h"
#include "replica/state/keys.h"

namespace pilothouse::node {

Result<security::Authority> openAuthority(const state::Snapshot& state, const security::SealedBox& box,
                                          security::Profile profile) {
    const bool node = profile == security::Profile::node;
    const char* const secret = node ? provision::clusterCaKeySecret : provision::peerCaKeySecret;
    const auto* sealed = state.secrets.find(state::keys::nameBelow(state::keys::secrets, secret));
    if (sealed == nullptr) {
        return fail(ErrorCode::unavailable, "The cluster's signing key is not in the state yet");
    }
    const auto* certificate = state.certificates.find(node ? "cluster" : "peer");
    if (certificate == nullptr) {
        return fail(ErrorCode::unavailable, "The cluster's CA certificate is not in the state yet");
    }
    const auto key = box.open(sealed->record.sealed, secret);
    if (!key) {
        return fail(key.error());
    }
    return security::Authority::load(certificate->record.pem, *key);
}

security::SubjectNames namesFor(const std::string& url) {
    const auto parsed = http::parseUrl(url);
    return parsed ? security::subjectNamesForHost(parsed->host) : security::SubjectNames{};
}

} // namespace pilothouse::node
