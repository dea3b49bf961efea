// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/security/certificates.h"

#include "base/encoding.h"
#include "replica/security/constant_time.h"
#include "replica/security/openssl.h"

#include <openssl/pem.h>

#include <algorithm>
#include <arpa/inet.h>
#include <cctype>
#include <ctime>

namespace pilothouse::security {

namespace {

constexpr std::string_view uriPrefix = "pilothouse:cluster:";
constexpr std::string_view uriMiddle = ":replica:";
constexpr std::size_t clusterIdDigits = 32;

bool isLowerHex(std::string_view text) {
    return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

Result<WallTime> timeOf(const ASN1_TIME* time) {
    std::tm parts{};
    if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) {
        return fail(ErrorCode::invalid, "the certificate has a date that cannot be read");
    }
    return std::chrono::system_clock::from_time_t(::timegm(&parts));
}

std::string nameText(const X509_NAME* name) {
    const BioPtr memory(BIO_new(BIO_s_mem()));
    X509_NAME_print_ex(memory.get(), name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
    return contentOf(memory.get());
}

std::string serialText(X509* certificate) {
    const BignumPtr number(ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), nullptr));
    char* const text = number ? BN_bn2hex(number.get()) : nullptr;
    std::string serial = text == nullptr ? std::string() : std::string(text);
    OPENSSL_free(text);
    std::transform(serial.begin(), serial.end(), serial.begin(),
                   [](unsigned char c) { return std::tolower(c); });
    return serial;
}

std::string bytesOf(const ASN1_STRING* text) {
    return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
            static_cast<std::size_t>(ASN1_STRING_length(text))};
}

std::string addressText(const std::string& octets) {
    char text[INET6_ADDRSTRLEN] = {};
    const int family = octets.size() == 4 ? AF_INET : AF_INET6;
    if ((octets.size() != 4 && octets.size() != 16) ||
        ::inet_ntop(family, octets.data(), text, sizeof text) == nullptr) {
        return {};
    }
    return text;
}

void readNames(X509* certificate, CertificateFacts& facts) {
    const GeneralNamesPtr names(
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
    const int count = names ? sk_GENERAL_NAME_num(names.get()) : 0;
    for (int i = 0; i < count; ++i) {
        const GENERAL_NAME* const name = sk_GENERAL_NAME_value(names.get(), i);
        if (name->type == GEN_DNS) {
            facts.dnsNames.push_back(bytesOf(name->d.dNSName));
        } else if (name->type == GEN_URI) {
            facts.uris.push_back(bytesOf(name->d.uniformResourceIdentifier));
        } else if (name->type == GEN_IPADD) {
            facts.ipAddresses.push_back(addressText(bytesOf(name->d.iPAddress)));
        }
    }
}

std::string digestOf(X509* certificate) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    X509_digest(certificate, EVP_sha256(), digest, &length);
    return toHex({reinterpret_cast<const char*>(digest), length});
}

Result<CertificatePtr> readPem(std::string_view pem, const char* what) {
    CertificatePtr certificate(PEM_read_bio_X509(bioOf(pem).get(), nullptr, nullptr, nullptr));
    if (!certificate) {
        return opensslFailure(ErrorCode::invalid, std::string("read ") + what);
    }
    return certificate;
}

// All certificates of a bundle, at least one.
Result<std::vector<CertificatePtr>> readBundle(std::string_view pem) {
    std::vector<CertificatePtr> bundle;
    const BioPtr bio = bioOf(pem);
    while (X509* const next = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)) {
        bundle.emplace_back(next);
    }
    const std::string reason = opensslReason(); // also the end of the bundle is a failure to OpenSSL
    if (bundle.empty()) {
        return fail(ErrorCode::invalid, "cannot read the authority's certificate: " + reason);
    }
    return bundle;
}

// As trusted roots.
Result<StorePtr> readAuthorities(std::string_view pem) {
    const Result<std::vector<CertificatePtr>> bundle = readBundle(pem);
    if (!bundle) {
        return fail(bundle.error());
    }
    StorePtr store(X509_STORE_new());
    for (const CertificatePtr& certificate : *bundle) {
        if (X509_STORE_add_cert(store.get(), certificate.get()) != 1) {
            return opensslFailure(ErrorCode::internal, "use the authority's certificate");
        }
    }
    return store;
}

} // namespace

Result<CertificateFacts> factsOf(X509* certificate) {
    CertificateFacts facts;
    const Result<WallTime> notBefore = timeOf(X509_get0_notBefore(certificate));
    const Result<WallTime> notAfter = timeOf(X509_get0_notAfter(certificate));
    if (!notBefore || !notAfter) {
        return fail(notBefore ? notAfter.error() : notBefore.error());
    }
    facts.subject = nameText(X509_get_subject_name(certificate));
    facts.issuer = nameText(X509_get_issuer_name(certificate));
    facts.serial = serialText(certificate);
    facts.notBefore = *notBefore;
    facts.notAfter = *notAfter;
    readNames(certificate, facts);
    facts.sha256 = digestOf(certificate);
    facts.publicKeySha256 = publicKeyDigest(X509_get0_pubkey(certificate));
    facts.authority = X509_check_ca(certificate) == 1;
    return facts;
}

Result<CertificateFacts> parseCertificate(std::string_view pem) {
    const Result<CertificatePtr> certificate = readPem(pem, "the certificate");
    if (!certificate) {
        return fail(certificate.error());
    }
    return factsOf(certificate->get());
}

Result<std::string> pinnedCertificate(std::string_view pem, std::string_view sha256) {
    const Result<std::vector<CertificatePtr>> bundle = readBundle(pem);
    if (!bundle) {
        return fail(bundle.error());
    }
    for (const CertificatePtr& certificate : *bundle) {
        const std::string found = digestOf(certificate.get());
        if (!equal(found, sha256)) {
            return fail(ErrorCode::unauthorized, "the authority has the fingerprint " +
                                                     formatFingerprint(found) + " instead of " +
                                                     formatFingerprint(sha256));
        }
    }
    const BioPtr memory(BIO_new(BIO_s_mem()));
    if (!memory || PEM_write_bio_X509(memory.get(), bundle->front().get()) != 1) {
        return opensslFailure(ErrorCode::internal, "write the authority's certificate");
    }
    return contentOf(memory.get());
}

std::string formatFingerprint(std::string_view sha256Hex) {
    std::string text;
    for (std::size_t i = 0; i < sha256Hex.size(); ++i) {
        if (i > 0 && i % 2 == 0) {
            text += ':';
        }
        text += static_cast<char>(std::toupper(static_cast<unsigned char>(sha256Hex[i])));
    }
    return text;
}

std::string replicaUri(const ReplicaName& name) {
    return std::string(uriPrefix) + name.cluster.str() + std::string(uriMiddle) + name.replica.str();
}

std::optional<ReplicaName> parseReplicaUri(std::string_view uri) {
    if (!uri.starts_with(uriPrefix)) {
        return std::nullopt;
    }
    uri.remove_prefix(uriPrefix.size());
    const std::string_view cluster = uri.substr(0, clusterIdDigits);
    uri.remove_prefix(cluster.size());
    if (cluster.size() != clusterIdDigits || !isLowerHex(cluster) || !uri.starts_with(uriMiddle)) {
        return std::nullopt;
    }
    const Result<ReplicaId> replica = parseReplicaId(uri.substr(uriMiddle.size()));
    return replica ? std::optional(ReplicaName{ClusterId(std::string(cluster)), *replica}) : std::nullopt;
}

std::optional<ReplicaName> replicaNameIn(const std::vector<std::string>& uris) {
    const auto isOurs = [](const std::string& uri) { return uri.starts_with(uriPrefix); };
    if (std::count_if(uris.begin(), uris.end(), isOurs) != 1) {
        return std::nullopt;
    }
    return parseReplicaUri(*std::find_if(uris.begin(), uris.end(), isOurs));
}

Status verifyCertificate(std::string_view leafPem, std::string_view authoritiesPem, Purpose purpose,
                         WallTime at) {
    const Result<CertificatePtr> leaf = readPem(leafPem, "the certificate");
    const Result<StorePtr> store = readAuthorities(authoritiesPem);
    if (!leaf || !store) {
        return fail(leaf ? store.error() : leaf.error());
    }
    const StoreContextPtr context(X509_STORE_CTX_new());
    if (!context || X509_STORE_CTX_init(context.get(), store->get(), leaf->get(), nullptr) != 1) {
        return opensslFailure(ErrorCode::internal, "verify the certificate");
    }
    X509_VERIFY_PARAM* const rules = X509_STORE_CTX_get0_param(context.get());
    X509_VERIFY_PARAM_set_time(rules, std::chrono::system_clock::to_time_t(at));
    X509_VERIFY_PARAM_set_purpose(rules, purpose == Purpose::tlsServer ? X509_PURPOSE_SSL_SERVER
                                                                       : X509_PURPOSE_SSL_CLIENT);
    if (X509_verify_cert(context.get()) != 1) {
        const int reason = X509_STORE_CTX_get_error(context.get());
        return fail(ErrorCode::unauthorized,
                    std::string("the certificate is not trusted: ") + X509_verify_cert_error_string(reason));
    }
    return {};
}

WallTime renewalTime(const CertificateFacts& facts) {
    return facts.notBefore + (facts.notAfter - facts.notBefore) / 3 * 2;
}

} // namespace pilothouse::security
