// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/provision/folder_writer.h"

#include "replica/security/files.h"

#include <algorithm>

namespace pilothouse::provision {

namespace fs = std::filesystem;

Status checkFolderIsFree(const fs::path& folder, const std::vector<fs::path>& allowed) {
    std::error_code error;
    bool free = !fs::exists(folder, error);
    if (!error && !free && fs::is_directory(folder, error)) {
        fs::directory_iterator each(folder, error);
        for (free = true; free && !error && each != fs::directory_iterator(); each.increment(error)) {
            free =
                std::find(allowed.begin(), allowed.end(), folder / each->path().filename()) != allowed.end();
        }
    }
    if (error) {
        return fail(ErrorCode::forbidden, "cannot look into " + folder.string() + ": " + error.message());
    }
    if (!free) {
        return fail(ErrorCode::conflict, folder.string() + " is there and not empty",
                    "Choose another data folder, or remove this one if nothing in it is needed");
    }
    return {};
}

FolderWriter::~FolderWriter() {
    for (auto path = m_made.rbegin(); path != m_made.rend(); ++path) {
        std::error_code
            ignored; // nothing more can be done about it here; a folder with other things in it stays
        fs::remove(*path, ignored);
    }
}

Status FolderWriter::folder(const fs::path& path) {
    std::error_code ignored; // what cannot be looked at cannot be made either, and that is told
    std::vector<fs::path> missing;
    // "a/b/" is the folder "a/b".
    for (fs::path each = path.has_filename() ? path : path.parent_path();
         !each.empty() && !fs::exists(each, ignored); each = each.parent_path()) {
        missing.push_back(each);
    }
    for (auto each = missing.rbegin(); each != missing.rend(); ++each) {
        if (Status status = security::makePrivateFolder(*each); !status) {
            return status;
        }
        made(*each);
    }
    return missing.empty() ? security::makePrivateFolder(path) : Status();
}

Status FolderWriter::file(const fs::path& path, std::string_view content) {
    std::error_code ignored;
    const bool isNew = !fs::exists(path, ignored);
    // Noted first: writing can fail after the file has come to its place.
    if (isNew) {
        made(path);
    }
    return security::writePrivateFile(path, content);
}

} // namespace pilothouse::provision
