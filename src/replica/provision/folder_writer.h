// SPDX-License-Identifier: GPL-3.0-or-later
// Makes files and folders, and takes back exactly what it made unless told to keep it.
#pragma once

#include "base/result.h"

#include <filesystem>
#include <string_view>
#include <vector>

namespace pilothouse::provision {

// That a new data folder can be made at `folder`: nothing is there, or a folder with nothing in it but
// `allowed`. Else ErrorCode::conflict.
[[nodiscard]] Status checkFolderIsFree(const std::filesystem::path& folder,
                                       const std::vector<std::filesystem::path>& allowed = {});

class FolderWriter {
public:
    FolderWriter() = default;
    ~FolderWriter();
    FolderWriter(const FolderWriter&) = delete;
    FolderWriter& operator=(const FolderWriter&) = delete;

    // Makes the folder and its missing parents, each 0700. One that is there is accepted (and set to 0700).
    [[nodiscard]] Status folder(const std::filesystem::path& path);
    // As security::writePrivateFile. A file that was there before is not taken back.
    [[nodiscard]] Status file(const std::filesystem::path& path, std::string_view content);
    // What comes to lie at `path` belongs to what was made, by whomever it is written.
    void made(const std::filesystem::path& path) { m_made.push_back(path); }
    void keep() { m_made.clear(); }

private:
    std::vector<std::filesystem::path> m_made; // in the order in which it was made
};

} // namespace pilothouse::provision
