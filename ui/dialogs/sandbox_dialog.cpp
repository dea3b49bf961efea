// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/sandbox_dialog.h"

#include "ui/theme/theme.h"
#include "ui/widgets/focus_frame.h"
#include "ui/widgets/label.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace pilothouse::ui {

SandboxDialog::SandboxDialog(const Theme& theme, Start start, const QString& name, QWidget* parent)
    : QDialog(parent), m_start(std::move(start)), m_name(new QLineEdit(name)), m_replicas(new QComboBox),
      m_step(makeParagraph(TextRole::secondary, Ink::dim)), m_bar(new QProgressBar),
      m_message(makeParagraph(TextRole::secondary, Ink::bad)), m_cancel(new QPushButton(tr("Cancel"))),
      m_strong(new QPushButton(tr("Start sandbox"))) {
    setWindowTitle(tr("Start a local sandbox"));
    setMinimumWidth(480);
    for (const auto& [replicas, words] : {std::pair{3, tr("3 replicas: it can lose 1")},
                                          {5, tr("5 replicas: it can lose 2")},
                                          {7, tr("7 replicas: it can lose 3")},
                                          {1, tr("1 replica: it can lose none")}}) {
        m_replicas->addItem(words, replicas);
    }
    m_name->setAccessibleName(tr("Name"));
    m_replicas->setAccessibleName(tr("Replicas"));
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Progress"));
    m_strong->setProperty("kind", QStringLiteral("primary"));
    m_strong->setDefault(true);
    m_cancel->setAutoDefault(false);

    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(5);
    grid->addWidget(makeLabel(TextRole::secondary, Ink::value, tr("Name")), 0, 0);
    grid->addWidget(makeLabel(TextRole::secondary, Ink::value, tr("Replicas")), 0, 1);
    grid->addWidget(m_name, 1, 0);
    grid->addWidget(m_replicas, 1, 1);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(12);
    buttons->addStretch(1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_strong);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(32, 28, 32, 24);
    layout->setSpacing(8);
    layout->addWidget(makeLabel(TextRole::sentence, Ink::value, windowTitle()));
    layout->addWidget(makeParagraph(
        TextRole::secondary, Ink::dim,
        tr("Real replicas on this computer’s own addresses. They go on when the console closes.")));
    layout->addSpacing(8);
    layout->addLayout(grid);
    layout->addSpacing(6);
    layout->addWidget(m_step);
    layout->addWidget(m_bar);
    layout->addWidget(m_message);
    layout->addStretch(1);
    layout->addSpacing(8);
    layout->addLayout(buttons);
    setRunning(false);
    m_message->hide();
    new FocusFrame(theme, this);

    connect(m_cancel, &QPushButton::clicked, this, &SandboxDialog::reject);
    connect(m_strong, &QPushButton::clicked, this, &SandboxDialog::begin);
    connect(&m_running, &QFutureWatcherBase::progressRangeChanged, m_bar, &QProgressBar::setRange);
    connect(&m_running, &QFutureWatcherBase::progressValueChanged, m_bar, &QProgressBar::setValue);
    connect(&m_running, &QFutureWatcherBase::progressTextChanged, m_step, &QLabel::setText);
    connect(&m_running, &QFutureWatcherBase::finished, this, &SandboxDialog::onFinished);
}

SandboxDialog::~SandboxDialog() {
    m_running.disconnect();
    m_running.cancel();
}

void SandboxDialog::begin() {
    showError({});
    setRunning(true);
    m_step->setText(tr("Preparing…"));
    m_running.setFuture(m_start(m_name->text().trimmed(), m_replicas->currentData().toInt()));
}

void SandboxDialog::reject() {
    if (!m_running.isRunning()) {
        QDialog::reject();
        return;
    }
    m_leaving = true;
    m_running.cancel();
    m_cancel->setEnabled(false);
    m_step->setText(tr("Stopping what was started…"));
}

void SandboxDialog::onFinished() {
    setRunning(false);
    if (m_leaving) {
        QDialog::reject();
        return;
    }
    if (m_running.future().resultCount() == 0) {
        return;
    }
    const Result<QString> name = m_running.result();
    if (!name) {
        showError(QString::fromStdString(name.error().text()));
        return;
    }
    Q_EMIT started(*name);
    accept();
}

void SandboxDialog::setRunning(bool running) {
    m_name->setEnabled(!running);
    m_replicas->setEnabled(!running);
    m_strong->setEnabled(!running);
    m_cancel->setEnabled(true);
    m_step->setVisible(running);
    m_bar->setVisible(running);
    m_bar->setRange(0, 0);
}

void SandboxDialog::showError(const QString& sentence) {
    m_message->setText(sentence);
    m_message->setVisible(!sentence.isEmpty());
}

} // namespace pilothouse::ui
