// SPDX-License-Identifier: GPL-3.0-or-later
// An image of random layers, made by hand as an OCI image layout, so that no network is needed.
#pragma once

#include <filesystem>
#include <string>

namespace pilothouse::test {

// A new folder with one image named `tag`: `layers` of a random file each, for this computer's kind of
// processor. Gives the digest of its manifest; fails the test when that does not work.
[[nodiscard]] std::string makeOciLayout(const std::filesystem::path& folder, const std::string& tag,
                                        int layers = 3);

} // namespace pilothouse::test
