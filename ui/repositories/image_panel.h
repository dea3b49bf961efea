// SPDX-License-Identifier: GPL-3.0-or-later
// One image: what it is, how to pull it, what it is made of and where that is.
#pragma once

#include "models/layer_model.h"
#include "ui/widgets/panel.h"

class QLabel;
class QPushButton;
class QTableView;
class QVBoxLayout;

namespace pilothouse::ui {

class CommandField;
class Theme;

class ImagePanel : public Panel {
    Q_OBJECT
public:
    explicit ImagePanel(const Theme& theme, QWidget* parent = nullptr);

    void clear();
    // `tag` of `details`, as it was chosen; `address`: HOST[:PORT] of the registry, empty while it is not
    // known.
    void show(const api::ManifestDetails& details, const QString& tag, const QString& address,
              const models::ReplicaNames& names);
    [[nodiscard]] QTableView* table() const { return m_table; }
    [[nodiscard]] QPushButton* deleteButton() const { return m_delete; }
    [[nodiscard]] QString pullCommand() const { return m_pull; }

Q_SIGNALS:
    void deleteRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void setPull(const QString& command);

    const Theme& m_theme;
    models::LayerModel m_layers;
    QLabel* m_title;
    QLabel* m_what;
    QWidget* m_body;
    QVBoxLayout* m_pullRoom; // of m_pullField, which is made anew for each command
    CommandField* m_pullField = nullptr;
    QPushButton* m_copyDigest;
    QPushButton* m_delete;
    QTableView* m_table;
    QString m_pull;
    QString m_digest;
};

// "index of 2 images · 1 signature and 2 SBOMs refer to it": what a manifest is, in words.
[[nodiscard]] QString summaryOf(const api::ManifestDetails& details);

} // namespace pilothouse::ui
