// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer's way into the registry's readers (-DPILOTHOUSE_FUZZ=ON, clang): names, ranges, scopes,
// manifests.
#include "exercise.h"

#include <cstdio>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const auto fault =
        pilothouse::registry::test::faultInReading({reinterpret_cast<const char*>(data), size});
    if (!fault.empty()) {
        std::fprintf(stderr, "%s\n", fault.c_str());
        std::abort();
    }
    return 0;
}
