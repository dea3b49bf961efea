// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/registry_words.h"

#include "text/format.h"

#include <QCoreApplication>

#include <map>

namespace pilothouse::text {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(registry)
};

constexpr qsizetype shownHash = 4;

} // namespace

QString shortDigest(const QString& digest) {
    const qsizetype colon = digest.indexOf(QLatin1Char(':'));
    if (colon < 0 || digest.size() - colon - 1 <= shownHash * 2) {
        return digest;
    }
    return digest.left(colon + 1 + shownHash) + QChar(0x2026) + digest.right(shownHash);
}

QString ago(Milliseconds age) {
    constexpr std::chrono::minutes recent{1};
    constexpr std::chrono::hours day{24};
    if (age < recent) {
        return Words::tr("just now");
    }
    // One unit says enough of what is past.
    const auto whole = age < std::chrono::hours(1) ? std::chrono::floor<std::chrono::minutes>(age)
                       : age < day                 ? std::chrono::floor<std::chrono::hours>(age)
                                                   : std::chrono::floor<std::chrono::days>(age);
    return Words::tr("%1 ago").arg(duration(std::chrono::duration_cast<Milliseconds>(whole)));
}

QString counted(domain::ManifestKind kind, int count) {
    switch (kind) {
    case domain::ManifestKind::image:
        return Words::tr("%n images", nullptr, count);
    case domain::ManifestKind::index:
        return Words::tr("%n indexes", nullptr, count);
    case domain::ManifestKind::signature:
        return Words::tr("%n signatures", nullptr, count);
    case domain::ManifestKind::sbom:
        return Words::tr("%n SBOMs", nullptr, count);
    case domain::ManifestKind::attestation:
        return Words::tr("%n attestations", nullptr, count);
    case domain::ManifestKind::chart:
        return Words::tr("%n charts", nullptr, count);
    case domain::ManifestKind::artifact:
        break;
    }
    return Words::tr("%n artifacts", nullptr, count);
}

QString counted(const std::vector<domain::ManifestKind>& kinds) {
    std::map<domain::ManifestKind, int> counts;
    for (const auto kind : kinds) {
        ++counts[kind];
    }
    QStringList parts;
    for (const auto& [kind, count] : counts) {
        parts << counted(kind, count);
    }
    return list(parts);
}

QString shortPlatform(const QString& platform) {
    const auto linux = QLatin1String("linux/");
    return platform.startsWith(linux) ? platform.mid(linux.size()) : platform;
}

domain::ManifestKind kindOf(const api::RelatedManifest& manifest) {
    return domain::kindOf(manifest.media_type, manifest.artifact_type.value_or(""));
}

QString whatGoes(const api::Deletion& deletion) {
    const QString repository = QString::fromStdString(deletion.repository);
    const QString tags = Words::tr("%n tags", nullptr, static_cast<int>(deletion.tag_count));
    const QString manifests = Words::tr("%n manifests", nullptr, static_cast<int>(deletion.manifest_count));
    const QString freed =
        deletion.freed_bytes > 0
            ? Words::tr("%1 become free when the collector has been.").arg(bytes(deletion.freed_bytes))
            : Words::tr("Nothing becomes free: all of it is needed elsewhere.");
    if (deletion.whole_repository) {
        return Words::tr("The repository %1 goes, with %2 and %3.").arg(repository, tags, manifests) +
               QLatin1Char(' ') + freed;
    }
    if (deletion.manifest_count == 0) {
        const QString tag = deletion.tags.empty() ? QString() : QString::fromStdString(deletion.tags.front());
        return Words::tr("The tag %1 of %2 goes. What it names stays.").arg(tag, repository);
    }
    const QString what = deletion.tag_count == 0 ? manifests : Words::tr("%1 and %2").arg(tags, manifests);
    return Words::tr("Of %1 go %2.").arg(repository, what) + QLatin1Char(' ') + freed;
}

} // namespace pilothouse::text
