// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/waiting/pending_setup.h"

#include "api/json_codec.h"
#include "replica/provision/folder_writer.h"
#include "replica/provision/pending_join.h"
#include "replica/security/authority.h"
#include "replica/security/coded_line.h"
#include "replica/security/files.h"
#include "replica/security/setup_code.h"

#include <boost/describe/class.hpp>

#include <system_error>

namespace pilothouse::waiting {

BOOST_DESCRIBE_STRUCT(PendingSetup, (),
                      (schema, name, url, http_url, peer_url, secret, authority, certificate, key,
                       wrong_codes, token))

namespace {

constexpr std::size_t maxBytes = 1 << 20;
constexpr std::size_t secretBytes = 32;

tl::unexpected<Error> damaged(const provision::Layout& layout, const std::string& why) {
    return fail(ErrorCode::corrupt, layout.pendingSetup().string() + " cannot be used: " + why,
                "Remove the file: the next start makes a new setup code");
}

Result<PendingSetup> read(const provision::Layout& layout, const std::string& text) {
    Result<PendingSetup> setup = api::fromJson<PendingSetup>(text);
    if (!setup) {
        return damaged(layout, setup.error().message);
    }
    if (setup->schema != 1) {
        return fail(ErrorCode::conflict, layout.pendingSetup().string() + " was written by a newer version",
                    "Update this program");
    }
    if (!security::isLowerHex(setup->secret, 2 * secretBytes)) {
        return damaged(layout, "secret: expected 64 hexadecimal digits");
    }
    const auto authority = security::parseCertificate(setup->authority);
    const auto certificate = security::parseCertificate(setup->certificate);
    const auto key = security::PrivateKey::fromPem(setup->key);
    if (!authority || !certificate || !key) {
        return damaged(layout, "a certificate or its key cannot be read");
    }
    if (certificate->publicKeySha256 != key->publicKeySha256()) {
        return damaged(layout, "certificate and key do not belong together");
    }
    return setup;
}

bool isFor(const PendingSetup& setup, const HostPlan& plan) {
    return setup.name == plan.name && setup.url == plan.url() && setup.http_url == plan.httpUrl() &&
           setup.peer_url == plan.peerUrl();
}

// Whether it can be gone on with. A clock that was wrong when the certificate was made has made it useless.
bool isUsable(const PendingSetup& setup, WallTime now) {
    return setup.wrong_codes < mostWrongCodes &&
           security::verifyCertificate(setup.certificate, setup.authority, security::Purpose::tlsServer, now);
}

Result<PendingSetup> newSetup(const HostPlan& plan, const security::Random& random, WallTime now) {
    const auto authority = security::Authority::create("Pilothouse setup of " + plan.name, now);
    const auto key = security::PrivateKey::generate();
    if (!authority || !key) {
        return fail(authority ? key.error() : authority.error());
    }
    const security::CertificateOrder order{
        security::Profile::setup, {}, security::subjectNamesForHost(plan.host)};
    auto certificate = authority->issue(*key, order, now);
    if (!certificate) {
        return fail(certificate.error());
    }
    return PendingSetup{.schema = 1,
                        .name = plan.name,
                        .url = plan.url(),
                        .http_url = plan.httpUrl(),
                        .peer_url = plan.peerUrl(),
                        .secret = random.hex(secretBytes),
                        .authority = authority->certificatePem(),
                        .certificate = std::move(*certificate),
                        .key = key->pem(),
                        .wrong_codes = 0,
                        .token = {}};
}

Status writeBoth(const provision::Layout& layout, const PendingSetup& setup) {
    const auto line = setupCodeLine(setup);
    if (!line) {
        return fail(line.error());
    }
    return savePendingSetup(layout, setup).and_then([&] {
        return security::writePrivateFile(layout.setupCode(), *line + "\n");
    });
}

} // namespace

Result<node::LockFile> takeFolder(const provision::Layout& layout) {
    std::error_code unreadable; // then the folder cannot be made or locked either, and that is told
    if (!std::filesystem::exists(layout.pendingSetup(), unreadable)) {
        if (std::filesystem::exists(layout.pendingJoin(), unreadable)) {
            return fail(ErrorCode::conflict,
                        layout.root().string() + " holds an unfinished join with a token",
                        "Finish it with: pilothouse-replica join, or choose another data folder");
        }
        if (const Status free = provision::checkFolderOfWaiting(layout); !free) {
            return fail(free.error());
        }
    }
    provision::FolderWriter writer;
    if (const Status made = writer.folder(layout.root()); !made) {
        return fail(made.error());
    }
    auto lock = node::LockFile::acquire(layout.lock());
    if (lock) {
        writer.keep();
    }
    return lock;
}

Result<PendingSetup> beginSetup(const provision::Layout& layout, const HostPlan& plan,
                                const security::Random& random, const Clock& clock) {
    const Result<std::string> text = security::readPrivateFile(layout.pendingSetup(), maxBytes);
    if (!text && text.error().code != ErrorCode::notFound) {
        return fail(text.error());
    }
    if (text) {
        Result<PendingSetup> earlier = read(layout, *text);
        if (!earlier) {
            return earlier;
        }
        if (isFor(*earlier, plan) && isUsable(*earlier, clock.wall())) {
            const Status written = writeBoth(layout, *earlier);
            return written ? earlier : fail(written.error());
        }
        abandonSetup(layout);
    }
    Result<PendingSetup> setup = newSetup(plan, random, clock.wall());
    if (!setup) {
        return setup;
    }
    const Status written = writeBoth(layout, *setup);
    return written ? setup : fail(written.error());
}

Status savePendingSetup(const provision::Layout& layout, const PendingSetup& setup) {
    return security::writePrivateFile(layout.pendingSetup(), api::toJson(setup) + "\n");
}

Result<std::string> setupCodeLine(const PendingSetup& setup) {
    return security::parseCertificate(setup.authority).map([&](const security::CertificateFacts& facts) {
        return security::formatSetupCode({setup.url, facts.sha256, setup.secret});
    });
}

void endSetup(const provision::Layout& layout) {
    std::error_code ignored; // what is left is private, and of no use to anybody any more
    std::filesystem::remove(layout.setupCode(), ignored);
    std::filesystem::remove(layout.pendingSetup(), ignored);
}

void abandonSetup(const provision::Layout& layout) {
    provision::endPendingJoin(layout); // first: without setup.pending it would look like somebody else's
    endSetup(layout);
}

} // namespace pilothouse::waiting
