// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/repositories/image_panel.h"

#include "text/registry_words.h"
#include "ui/repositories/registry_delegate.h"
#include "ui/widgets/command_field.h"
#include "ui/widgets/label.h"
#include "ui/widgets/table.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QTableView>
#include <QToolTip>
#include <QVBoxLayout>

namespace pilothouse::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(pilothouse::ui::ImagePanel)
};

std::vector<domain::ManifestKind> kindsOf(const std::vector<api::RelatedManifest>& manifests) {
    std::vector<domain::ManifestKind> kinds;
    for (const api::RelatedManifest& manifest : manifests) {
        kinds.push_back(text::kindOf(manifest));
    }
    return kinds;
}

} // namespace

QString summaryOf(const api::ManifestDetails& details) {
    QStringList parts;
    const auto kind = domain::kindOf(details.media_type, details.artifact_type.value_or(""));
    if (kind == domain::ManifestKind::index) {
        parts << (details.manifests.empty()
                      ? Words::tr("empty index")
                      : Words::tr("index of %1").arg(text::counted(kindsOf(details.manifests))));
    } else {
        parts << text::counted(kind, 1);
        if (!details.platforms.empty()) {
            parts << models::describePlatforms(details.platforms);
        }
    }
    if (!details.referrers.empty()) {
        parts << Words::tr("%1 refer to it", nullptr, static_cast<int>(details.referrers.size()))
                     .arg(text::counted(kindsOf(details.referrers)));
    }
    if (details.subject) {
        parts << Words::tr("refers to %1").arg(text::shortDigest(QString::fromStdString(*details.subject)));
    }
    if (details.tags.size() > 1) {
        parts << Words::tr("%n tags", nullptr, static_cast<int>(details.tags.size()));
    }
    return parts.join(QStringLiteral(" · "));
}

ImagePanel::ImagePanel(const Theme& theme, QWidget* parent)
    : Panel(tr("Image"), parent), m_theme(theme), m_title(makeLabel(TextRole::title)),
      m_what(makeParagraph(TextRole::secondary, Ink::dim)), m_body(new QWidget), m_pullRoom(new QVBoxLayout),
      m_copyDigest(new QPushButton(tr("Copy digest"))), m_delete(new QPushButton(tr("Delete…"))),
      m_table(makeTable(tr("What it is made of"))) {
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_title->setMinimumWidth(1); // a long name must not widen the window
    m_delete->setProperty("kind", QStringLiteral("destructive"));
    m_table->setModel(&m_layers);
    m_table->setProperty("ownFocus", true);
    m_table->verticalHeader()->setDefaultSectionSize(28);
    m_table->setMinimumHeight(92);
    m_table->setItemDelegate(new RegistryDelegate(
        theme, {models::LayerModel::On, models::LayerModel::AlsoUsed}, models::LayerModel::Digest, m_table));
    m_table->horizontalHeader()->setResizeContentsPrecision(50);

    auto* verbs = new QHBoxLayout;
    verbs->setSpacing(8);
    m_pullRoom->setContentsMargins(0, 0, 0, 0);
    verbs->addLayout(m_pullRoom, 1);
    verbs->addWidget(m_copyDigest, 0, Qt::AlignTop);
    verbs->addSpacing(16);
    verbs->addWidget(m_delete, 0, Qt::AlignTop);
    auto* body = new QVBoxLayout(m_body);
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(8);
    body->addLayout(verbs);
    body->addWidget(m_table, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 12);
    layout->setSpacing(4);
    layout->addWidget(m_title);
    layout->addWidget(m_what);
    layout->addSpacing(6);
    layout->addWidget(m_body, 1);
    clear();

    connect(m_delete, &QPushButton::clicked, this, &ImagePanel::deleteRequested);
    connect(m_copyDigest, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_digest);
        QToolTip::showText(m_copyDigest->mapToGlobal(QPoint(0, m_copyDigest->height())), tr("Copied"),
                           m_copyDigest);
    });
}

void ImagePanel::clear() {
    m_layers.clear();
    setTextOf(*m_title, tr("No image chosen"));
    setTextOf(*m_what, tr("Choose a tag above to see what it is made of and where that is."));
    m_body->hide();
    m_digest.clear();
    m_pull.clear();
}

void ImagePanel::setPull(const QString& command) {
    if (command == m_pull && m_pullField != nullptr) {
        return;
    }
    m_pull = command;
    delete m_pullField;
    m_pullField = new CommandField(m_theme, command, true);
    m_pullRoom->addWidget(m_pullField);
}

void ImagePanel::show(const api::ManifestDetails& details, const QString& tag, const QString& address,
                      const models::ReplicaNames& names) {
    const QString name = QString::fromStdString(details.repository);
    m_digest = QString::fromStdString(details.digest);
    const QString reference =
        tag.isEmpty() ? name + QLatin1Char('@') + m_digest : name + QLatin1Char(':') + tag;
    setTextOf(*m_title, reference);
    setTextOf(*m_what, summaryOf(details));
    setPull(QStringLiteral("docker pull %1/%2").arg(address.isEmpty() ? tr("REGISTRY") : address, reference));
    m_layers.setDetails(details, names);
    m_body->show();
    spreadColumns(*m_table);
}

void ImagePanel::resizeEvent(QResizeEvent* event) {
    Panel::resizeEvent(event);
    if (m_body->isVisible()) {
        spreadColumns(*m_table);
    }
}

} // namespace pilothouse::ui
