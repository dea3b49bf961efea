// SPDX-License-Identifier: GPL-3.0-or-later
// Starts this program anew in its own process, with the arguments that it was started with (execve(2)): what
// has been installed in the meantime then runs, and whoever watches the process sees the same one.
#pragma once

#include "base/result.h"

#include <filesystem>

namespace pilothouse::program {

class ProgramImage {
public:
    // To be made at the start: another file may be put in the program's place.
    ProgramImage();
    // Returns only when that is not possible, and why. Everything of this process but its environment, its
    // standard streams and its signals is gone afterwards. No other thread may need what it is doing.
    [[nodiscard]] Status execute() const;

private:
    std::filesystem::path m_path;
};

} // namespace pilothouse::program
