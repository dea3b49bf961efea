// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/provision/member_folder.h"

#include "replica/provision/engine_client.h"

#include <string_view>
#include <utility>
#include <vector>

namespace pilothouse::provision {

Status writeMemberFiles(FolderWriter& writer, const Layout& layout, const MemberFiles& files, WallTime now) {
    for (const auto& folder : {layout.root(), layout.tls(), layout.engine(), layout.secrets()}) {
        if (Status status = writer.folder(folder); !status) {
            return status;
        }
    }
    const std::vector<std::pair<std::filesystem::path, std::string_view>> contents{
        {layout.nodeKey(), files.nodeKey},
        {layout.nodeCertificate(), files.nodeCertificate},
        {layout.clusterCa(), files.clusterCa},
        {layout.peerKey(), files.peerKey},
        {layout.peerCertificate(), files.peerCertificate},
        {layout.peerCa(), files.peerCa},
        {layout.clusterKey(), files.clusterKey}};
    for (const auto& [path, content] : contents) {
        if (Status status = writer.file(path, content); !status) {
            return status;
        }
    }
    for (const auto& path :
         {layout.engineClientCa(), layout.engineClientKey(), layout.engineClientCertificate()}) {
        writer.made(path);
    }
    return writeEngineClientCertificates(layout, now);
}

} // namespace pilothouse::provision
