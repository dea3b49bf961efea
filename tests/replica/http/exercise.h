// SPDX-License-Identifier: GPL-3.0-or-later
// Reads bytes as the server and the client would, and says what is wrong with the outcome. Shared by the
// mutation test and the fuzzer.
#pragma once

#include "replica/http/chunk_decoder.h"
#include "replica/http/framing.h"
#include "replica/http/head_parser.h"
#include "replica/http/url.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace pilothouse::http::test {

inline bool hasControl(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

inline std::string faultIn(const Headers& headers) {
    for (const auto& [name, value] : headers) {
        if (name.empty() || hasControl(name) || name.find_first_of(" \t:") != std::string::npos) {
            return "a field's name is no token: " + name;
        }
        if (hasControl(value)) {
            return "a field's value holds a line end: " + value;
        }
    }
    return {};
}

// What every later part relies on, of a request that was accepted.
inline std::string faultIn(const Request& request) {
    if (request.method.empty() || hasControl(request.method) || hasControl(request.target) ||
        request.target.find(' ') != std::string::npos) {
        return "method or target is not sound";
    }
    if (request.path != "*" && (request.path.empty() || request.path.front() != '/' ||
                                request.rawPath.empty() || request.rawPath.front() != '/')) {
        return "the path does not begin with a slash: " + request.path;
    }
    if (request.path.find('\0') != std::string::npos || request.rawPath.find('?') != std::string::npos) {
        return "the path holds what it must not: " + request.path;
    }
    if (request.path != "*" && percentDecode(request.rawPath).value_or("") != request.path) {
        return "the path is not the decoded raw path";
    }
    return faultIn(request.headers);
}

// Two lengths that a body can have must never pass together.
inline std::string faultIn(const Request& request, const Framing& framing) {
    const auto lengths = request.headers.count("Content-Length");
    const auto codings = request.headers.count("Transfer-Encoding");
    if (lengths + codings > 1) {
        return "more than one framing field was accepted";
    }
    if ((framing.kind == Framing::Kind::chunked) != (codings == 1) ||
        framing.kind == Framing::Kind::untilClose) {
        return "the framing is not what the fields say";
    }
    if (lengths == 1) {
        const auto text = request.headers.value("Content-Length");
        if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos) {
            return "a Content-Length that is no number was accepted";
        }
    }
    return {};
}

struct ChunkedBody {
    std::string bytes;
    ChunkDecoder::State state = ChunkDecoder::State::line;
    std::size_t used = 0;
    Headers trailers = {};
};

// Decodes what comes `step` bytes at a time.
inline ChunkedBody decodeChunks(std::string_view wire, std::size_t step) {
    ChunkedBody body;
    ChunkDecoder decoder;
    std::size_t come = 0;
    while (decoder.state() == ChunkDecoder::State::line || decoder.state() == ChunkDecoder::State::data) {
        const auto pending = wire.substr(body.used, come - body.used);
        std::size_t used = 0;
        if (decoder.state() == ChunkDecoder::State::data) {
            used = static_cast<std::size_t>(std::min<std::uint64_t>(pending.size(), decoder.remaining()));
            body.bytes += pending.substr(0, used);
            decoder.took(used);
        } else {
            used = decoder.advance(pending);
        }
        body.used += used;
        if (used == 0 &&
            (decoder.state() == ChunkDecoder::State::line || decoder.state() == ChunkDecoder::State::data)) {
            if (come == wire.size()) {
                break;
            }
            come = std::min(wire.size(), come + step);
        }
    }
    body.state = decoder.state();
    body.trailers = decoder.trailers();
    return body;
}

inline std::string faultInChunks(std::string_view wire) {
    const auto whole = decodeChunks(wire, wire.size() + 1);
    for (const std::size_t step : {std::size_t{1}, std::size_t{7}}) {
        const auto pieces = decodeChunks(wire, step);
        const bool same = pieces.state == whole.state && pieces.bytes == whole.bytes &&
                          (whole.state != ChunkDecoder::State::ended || pieces.used == whole.used);
        if (!same) {
            return "a chunked body reads differently in pieces of " + std::to_string(step);
        }
    }
    if (auto fault = faultIn(whole.trailers); !fault.empty()) {
        return fault;
    }
    return whole.used > wire.size() || whole.bytes.size() > wire.size() ? "more was read than there is" : "";
}

// Nothing when all is well.
inline std::string faultInReading(std::string_view bytes) {
    std::size_t searched = 0;
    const auto end = findHeadEnd(bytes, searched);
    if (!end) {
        return faultInChunks(bytes);
    }
    if (*end > bytes.size()) {
        return "the head ends behind its bytes";
    }
    if (const auto request = parseRequestHead(bytes.substr(0, *end))) {
        auto fault = faultIn(*request);
        const auto framing = requestFraming(*request);
        if (fault.empty() && framing) {
            fault = faultIn(*request, *framing);
        }
        if (!fault.empty()) {
            return fault;
        }
    } else if (request.error().status < 400 || request.error().sentence.empty()) {
        return "a refusal without a reason";
    }
    if (const auto response = parseResponseHead(bytes.substr(0, *end))) {
        if (auto fault = faultIn(response->head.headers); !fault.empty()) {
            return fault;
        }
        static_cast<void>(responseFraming(*response, "GET"));
    }
    static_cast<void>(parseUrl(bytes.substr(0, *end)));
    return faultInChunks(bytes.substr(*end));
}

} // namespace pilothouse::http::test
