// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/trust.h"

#include "client/text.h"

#include <QCryptographicHash>

#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <deque>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace pilothouse::client {

namespace {

struct FreeOpenSsl {
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(GENERAL_NAMES* names) const { GENERAL_NAMES_free(names); }
};

// Qt gives only DNS names, addresses and e-mail addresses of a certificate.
std::vector<std::string> uriNamesOf(const QSslCertificate& certificate) {
    const QByteArray der = certificate.toDer();
    const auto* at = reinterpret_cast<const unsigned char*>(der.constData());
    const std::unique_ptr<X509, FreeOpenSsl> x509(d2i_X509(nullptr, &at, der.size()));
    if (!x509) {
        return {};
    }
    const std::unique_ptr<GENERAL_NAMES, FreeOpenSsl> names(
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(x509.get(), NID_subject_alt_name, nullptr, nullptr)));
    std::vector<std::string> out;
    for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
        const auto* name = sk_GENERAL_NAME_value(names.get(), i);
        if (name->type == GEN_URI) {
            const auto* uri = name->d.uniformResourceIdentifier;
            out.emplace_back(reinterpret_cast<const char*>(ASN1_STRING_get0_data(uri)),
                             static_cast<std::size_t>(ASN1_STRING_length(uri)));
        }
    }
    return out;
}

bool isLowerHex(std::string_view text, std::size_t length) {
    return text.size() == length && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

std::optional<PeerIdentity> parseIdentity(std::string_view uri) {
    constexpr std::string_view prefix = "pilothouse:cluster:";
    constexpr std::string_view middle = ":replica:";
    constexpr std::size_t clusterDigits = 32;
    constexpr std::size_t replicaDigits = 12;
    if (!uri.starts_with(prefix) ||
        uri.size() != prefix.size() + clusterDigits + middle.size() + replicaDigits ||
        uri.substr(prefix.size() + clusterDigits, middle.size()) != middle) {
        return std::nullopt;
    }
    const auto cluster = uri.substr(prefix.size(), clusterDigits);
    const auto replica = uri.substr(uri.size() - replicaDigits);
    if (!isLowerHex(cluster, clusterDigits) || !isLowerHex(replica, replicaDigits)) {
        return std::nullopt;
    }
    return PeerIdentity{ClusterId(std::string(cluster)), ReplicaId(std::string(replica))};
}

TrustProblem problem(TrustFault fault, const QString& expected, const QString& presented,
                     const QString& message) {
    return {fault, expected, presented, message};
}

TrustFault faultOf(QSslError::SslError error) {
    switch (error) {
    case QSslError::CertificateExpired:
    case QSslError::CertificateNotYetValid:
        return TrustFault::date;
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::SelfSignedCertificate:
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::CertificateSignatureFailed:
    case QSslError::CertificateUntrusted:
    case QSslError::SubjectIssuerMismatch:
    case QSslError::AuthorityIssuerSerialNumberMismatch:
        return TrustFault::authority;
    default:
        return TrustFault::other;
    }
}

TrustProblem describe(const QSslError& error, const QList<QSslCertificate>& chain,
                      const TrustAnchor& anchor) {
    const auto fault = faultOf(error.error());
    if (fault == TrustFault::authority) {
        // A server that sends its whole chain shows its authority last; a leaf alone does not say which one
        // signed it.
        const auto presented =
            chain.size() > 1 && chain.last().isSelfSigned() ? fingerprintOf(chain.last()) : QString();
        return problem(fault, fingerprintOf(anchor.authority), presented,
                       Text::tr("Its certificate is signed by another authority than this cluster's"));
    }
    if (fault == TrustFault::date && !error.certificate().isNull()) {
        const auto& certificate = error.certificate();
        return problem(fault, {}, {},
                       Text::tr("Its certificate is valid from %1 to %2, not now")
                           .arg(certificate.effectiveDate().toUTC().toString(Qt::ISODate),
                                certificate.expiryDate().toUTC().toString(Qt::ISODate)));
    }
    return problem(fault, {}, {}, Text::tr("Its certificate is not acceptable: %1").arg(error.errorString()));
}

} // namespace

Result<TrustAnchor> anchorFromPem(const QByteArray& pem) {
    const auto certificates = QSslCertificate::fromData(pem, QSsl::Pem);
    if (certificates.size() != 1 || certificates.first().isNull()) {
        return failWith(ErrorCode::invalid,
                        Text::tr("Expected one certificate in PEM, found %1").arg(certificates.size()),
                        Text::tr("Use the cluster's authority, as a replica gives it at /ca"));
    }
    return TrustAnchor{certificates.first(), {}};
}

QString fingerprintOf(const QSslCertificate& certificate) {
    return QString::fromLatin1(certificate.digest(QCryptographicHash::Sha256).toHex(':').toUpper());
}

static std::optional<PeerIdentity> readIdentity(const QSslCertificate& certificate) {
    std::optional<PeerIdentity> found;
    for (const auto& uri : uriNamesOf(certificate)) {
        if (!uri.starts_with("pilothouse:")) {
            continue;
        }
        if (found) {
            return std::nullopt; // two names are none
        }
        found = parseIdentity(uri);
        if (!found) {
            return std::nullopt;
        }
    }
    return found;
}

std::optional<PeerIdentity> identityOf(const QSslCertificate& certificate) {
    // Every answer asks for the identity of its connection's certificate, and to take one apart is a
    // millisecond.
    constexpr std::size_t mostKept = 16;
    thread_local std::deque<std::pair<QSslCertificate, std::optional<PeerIdentity>>> known;
    const auto at = std::find_if(known.begin(), known.end(),
                                 [&](const auto& entry) { return entry.first == certificate; });
    if (at != known.end()) {
        return at->second;
    }
    if (known.size() == mostKept) {
        known.pop_front();
    }
    return known.emplace_back(certificate, readIdentity(certificate)).second;
}

QSslConfiguration pinnedConfiguration(const TrustAnchor& anchor) {
    QSslConfiguration configuration;
    configuration.setCaCertificates({anchor.authority}); // also switches the system's authorities off
    configuration.setPeerVerifyMode(QSslSocket::VerifyPeer);
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    configuration.setSslOption(QSsl::SslOptionDisableSessionSharing, true);
    configuration.setSslOption(QSsl::SslOptionDisableSessionTickets, true);
    return configuration;
}

std::optional<TrustProblem> checkIdentity(const QSslCertificate& leaf, const TrustAnchor& anchor,
                                          const std::optional<ReplicaId>& expected) {
    const auto toText = [](const std::string& text) { return QString::fromStdString(text); };
    const auto wanted = expected ? toText(expected->str()) : QString();
    const auto identity = identityOf(leaf);
    if (!identity) {
        return problem(TrustFault::identity, wanted, {}, Text::tr("Its certificate names no replica"));
    }
    if (!anchor.cluster.empty() && identity->cluster != anchor.cluster) {
        return problem(TrustFault::identity, toText(anchor.cluster.str()), toText(identity->cluster.str()),
                       Text::tr("Its certificate is for another cluster"));
    }
    if (expected && identity->replica != *expected) {
        const auto came = toText(identity->replica.str());
        return problem(TrustFault::identity, wanted, came,
                       Text::tr("Replica %1 answers where %2 is expected").arg(came, wanted));
    }
    return std::nullopt;
}

std::optional<TrustProblem> judgeSslErrors(const QList<QSslError>& errors,
                                           const QList<QSslCertificate>& chain, const TrustAnchor& anchor) {
    for (const auto& error : errors) {
        if (error.error() != QSslError::HostNameMismatch && error.error() != QSslError::NoError) {
            return describe(error, chain, anchor);
        }
    }
    return std::nullopt;
}

} // namespace pilothouse::client
