// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/security/setup_code.h"

#include "api/json_codec.h"
#include "replica/security/coded_line.h"

#include <boost/describe/class.hpp>

namespace pilothouse::security {

BOOST_DESCRIBE_STRUCT(SetupCode, (), (url, ca_sha256, secret))

namespace {

constexpr LineKind kind{"the setup code", "phsetup", "phsetup1.",
                        "Copy the whole line that the new host shows while it waits"};
constexpr std::size_t sha256Digits = 64;

} // namespace

std::string formatSetupCode(const SetupCode& code) {
    return formatLine(kind, api::toJson(code));
}

Result<SetupCode> parseSetupCode(std::string_view text) {
    const Result<std::string> json = jsonInLine(kind, text);
    if (!json) {
        return fail(json.error());
    }
    Result<SetupCode> code = api::fromJson<SetupCode>(*json);
    if (!code) {
        return invalidLine(kind, "is damaged: " + code.error().message);
    }
    if (!code->url.starts_with("https://") || code->url.size() == std::string_view("https://").size()) {
        return invalidLine(kind, "has no valid https address");
    }
    if (!isLowerHex(code->ca_sha256, sha256Digits)) {
        return invalidLine(kind, "has no valid fingerprint");
    }
    if (!isLowerHex(code->secret, sha256Digits)) {
        return invalidLine(kind, "has no valid secret");
    }
    return code;
}

} // namespace pilothouse::security
