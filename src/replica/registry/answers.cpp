// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/answers.h"

namespace pilothouse::registry {
namespace {

constexpr int insufficientStorage = 507; // RFC 4918 §11.5

void nameVersion(http::Response& response) {
    response.headers.set("Docker-Distribution-API-Version", "registry/2.0");
}

} // namespace

http::Response emptyAnswer(int status) {
    http::Response response;
    response.status = status;
    nameVersion(response);
    return response;
}

http::Response faultAnswer(Fault fault, std::string_view message, std::string_view detail, int status) {
    http::Response response = emptyAnswer(status != 0 ? status : statusOf(fault));
    response.headers.set("Content-Type", "application/json");
    if (response.status == 503 || response.status == 429) {
        response.headers.set("Retry-After", "1");
    }
    response.body = errorBody(fault, message, detail);
    return response;
}

http::Response errorAnswer(const Error& error, Fault missing) {
    switch (error.code) {
    case ErrorCode::notFound:
        return faultAnswer(missing, error.text());
    case ErrorCode::invalid:
        return faultAnswer(Fault::blobUploadInvalid, error.text());
    case ErrorCode::unauthorized:
        return faultAnswer(Fault::unauthorized, error.text());
    case ErrorCode::forbidden:
        return faultAnswer(Fault::denied, error.text());
    case ErrorCode::exhausted:
        return faultAnswer(Fault::denied, error.text(), {}, insufficientStorage);
    case ErrorCode::conflict:
    case ErrorCode::unavailable:
    case ErrorCode::timeout:
    case ErrorCode::cancelled:
        return faultAnswer(Fault::unavailable, error.text());
    case ErrorCode::corrupt:
    case ErrorCode::internal:
        break;
    }
    return faultAnswer(Fault::unavailable, error.text(), {}, 500);
}

http::Awaitable<void> answer(http::Exchange& exchange, http::Response response) {
    (void)co_await exchange.respond(std::move(response));
}

std::string entityTag(std::string_view digest) {
    std::string tag("\"");
    tag += digest;
    tag += '"';
    return tag;
}

bool isUnchanged(const http::Request& request, std::string_view digest) {
    const auto field = request.headers.find("If-None-Match");
    return field && (*field == "*" || field->find(entityTag(digest)) != std::string_view::npos);
}

} // namespace pilothouse::registry
