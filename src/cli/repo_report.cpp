// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/repo_report.h"

#include "cli/output.h"
#include "cli/table.h"
#include "cli/text.h"
#include "text/format.h"
#include "text/registry_words.h"

namespace pilothouse::cli {
namespace {

QString toText(const std::string& text) {
    return harmless(QString::fromStdString(text));
}

QString nameOf(const ReplicaNames& names, const std::string& id) {
    const auto found = names.find(id);
    return toText(found != names.end() ? found->second : id);
}

QString namesOf(const ReplicaNames& names, const std::vector<std::string>& ids) {
    QStringList list;
    for (const std::string& id : ids) {
        list << nameOf(names, id);
    }
    return list.join(QStringLiteral(", "));
}

QString ageOf(const std::string& at, WallTime now) {
    const auto time = parseRfc3339(at);
    return time ? text::ago(std::chrono::duration_cast<Milliseconds>(now - *time)) : toText(at);
}

// "3 of 3", "2 of 3, copying to reg-3".
QString copiesText(const api::Copies& copies, const ReplicaNames& names) {
    const auto all = copies.on.size() + copies.copying_to.size() + copies.silent.size();
    QString text = Text::tr("%1 of %2").arg(copies.on.size()).arg(all);
    if (!copies.copying_to.empty()) {
        text += QStringLiteral(", ") + Text::tr("copying to %1").arg(namesOf(names, copies.copying_to));
    }
    if (!copies.silent.empty()) {
        text += QStringLiteral(", ") + Text::tr("%1 silent").arg(namesOf(names, copies.silent));
    }
    return text;
}

QString platformsText(const std::vector<std::string>& platforms) {
    QStringList list;
    for (const std::string& platform : platforms) {
        list << text::shortPlatform(toText(platform));
    }
    return list.join(QStringLiteral(", "));
}

// "6 min ago by ci-bot through reg-2 from 10.9.4.21".
QString pushText(const api::Push& push, const ReplicaNames& names, WallTime now) {
    QString text = Text::tr("%1 by %2 through %3")
                       .arg(ageOf(push.at, now), push.by.empty() ? Text::tr("nobody known") : toText(push.by),
                            nameOf(names, push.through));
    return push.from ? Text::tr("%1 from %2").arg(text, toText(*push.from)) : text;
}

void printField(const QString& name, const QString& value) {
    constexpr int width = 14;
    if (!value.isEmpty()) {
        printLine(name.leftJustified(width) + value);
    }
}

QString usesText(const std::vector<api::Use>& uses, const std::string& here) {
    QStringList list;
    for (const api::Use& use : uses) {
        const QString count = Text::tr("%n manifests", nullptr, static_cast<int>(use.manifests));
        list << (use.repository == here ? count
                                        : QStringLiteral("%1, %2").arg(toText(use.repository), count));
    }
    return list.isEmpty() ? Text::tr("only here") : list.join(QStringLiteral("; "));
}

QString kindText(const api::RelatedManifest& manifest) {
    return manifest.platform ? text::shortPlatform(toText(*manifest.platform))
                             : text::counted(text::kindOf(manifest), 1);
}

void printRelated(const QString& heading, const std::vector<api::RelatedManifest>& manifests) {
    if (manifests.empty()) {
        return;
    }
    Table table({{heading}, {Text::tr("SIZE"), Table::Align::right}, {Text::tr("WHAT")}});
    for (const api::RelatedManifest& manifest : manifests) {
        table.add({toText(manifest.digest), text::bytes(manifest.bytes), kindText(manifest)});
    }
    printLine();
    printTable(table);
}

} // namespace

void printRepositories(const api::RepositoryPage& page, WallTime now) {
    Table table({{Text::tr("REPOSITORY")},
                 {Text::tr("TAGS"), Table::Align::right},
                 {Text::tr("SIZE"), Table::Align::right},
                 {Text::tr("LAST PUSH")},
                 {Text::tr("BY")}});
    for (const api::Repository& repository : page.repositories) {
        const auto& push = repository.last_push;
        table.add({toText(repository.name), text::count(repository.tags), text::bytes(repository.bytes),
                   push ? ageOf(push->at, now) : QStringLiteral("-"), push ? toText(push->by) : QString()});
    }
    printTable(table);
    if (page.total && page.total_bytes) {
        printNote(Text::tr("%n repositories", nullptr, static_cast<int>(*page.total)) + QStringLiteral(", ") +
                  Text::tr("%1, shared layers counted once").arg(text::bytes(*page.total_bytes)));
    }
}

void printTags(const api::TagPage& page, const ReplicaNames& names, WallTime now) {
    Table table({{Text::tr("TAG")},
                 {Text::tr("DIGEST"), Table::Align::left, Table::Squeeze::elide},
                 {Text::tr("SIZE"), Table::Align::right},
                 {Text::tr("PLATFORMS"), Table::Align::left, Table::Squeeze::drop},
                 {Text::tr("PUSHED")},
                 {Text::tr("COPIES")}});
    for (const api::Tag& tag : page.tags) {
        table.add({toText(tag.name), toText(tag.digest), text::bytes(tag.bytes), platformsText(tag.platforms),
                   ageOf(tag.push.at, now), copiesText(tag.copies, names)});
    }
    printTable(table);
}

void printRepository(const api::Repository& repository, const ReplicaNames& names, WallTime now) {
    printField(Text::tr("Repository"), toText(repository.name));
    printField(Text::tr("Tags"), text::count(repository.tags));
    printField(Text::tr("Manifests"), text::count(repository.manifests));
    printField(Text::tr("Size"), text::bytes(repository.bytes));
    if (repository.last_push) {
        printField(Text::tr("Last push"),
                   Text::tr("%1, %2").arg(toText(repository.last_tag.value_or("")),
                                          pushText(*repository.last_push, names, now)));
    }
}

void printManifest(const api::ManifestDetails& details, const ReplicaNames& names, WallTime now) {
    QStringList tags;
    for (const std::string& tag : details.tags) {
        tags << toText(tag);
    }
    printField(Text::tr("Repository"), toText(details.repository));
    printField(Text::tr("Digest"), toText(details.digest));
    printField(Text::tr("Type"), toText(details.media_type));
    printField(Text::tr("Artifact"), toText(details.artifact_type.value_or("")));
    printField(Text::tr("Tags"), tags.join(QStringLiteral(", ")));
    printField(Text::tr("Platforms"), platformsText(details.platforms));
    printField(Text::tr("Size"), text::bytes(details.bytes));
    printField(Text::tr("Pushed"), pushText(details.push, names, now));
    printField(Text::tr("Copies"), copiesText(details.copies, names));
    printField(Text::tr("Refers to"), toText(details.subject.value_or("")));
    for (const std::string& index : details.indexes) {
        printField(Text::tr("Part of"), toText(index));
    }
    printRelated(Text::tr("IMAGE"), details.manifests);
    if (!details.layers.empty()) {
        Table table({{Text::tr("LAYER")},
                     {Text::tr("SIZE"), Table::Align::right},
                     {Text::tr("ON")},
                     {Text::tr("ALSO USED BY")}});
        for (const api::Layer& layer : details.layers) {
            table.add({toText(layer.digest), text::bytes(layer.bytes), namesOf(names, layer.copies.on),
                       usesText(layer.also_used, details.repository)});
        }
        printLine();
        printTable(table);
    }
    printRelated(Text::tr("REFERRED TO BY"), details.referrers);
}

void printDeletion(const api::Deletion& deletion) {
    for (const std::string& tag : deletion.tags) {
        printLine(Text::tr("tag %1").arg(toText(tag)));
    }
    for (const api::RelatedManifest& manifest : deletion.manifests) {
        printLine(Text::tr("manifest %1, %2").arg(toText(manifest.digest), kindText(manifest)));
    }
    printLine(harmless(text::whatGoes(deletion)));
}

void printCollected(const api::CollectReport& report) {
    printLine(Text::tr("No manifest names %1 (%2).")
                  .arg(Text::tr("%n blobs", nullptr, static_cast<int>(report.unreferenced)),
                       text::bytes(report.unreferenced_bytes)));
    if (report.dry_run) {
        printLine(Text::tr("A run would begin to delete %1 (%2).")
                      .arg(Text::tr("%n blobs", nullptr, static_cast<int>(report.due)),
                           text::bytes(report.due_bytes)));
        return;
    }
    printLine(Text::tr("Deleted %1 (%2).")
                  .arg(Text::tr("%n blobs", nullptr, static_cast<int>(report.deleted)),
                       text::bytes(report.deleted_bytes)));
    if (report.unreferenced > report.due) {
        printLine(Text::tr("The others wait until nobody has asked for them for as long as "
                           "collect_after_minutes says."));
    }
}

} // namespace pilothouse::cli
