// SPDX-License-Identifier: GPL-3.0-or-later
// Errors as values: a Result is a value or one Error.
#pragma once

#include <tl/expected.hpp>

#include <string>
#include <utility>

namespace pilothouse {

// What kind of thing went wrong; decides the HTTP status, the exit code and whether to try again.
enum class ErrorCode {
    invalid,      // the input is wrong; trying again does not help
    unauthorized, // nobody, or the wrong secret
    forbidden,    // known, but may not
    notFound,
    conflict,    // a precondition does not hold (any more)
    exhausted,   // a limit, a quota or a full disk
    unavailable, // a peer, the engine or the quorum is missing; try again later
    timeout,     // nothing came within the deadline: the outcome is unknown
    cancelled,
    corrupt,  // data on disk or on the wire that cannot be what was written
    internal, // a fault of ours or of the operating system
};

// One failure, told to a person: what happened and where, and what to do about it.
struct Error {
    ErrorCode code = ErrorCode::internal;
    std::string message; // one clear sentence without a full stop: what, and where
    std::string hint;    // what to do; may be empty

    // "message. hint", as a program prints it.
    [[nodiscard]] std::string text() const { return hint.empty() ? message : message + ". " + hint; }
    friend bool operator==(const Error&, const Error&) = default;
};

template <typename T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, std::string message, std::string hint = {}) {
    return tl::unexpected<Error>(Error{code, std::move(message), std::move(hint)});
}
[[nodiscard]] inline tl::unexpected<Error> fail(Error error) {
    return tl::unexpected<Error>(std::move(error));
}
// The same failure, with where it happened put in front: "cannot read ca.pem: no such file".
[[nodiscard]] inline tl::unexpected<Error> failIn(const std::string& where, Error error) {
    error.message = where + ": " + error.message;
    return tl::unexpected<Error>(std::move(error));
}

} // namespace pilothouse
