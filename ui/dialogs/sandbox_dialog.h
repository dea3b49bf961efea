// SPDX-License-Identifier: GPL-3.0-or-later
// Starting a local sandbox: how many replicas, then how far it is, with a way to stop it.
#pragma once

#include "base/result.h"

#include <QDialog>
#include <QFutureWatcher>

#include <functional>

class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace pilothouse::ui {

class Theme;

class SandboxDialog : public QDialog {
    Q_OBJECT
public:
    // Starts it elsewhere than on this thread; tells its progress by progressValue of progressMaximum and a
    // progressText, stops and cleans up when it is cancelled, and gives the sandbox's name.
    using Start = std::function<QFuture<Result<QString>>(const QString& name, int replicas)>;

    // `name` is proposed.
    SandboxDialog(const Theme& theme, Start start, const QString& name, QWidget* parent = nullptr);
    ~SandboxDialog() override;

    void begin(); // as the button does
    void reject() override;

Q_SIGNALS:
    void started(const QString& name);

private:
    void onFinished();
    void setRunning(bool running);
    void showError(const QString& sentence);

    Start m_start;
    QLineEdit* m_name;
    QComboBox* m_replicas;
    QLabel* m_step;
    QProgressBar* m_bar;
    QLabel* m_message;
    QPushButton* m_cancel;
    QPushButton* m_strong;
    QFutureWatcher<Result<QString>> m_running;
    bool m_leaving = false; // cancelled: closes when the cleaning up is over
};

} // namespace pilothouse::ui
