// SPDX-License-Identifier: GPL-3.0-or-later
// Bands above everything: that this is a sandbox, and that nothing here is live.
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace pilothouse::ui {

class Theme;

// Striped, so that nobody takes a sandbox for the real thing.
class SandboxBand : public QWidget {
    Q_OBJECT
public:
    explicit SandboxBand(const Theme& theme, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& m_theme;
};

class NotLiveBand : public QWidget {
    Q_OBJECT
public:
    explicit NotLiveBand(const Theme& theme, QWidget* parent = nullptr);
    void setWords(const QString& words); // empty: hidden

Q_SIGNALS:
    void retryRequested();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& m_theme;
    QLabel* m_words;
    QPushButton* m_retry;
};

} // namespace pilothouse::ui
