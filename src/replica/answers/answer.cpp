// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/answers/answer.h"

#include "api/admin.h"

namespace pilothouse::answers {
namespace {

http::Response problemJson(int status, std::string detail, std::string_view code, const std::string& hint) {
    api::Problem body;
    body.title = std::string(http::reasonPhrase(status));
    body.status = status;
    body.detail = std::move(detail);
    body.code = std::string(code);
    if (!hint.empty()) {
        body.hint = hint;
    }
    auto response = jsonText(api::toJson(body), status);
    response.headers.set("Content-Type", "application/problem+json");
    return response;
}

} // namespace

int statusOf(ErrorCode code) {
    switch (code) {
    case ErrorCode::invalid:
        return 400;
    case ErrorCode::unauthorized:
        return 401;
    case ErrorCode::forbidden:
        return 403;
    case ErrorCode::notFound:
        return 404;
    case ErrorCode::conflict:
        return 409;
    case ErrorCode::exhausted:
        return 429;
    case ErrorCode::unavailable:
    case ErrorCode::timeout:
    case ErrorCode::cancelled:
        return 503;
    case ErrorCode::corrupt:
    case ErrorCode::internal:
        break;
    }
    return 500;
}

std::string_view nameOf(ErrorCode code) {
    switch (code) {
    case ErrorCode::invalid:
        return "invalid";
    case ErrorCode::unauthorized:
        return "unauthorized";
    case ErrorCode::forbidden:
        return "forbidden";
    case ErrorCode::notFound:
        return "not-found";
    case ErrorCode::conflict:
        return "conflict";
    case ErrorCode::exhausted:
        return "exhausted";
    case ErrorCode::unavailable:
        return "unavailable";
    case ErrorCode::timeout:
        return "timeout"; // the outcome is unknown: ask again with the same operation id
    case ErrorCode::cancelled:
        return "cancelled";
    case ErrorCode::corrupt:
        return "corrupt";
    case ErrorCode::internal:
        break;
    }
    return "internal";
}

std::string_view nameOf(int status) {
    switch (status) {
    case 404:
        return "not-found";
    case 405:
        return "method-not-allowed";
    case 408:
        return "timeout";
    case 413:
    case 431:
        return "too-large";
    case 415:
        return "unsupported-media-type";
    default:
        return status >= 500 ? "internal" : "invalid";
    }
}

http::Response problem(const Error& error, std::optional<std::chrono::seconds> retryAfter) {
    const int status = statusOf(error.code);
    auto response = problemJson(status, error.message, nameOf(error.code), error.hint);
    if (status == 401) {
        response.headers.set("WWW-Authenticate", "Basic realm=\"Pilothouse\", charset=\"UTF-8\"");
    }
    if ((status == 429 || status == 503) && !retryAfter) {
        retryAfter = std::chrono::seconds(1);
    }
    if (retryAfter) {
        response.headers.set("Retry-After", std::to_string(retryAfter->count()));
    }
    return response;
}

http::Response problemOf(int status, const std::string& detail, const std::string& hint) {
    return problemJson(status, detail, nameOf(status), hint);
}

http::Response jsonText(std::string json, int status) {
    http::Response response;
    response.status = status;
    response.headers.set("Content-Type", "application/json");
    response.headers.set("Cache-Control", "no-store");
    response.body = std::move(json);
    return response;
}

http::Response noContent() {
    http::Response response;
    response.status = 204;
    return response;
}

} // namespace pilothouse::answers
