// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/security/authority.h"

#include "replica/security/openssl.h"

#include <openssl/pem.h>

#include <algorithm>
#include <arpa/inet.h>
#include <ctime>

namespace pilothouse::security {

namespace {

constexpr int serialBits = 128;

// `value` is in OpenSSL's own notation (x509v3_config(5)), such as "DNS:localhost,IP:::1": what comes from
// outside is checked before it gets here, so that no comma in a name can smuggle in another one.
struct Extension {
    int nid;
    std::string value;
};

Status setSerial(X509* certificate) {
    const BignumPtr number(BN_new());
    // RFC 5280 §4.1.2.2: positive, at most 20 octets.
    if (!number || BN_rand(number.get(), serialBits, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) != 1 ||
        BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) == nullptr) {
        return opensslFailure(ErrorCode::internal, "make a serial number");
    }
    return {};
}

Status setLife(X509* certificate, WallTime from, WallTime until) {
    if (ASN1_TIME_set(X509_getm_notBefore(certificate), std::chrono::system_clock::to_time_t(from)) ==
            nullptr ||
        ASN1_TIME_set(X509_getm_notAfter(certificate), std::chrono::system_clock::to_time_t(until)) ==
            nullptr) {
        return opensslFailure(ErrorCode::internal, "set the dates of a certificate");
    }
    return {};
}

Status setSubject(X509* certificate, const std::string& commonName) {
    const auto* const text = reinterpret_cast<const unsigned char*>(commonName.data());
    if (X509_NAME_add_entry_by_NID(X509_get_subject_name(certificate), NID_commonName, MBSTRING_UTF8, text,
                                   static_cast<int>(commonName.size()), -1, 0) != 1) {
        return opensslFailure(ErrorCode::invalid, "name a certificate \"" + commonName + "\"");
    }
    return {};
}

Status addExtensions(X509* certificate, X509* issuer, const std::vector<Extension>& extensions) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    for (const Extension& extension : extensions) {
        const ExtensionPtr made(
            X509V3_EXT_conf_nid(nullptr, &context, extension.nid, extension.value.c_str()));
        if (!made || X509_add_ext(certificate, made.get(), -1) != 1) {
            return opensslFailure(ErrorCode::invalid, "state \"" + extension.value + "\" in a certificate");
        }
    }
    return {};
}

Result<std::string> sign(X509* certificate, EVP_PKEY* key) {
    const BioPtr memory(BIO_new(BIO_s_mem()));
    if (X509_sign(certificate, key, EVP_sha256()) == 0 || !memory ||
        PEM_write_bio_X509(memory.get(), certificate) != 1) {
        return opensslFailure(ErrorCode::internal, "sign a certificate");
    }
    return contentOf(memory.get());
}

bool isAddress(const std::string& text) {
    unsigned char octets[sizeof(in6_addr)];
    return ::inet_pton(AF_INET, text.c_str(), octets) == 1 ||
           ::inet_pton(AF_INET6, text.c_str(), octets) == 1;
}

bool isDnsName(std::string_view text) {
    return !text.empty() && text.size() <= 253 &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._") ==
               std::string_view::npos;
}

bool carriesReplica(Profile profile) {
    return profile == Profile::node || profile == Profile::enginePeer;
}

Result<std::string> alternativeNames(const CertificateOrder& order) {
    std::string text;
    const auto add = [&text](const char* kind, const std::string& name) {
        text += (text.empty() ? "" : ",") + std::string(kind) + ":" + name;
    };
    if (carriesReplica(order.profile)) {
        const std::string uri = replicaUri(order.replica);
        if (parseReplicaUri(uri) != order.replica) {
            return fail(ErrorCode::invalid, "\"" + uri + "\" does not name a replica");
        }
        add("URI", uri);
    }
    for (const std::string& name : order.names.dns) {
        if (!isDnsName(name)) {
            return fail(ErrorCode::invalid, "\"" + name + "\" is not a host name");
        }
        add("DNS", name);
    }
    for (const std::string& address : order.names.ips) {
        if (!isAddress(address)) {
            return fail(ErrorCode::invalid, "\"" + address + "\" is not an IP address");
        }
        add("IP", address);
    }
    if (text.empty()) {
        return fail(ErrorCode::invalid, "a certificate needs at least one name");
    }
    return text;
}

CertificatePtr newCertificate(EVP_PKEY* publicKey) {
    CertificatePtr certificate(X509_new());
    if (certificate && (X509_set_version(certificate.get(), X509_VERSION_3) != 1 ||
                        X509_set_pubkey(certificate.get(), publicKey) != 1)) {
        certificate.reset();
    }
    return certificate;
}

WallTime endOf(Profile profile, WallTime now, const X509* authority) {
    std::tm parts{};
    ASN1_TIME_to_tm(X509_get0_notAfter(authority), &parts);
    const WallTime authorityEnd = std::chrono::system_clock::from_time_t(::timegm(&parts));
    // A leaf that outlives its authority would only look valid.
    return carriesReplica(profile) ? std::min(now + Authority::leafLife, authorityEnd) : authorityEnd;
}

} // namespace

SubjectNames subjectNamesForHost(std::string_view host) {
    if (host.starts_with('[') && host.ends_with(']')) {
        host = host.substr(1, host.size() - 2);
    }
    const std::string name(host);
    const bool address = isAddress(name);
    if (name == "localhost" || name == "::1" || (address && name.starts_with("127."))) {
        SubjectNames names{{"localhost"}, {"127.0.0.1", "::1"}};
        if (address && name != "::1" && name != "127.0.0.1") {
            names.ips.push_back(name);
        }
        return names;
    }
    return address ? SubjectNames{{}, {name}} : SubjectNames{{name}, {}};
}

Result<Authority> Authority::create(const std::string& commonName, WallTime now) {
    const Result<PrivateKey> key = PrivateKey::generate();
    if (!key) {
        return fail(key.error());
    }
    const CertificatePtr certificate = newCertificate(key->native());
    if (!certificate) {
        return opensslFailure(ErrorCode::internal, "make an authority");
    }
    X509* const raw = certificate.get();
    const Status status = setSerial(raw)
                              .and_then([&] { return setLife(raw, now - backdating, now + authorityLife); })
                              .and_then([&] { return setSubject(raw, commonName); });
    if (!status) {
        return fail(status.error());
    }
    X509_set_issuer_name(raw, X509_get_subject_name(raw));
    const std::vector<Extension> extensions{{NID_basic_constraints, "critical,CA:TRUE,pathlen:0"},
                                            {NID_key_usage, "critical,keyCertSign,cRLSign"},
                                            {NID_subject_key_identifier, "hash"}};
    if (const Status added = addExtensions(raw, raw, extensions); !added) {
        return fail(added.error());
    }
    return sign(raw, key->native()).map([&](std::string pem) { return Authority(*key, std::move(pem)); });
}

Result<Authority> Authority::load(std::string_view certificatePem, std::string_view keyPem) {
    Result<PrivateKey> key = PrivateKey::fromPem(keyPem);
    if (!key) {
        return failIn("cannot use the authority", key.error());
    }
    const CertificatePtr certificate(
        PEM_read_bio_X509(bioOf(certificatePem).get(), nullptr, nullptr, nullptr));
    if (!certificate) {
        return opensslFailure(ErrorCode::invalid, "read the authority's certificate");
    }
    if (X509_check_ca(certificate.get()) != 1) {
        return fail(ErrorCode::invalid, "the authority's certificate may not sign certificates");
    }
    if (X509_check_private_key(certificate.get(), key->native()) != 1) {
        return fail(ErrorCode::invalid, "the authority's key does not belong to its certificate");
    }
    return Authority(std::move(*key), std::string(certificatePem));
}

Result<std::string> Authority::issue(const CertificateRequest& request, const CertificateOrder& order,
                                     WallTime now) const {
    return issueFor(request.publicKey(), order, now);
}

Result<std::string> Authority::issue(const PrivateKey& key, const CertificateOrder& order,
                                     WallTime now) const {
    return issueFor(key.native(), order, now);
}

Result<std::string> Authority::issueFor(EVP_PKEY* publicKey, const CertificateOrder& order,
                                        WallTime now) const {
    const Result<std::string> names = alternativeNames(order);
    if (!names) {
        return fail(names.error());
    }
    const CertificatePtr issuer(PEM_read_bio_X509(bioOf(m_certificatePem).get(), nullptr, nullptr, nullptr));
    const CertificatePtr certificate = newCertificate(publicKey);
    if (!issuer || !certificate) {
        return opensslFailure(ErrorCode::internal, "issue a certificate");
    }
    X509* const raw = certificate.get();
    const std::string commonName = order.profile == Profile::engineClient ? "pilothouse-engine"
                                   : order.profile == Profile::setup      ? "pilothouse-setup"
                                                                          : order.replica.replica.str();
    const Status status =
        setSerial(raw)
            .and_then([&] { return setLife(raw, now - backdating, endOf(order.profile, now, issuer.get())); })
            .and_then([&] { return setSubject(raw, commonName); });
    if (!status) {
        return fail(status.error());
    }
    X509_set_issuer_name(raw, X509_get_subject_name(issuer.get()));
    const std::vector<Extension> extensions{
        {NID_basic_constraints, "critical,CA:FALSE"},   {NID_key_usage, "critical,digitalSignature"},
        {NID_ext_key_usage, "serverAuth,clientAuth"},   {NID_subject_key_identifier, "hash"},
        {NID_authority_key_identifier, "keyid:always"}, {NID_subject_alt_name, *names}};
    if (const Status added = addExtensions(raw, issuer.get(), extensions); !added) {
        return fail(added.error());
    }
    return sign(raw, m_key.native());
}

} // namespace pilothouse::security
