// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/provision/create_cluster.h"

#include "base/encoding.h"
#include "base/ids.h"
#include "replica/http/url.h"
#include "replica/provision/create_options.h"
#include "replica/provision/folder_writer.h"
#include "replica/provision/member_folder.h"
#include "replica/provision/names.h"
#include "replica/security/authority.h"
#include "replica/security/files.h"
#include "replica/security/password.h"
#include "replica/security/sealed_box.h"

#include <set>

namespace pilothouse::provision {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t clusterIdBytes = 16;
constexpr std::size_t replicaIdBytes = 6;
constexpr std::size_t maxPasswordFile = 4096;

// What all members of the new cluster share.
struct Shared {
    security::Authority clusterCa;
    security::Authority peerCa;
    std::string clusterKey;
    Bootstrap bootstrap;
};

// The first line of the given file, or a new one.
Result<std::string> adminPassword(const CreateOptions& options, const security::Random& random) {
    if (!options.adminPasswordFile) {
        return security::generatePassword(random);
    }
    Result<std::string> text = security::readPrivateFile(*options.adminPasswordFile, maxPasswordFile);
    if (!text) {
        return text;
    }
    std::string password = text->substr(0, text->find_first_of("\r\n"));
    if (const Status status = security::checkPasswordRules(password); !status) {
        return failIn(options.adminPasswordFile->string(), status.error());
    }
    return password;
}

BootstrapMember bootstrapMember(const MemberOptions& options, const std::string& id) {
    const auto address = [&](std::int64_t port) {
        return http::hostAndPort(options.host, static_cast<std::uint16_t>(port));
    };
    return {id, options.name, "https://" + address(options.https_port),
            "http://" + address(options.http_port), "https://" + address(options.peer_port)};
}

std::vector<BootstrapMember> bootstrapMembers(const CreateOptions& options, const security::Random& random) {
    std::vector<BootstrapMember> members;
    std::set<std::string> ids;
    for (const MemberOptions& member : options.members) {
        std::string id = random.hex(replicaIdBytes);
        while (!ids.insert(id).second) {
            id = random.hex(replicaIdBytes);
        }
        members.push_back(bootstrapMember(member, id));
    }
    return members;
}

Result<Shared> makeShared(const CreateOptions& options, const std::string& password, WallTime now,
                          const security::Random& random) {
    using namespace security;
    const std::string clusterId = random.hex(clusterIdBytes);
    Result<Authority> clusterCa = Authority::create("Pilothouse cluster " + options.clusterName, now);
    Result<Authority> peerCa = Authority::create("Pilothouse peers " + clusterId + " 1", now);
    Result<std::string> verifier = makeVerifier(password, random);
    if (!clusterCa || !peerCa || !verifier) {
        return fail(!clusterCa ? clusterCa.error() : !peerCa ? peerCa.error() : verifier.error());
    }
    std::string key = random.bytes(SealedBox::keyBytes);
    const Result<SealedBox> box = SealedBox::create(key);
    if (!box) {
        return fail(box.error());
    }
    Bootstrap bootstrap{.cluster_id = clusterId,
                        .cluster_name = options.clusterName,
                        .created_at = toRfc3339(now),
                        .external_url = options.externalUrl,
                        .members = bootstrapMembers(options, random),
                        .cluster_ca = clusterCa->certificatePem(),
                        .peer_ca = peerCa->certificatePem(),
                        .sealed_cluster_ca_key = box->seal(clusterCa->keyPem(), clusterCaKeySecret, random),
                        .sealed_peer_ca_key = box->seal(peerCa->keyPem(), peerCaKeySecret, random),
                        .admin_name = options.adminName,
                        .admin_verifier = std::move(*verifier)};
    return Shared{std::move(*clusterCa), std::move(*peerCa), std::move(key), std::move(bootstrap)};
}

Identity identityOf(const MemberOptions& options, const BootstrapMember& member, const Bootstrap& bootstrap) {
    return {.id = member.id,
            .name = member.name,
            .cluster_id = bootstrap.cluster_id,
            .cluster_name = bootstrap.cluster_name,
            .epoch = bootstrap.epoch,
            .url = member.url,
            .http_url = member.http_url,
            .peer_url = member.peer_url,
            .listen = {options.listen_host.value_or(listenHostFor(options.host)), options.https_port,
                       options.http_port, options.engine_port, options.peer_port},
            .created_at = bootstrap.created_at,
            .initial_cluster = initialCluster(bootstrap.members),
            .initial_cluster_state = "new"};
}

// Everything in a member's folder except replica.json, which says that it is complete.
Status writeMember(FolderWriter& writer, const MemberOptions& options, const BootstrapMember& member,
                   const Shared& shared, WallTime now) {
    const Result<security::PrivateKey> nodeKey = security::PrivateKey::generate();
    const Result<security::PrivateKey> peerKey = security::PrivateKey::generate();
    if (!nodeKey || !peerKey) {
        return fail(nodeKey ? peerKey.error() : nodeKey.error());
    }
    security::CertificateOrder order{security::Profile::node,
                                     {ClusterId(shared.bootstrap.cluster_id), ReplicaId(member.id)},
                                     security::subjectNamesForHost(options.host)};
    const Result<std::string> node = shared.clusterCa.issue(*nodeKey, order, now);
    order.profile = security::Profile::enginePeer;
    const Result<std::string> peer = shared.peerCa.issue(*peerKey, order, now);
    if (!node || !peer) {
        return fail(node ? peer.error() : node.error());
    }
    const Layout layout(options.data_dir);
    const MemberFiles files{.nodeKey = nodeKey->pem(),
                            .nodeCertificate = *node,
                            .clusterCa = shared.bootstrap.cluster_ca,
                            .peerKey = peerKey->pem(),
                            .peerCertificate = *peer,
                            .peerCa = shared.bootstrap.peer_ca,
                            .clusterKey = shared.clusterKey};
    return writeMemberFiles(writer, layout, files, now).and_then([&] {
        writer.made(layout.bootstrap());
        return saveBootstrap(layout, shared.bootstrap);
    });
}

// A password that was made for the administrator; one that was given stays where it is.
Result<fs::path> writePassword(FolderWriter& writer, const CreateOptions& options,
                               const std::string& password) {
    if (options.adminPasswordFile) {
        return *options.adminPasswordFile;
    }
    const fs::path path = options.newPasswordFile.empty()
                              ? options.members.front().data_dir / "admin-password"
                              : options.newPasswordFile;
    std::error_code ignored;
    if (fs::exists(path, ignored)) {
        return fail(ErrorCode::conflict, path.string() + " is there already",
                    "Choose another file for the administrator's new password");
    }
    return writer.file(path, password + "\n").map([&] { return path; });
}

} // namespace

Result<CreatedCluster> createCluster(const CreateOptions& options, const Clock& clock,
                                     const security::Random& random) {
    if (const Status status = checkOptions(options); !status) {
        return fail(status.error());
    }
    const Result<std::string> password = adminPassword(options, random);
    if (!password) {
        return fail(password.error());
    }
    const WallTime now = clock.wall();
    const Result<Shared> shared = makeShared(options, *password, now, random);
    if (!shared) {
        return fail(shared.error());
    }
    const std::vector<BootstrapMember>& members = shared->bootstrap.members;
    FolderWriter writer;
    for (std::size_t i = 0; i < members.size(); ++i) {
        if (const Status status = writeMember(writer, options.members[i], members[i], *shared, now);
            !status) {
            return fail(status.error());
        }
    }
    const Result<fs::path> passwordFile = writePassword(writer, options, *password);
    const Result<security::CertificateFacts> ca = security::parseCertificate(shared->bootstrap.cluster_ca);
    if (!passwordFile || !ca) {
        return fail(passwordFile ? ca.error() : passwordFile.error());
    }
    CreatedCluster created{shared->bootstrap.cluster_id,
                           {},
                           Layout(options.members.front().data_dir).clusterCa(),
                           ca->sha256,
                           options.adminName,
                           *passwordFile};
    for (std::size_t i = 0; i < members.size(); ++i) {
        const Identity identity = identityOf(options.members[i], members[i], shared->bootstrap);
        const Layout layout(options.members[i].data_dir);
        writer.made(layout.identity());
        if (const Status status = saveIdentity(layout, identity); !status) {
            return fail(status.error());
        }
        created.members.push_back(identity);
    }
    writer.keep();
    return created;
}

std::string initialCluster(const std::vector<BootstrapMember>& members) {
    std::string text;
    for (const BootstrapMember& member : members) {
        text += (text.empty() ? "" : ",") + member.id + "=" + member.peer_url;
    }
    return text;
}

} // namespace pilothouse::provision
