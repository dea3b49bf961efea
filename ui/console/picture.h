// SPDX-License-Identifier: GPL-3.0-or-later
// A picture of the console on a cluster, without showing a window.
#pragma once

#include "ui/console/single_instance.h"

#include <QObject>
#include <QSize>
#include <QString>
#include <QTimer>

namespace pilothouse::ui {

class Console;

// Waits until the cluster is known (or the deadline has passed: then the picture shows what is known), draws
// and tells the outcome. GUI thread.
class Picture : public QObject {
    Q_OBJECT
public:
    Picture(Console& console, OpenRequest request, QSize size, QString file, QObject* parent = nullptr);
    void start(int deadlineMs = 10'000);

Q_SIGNALS:
    // `error` empty: drawn.
    void finished(const QString& error);

private:
    [[nodiscard]] bool isKnown() const;
    [[nodiscard]] QString whyNotWritable() const; // empty: it is, as far as can be told
    void look();
    void draw();
    void finish(const QString& error);

    Console& m_console;
    OpenRequest m_request; // empty: the first there is
    QSize m_size;
    QString m_file;
    QTimer m_deadline;
    QTimer m_settle; // everybody has had time to answer
    bool m_done = false;
};

} // namespace pilothouse::ui
