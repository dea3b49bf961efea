// SPDX-License-Identifier: GPL-3.0-or-later
// The keys and certificates in a member's data folder, however it became a member.
#pragma once

#include "base/clock.h"
#include "replica/provision/folder_writer.h"
#include "replica/provision/layout.h"

#include <string>

namespace pilothouse::provision {

// All PEM, but the cluster key.
struct MemberFiles {
    std::string nodeKey;
    std::string nodeCertificate;
    std::string clusterCa;
    std::string peerKey;
    std::string peerCertificate;
    std::string peerCa;
    std::string clusterKey; // 32 bytes
};

// Makes the folders and writes these files and the certificates of the engine's client endpoint.
[[nodiscard]] Status writeMemberFiles(FolderWriter& writer, const Layout& layout, const MemberFiles& files,
                                      WallTime now);

} // namespace pilothouse::provision
