// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer's way into the readers of HTTP (-DPILOTHOUSE_FUZZ=ON, clang): heads, framing, chunks, addresses.
#include "exercise.h"

#include <cstdio>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const auto fault = pilothouse::http::test::faultInReading({reinterpret_cast<const char*>(data), size});
    if (!fault.empty()) {
        std::fprintf(stderr, "%s\n", fault.c_str());
        std::abort();
    }
    return 0;
}
