// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/errors.h"

#include "base/escape.h"

namespace pilothouse::registry {

std::string_view codeOf(Fault fault) {
    switch (fault) {
    case Fault::blobUnknown:
        return "BLOB_UNKNOWN";
    case Fault::blobUploadInvalid:
        return "BLOB_UPLOAD_INVALID";
    case Fault::blobUploadUnknown:
        return "BLOB_UPLOAD_UNKNOWN";
    case Fault::digestInvalid:
        return "DIGEST_INVALID";
    case Fault::manifestBlobUnknown:
        return "MANIFEST_BLOB_UNKNOWN";
    case Fault::manifestInvalid:
        return "MANIFEST_INVALID";
    case Fault::manifestUnknown:
        return "MANIFEST_UNKNOWN";
    case Fault::nameInvalid:
        return "NAME_INVALID";
    case Fault::nameUnknown:
        return "NAME_UNKNOWN";
    case Fault::sizeInvalid:
        return "SIZE_INVALID";
    case Fault::unauthorized:
        return "UNAUTHORIZED";
    case Fault::denied:
        return "DENIED";
    case Fault::unsupported:
        return "UNSUPPORTED";
    case Fault::tooManyRequests:
        return "TOOMANYREQUESTS";
    case Fault::tagInvalid:
        return "TAG_INVALID";
    case Fault::rangeInvalid:
        return "RANGE_INVALID";
    case Fault::unavailable:
        break;
    }
    return "UNAVAILABLE";
}

int statusOf(Fault fault) {
    switch (fault) {
    case Fault::blobUnknown:
    case Fault::blobUploadUnknown:
    case Fault::manifestUnknown:
    case Fault::nameUnknown:
        return 404;
    case Fault::manifestBlobUnknown:
    case Fault::blobUploadInvalid:
    case Fault::digestInvalid:
    case Fault::manifestInvalid:
    case Fault::nameInvalid:
    case Fault::sizeInvalid:
    case Fault::tagInvalid:
        return 400;
    case Fault::unauthorized:
        return 401;
    case Fault::denied:
        return 403;
    case Fault::unsupported:
        return 405;
    case Fault::rangeInvalid:
        return 416;
    case Fault::tooManyRequests:
        return 429;
    case Fault::unavailable:
        break;
    }
    return 503;
}

std::string errorBody(Fault fault, std::string_view message, std::string_view detail) {
    // By hand: what clients send comes back in it, and need not be UTF-8.
    std::string body = R"({"errors":[{"code":)";
    appendQuoted(body, codeOf(fault));
    body += R"(,"message":)";
    appendQuoted(body, message);
    if (!detail.empty()) {
        body += R"(,"detail":)";
        appendQuoted(body, detail);
    }
    return body + "}]}";
}

} // namespace pilothouse::registry
