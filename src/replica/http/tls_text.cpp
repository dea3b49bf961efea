// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/http/tls_text.h"

#include "base/encoding.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <array>
#include <memory>

namespace pilothouse::http {

namespace {

std::string timeText(const ASN1_TIME* time) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new(BIO_s_mem()), BIO_free);
    ASN1_TIME_print(bio.get(), time);
    char* text = nullptr;
    const long length = BIO_get_mem_data(bio.get(), &text);
    return {text, static_cast<std::size_t>(std::max(length, 0L))};
}

using NamesPtr = std::unique_ptr<GENERAL_NAMES, decltype(&GENERAL_NAMES_free)>;

NamesPtr alternativeNames(X509* certificate) {
    return {
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)),
        GENERAL_NAMES_free};
}

std::string text(const ASN1_STRING* string) {
    const auto* bytes = ASN1_STRING_get0_data(string);
    return {bytes, bytes + ASN1_STRING_length(string)};
}

std::string addressText(const ASN1_OCTET_STRING* address) {
    const std::unique_ptr<char, void (*)(char*)> hex(i2s_ASN1_OCTET_STRING(nullptr, address),
                                                     [](char* p) { OPENSSL_free(p); });
    const auto* bytes = ASN1_STRING_get0_data(address);
    if (ASN1_STRING_length(address) != 4) {
        return hex ? hex.get() : "";
    }
    std::string result;
    for (int i = 0; i < 4; ++i) {
        result += (i > 0 ? "." : "") + std::to_string(bytes[i]);
    }
    return result;
}

std::string listNames(X509* certificate) {
    std::string list;
    const auto names = alternativeNames(certificate);
    for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
        const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
        if (name->type == GEN_DNS) {
            list += (list.empty() ? "" : ", ") + text(name->d.dNSName);
        } else if (name->type == GEN_IPADD) {
            list += (list.empty() ? "" : ", ") + addressText(name->d.iPAddress);
        }
    }
    return list.empty() ? "no name" : list;
}

std::string describeVerification(SSL* session, long result, const std::string& other,
                                 std::string_view expectedName) {
    X509* certificate = SSL_get0_peer_certificate(session);
    const std::string whose = "the certificate of " + other;
    switch (result) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return whose + " has expired" +
               (certificate ? ", on " + timeText(X509_get0_notAfter(certificate)) : std::string());
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return whose + " is not valid yet" +
               (certificate ? ", only from " + timeText(X509_get0_notBefore(certificate)) : std::string()) +
               "; compare the clocks";
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
        return whose + " is not for " + std::string(expectedName) +
               (certificate ? ", it names " + listNames(certificate) : std::string());
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
        return whose + " was not issued by the expected authority";
    default:
        return whose + " is not accepted: " + X509_verify_cert_error_string(result);
    }
}

std::string describeReason(int reason, const std::string& other) {
    switch (reason) {
    case SSL_R_TLSV1_ALERT_UNKNOWN_CA:
        return other + " does not accept our certificate: it was not issued by the authority that it expects";
    case SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED:
        return other + " does not accept our certificate: it says that it has expired";
    case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_REVOKED:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN:
        return other + " does not accept our certificate";
    case SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED:
    case SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE:
        return reason == SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE ? other + " sent no client certificate"
                                                                 : other + " demands a client certificate";
    case SSL_R_UNSUPPORTED_PROTOCOL:
    case SSL_R_VERSION_TOO_LOW:
    case SSL_R_TLSV1_ALERT_PROTOCOL_VERSION:
        return other + " offers no TLS version that is accepted here, which are 1.2 and 1.3";
    case SSL_R_WRONG_VERSION_NUMBER:
    case SSL_R_HTTP_REQUEST:
    case SSL_R_HTTPS_PROXY_REQUEST:
        return other + " does not speak TLS";
    case SSL_R_UNEXPECTED_EOF_WHILE_READING:
        return other + " closed the connection in the middle of TLS";
    default:
        return {};
    }
}

} // namespace

void clearTlsErrors() {
    ERR_clear_error();
}

std::string lastTlsError() {
    std::array<char, 256> buffer{};
    const auto code = ERR_peek_last_error();
    ERR_error_string_n(code, buffer.data(), buffer.size());
    ERR_clear_error();
    return code == 0 ? "no reason given" : buffer.data();
}

std::string describeTlsFailure(SSL* session, std::string_view other, std::string_view expectedName) {
    const std::string name(other);
    const auto code = ERR_peek_error();
    const int reason = ERR_GET_LIB(code) == ERR_LIB_SSL ? ERR_GET_REASON(code) : 0;
    if (reason == SSL_R_CERTIFICATE_VERIFY_FAILED) {
        ERR_clear_error();
        return describeVerification(session, SSL_get_verify_result(session), name, expectedName);
    }
    auto sentence = describeReason(reason, name);
    const auto raw = lastTlsError();
    return sentence.empty() ? "TLS with " + name + " failed: " + raw : sentence;
}

std::optional<PeerIdentity> identityOf(SSL* session) {
    X509* certificate = SSL_get0_peer_certificate(session);
    if (certificate == nullptr || SSL_get_verify_result(session) != X509_V_OK) {
        return std::nullopt;
    }
    PeerIdentity identity;
    const std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new(BIO_s_mem()), BIO_free);
    X509_NAME_print_ex(bio.get(), X509_get_subject_name(certificate), 0, XN_FLAG_RFC2253);
    char* subject = nullptr;
    const long length = BIO_get_mem_data(bio.get(), &subject);
    identity.subject.assign(subject, static_cast<std::size_t>(std::max(length, 0L)));

    const auto names = alternativeNames(certificate);
    for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
        const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
        if (name->type == GEN_URI) {
            identity.uris.push_back(text(name->d.uniformResourceIdentifier));
        }
    }
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int digestLength = 0;
    X509_digest(certificate, EVP_sha256(), digest.data(), &digestLength);
    identity.sha256 = toHex(std::string(digest.begin(), digest.begin() + digestLength));
    return identity;
}

} // namespace pilothouse::http
