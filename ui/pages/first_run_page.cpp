// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/first_run_page.h"

#include "ui/theme/theme.h"
#include "ui/widgets/label.h"
#include "ui/widgets/panel.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace pilothouse::ui {
namespace {

// A drawing that says nothing that the words below it do not.
class Picture : public QWidget {
public:
    enum class Kind { ring, connection };
    Picture(const Theme& theme, Kind kind) : m_theme(theme), m_kind(kind) { setFixedSize(200, 110); }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        if (m_kind == Kind::ring) {
            paintRing(painter);
        } else {
            paintConnection(painter);
        }
    }

private:
    void paintRing(QPainter& painter) const {
        painter.setPen(QPen(m_theme.colours().good, 10, Qt::SolidLine, Qt::RoundCap));
        const QRectF box(100 - 34, 55 - 34, 68, 68);
        for (int i = 0; i < 3; ++i) {
            painter.drawArc(box, (90 - 120 * i - 47) * 16, 94 * 16);
        }
    }

    void paintConnection(QPainter& painter) const {
        const Tokens& colours = m_theme.colours();
        painter.setPen(QPen(colours.dim, 2));
        painter.drawEllipse(QPointF(34, 55), 14, 14);
        painter.setPen(QPen(colours.accent, 2.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawLine(QPointF(52, 55), QPointF(140, 55));
        painter.drawPolyline(QPolygonF{QPointF(131, 47), QPointF(140, 55), QPointF(131, 63)});
        painter.setBrush(colours.accentGround);
        painter.drawRoundedRect(QRectF(148, 37, 36, 36), 7, 7);
    }

    const Theme& m_theme;
    Kind m_kind;
};

Panel* makeCard(const Theme& theme, Picture::Kind kind, const QString& title, const QString& words,
                QPushButton* button) {
    auto* card = new Panel(title);
    card->setMinimumWidth(300);
    card->setMaximumWidth(372);
    auto* layout = new QVBoxLayout(card);
    layout->setContentsMargins(16, 14, 16, 14);
    layout->setSpacing(6);
    layout->addWidget(new Picture(theme, kind), 0, Qt::AlignHCenter);
    QLabel* heading = makeLabel(TextRole::title, Ink::value, title);
    QLabel* text = makeParagraph(TextRole::secondary, Ink::dim, words);
    for (QLabel* label : {heading, text}) {
        label->setAlignment(Qt::AlignCenter);
        layout->addWidget(label);
    }
    text->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    layout->addStretch(1);
    layout->addSpacing(6);
    button->setMinimumWidth(160);
    button->setAccessibleDescription(words);
    layout->addWidget(button, 0, Qt::AlignHCenter);
    return card;
}

} // namespace

FirstRunPage::FirstRunPage(const Theme& theme, QWidget* parent) : QWidget(parent) {
    auto* start = new QPushButton(tr("Start sandbox"));
    start->setProperty("kind", QStringLiteral("primary"));
    auto* connectButton = new QPushButton(tr("Connect…"));

    QLabel* title = makeParagraph(TextRole::hero, Ink::value, tr("Watch over your registry clusters"));
    QLabel* words = makeParagraph(TextRole::text, Ink::dim,
                                  tr("Connect to one that runs, or start a real three-replica cluster on "
                                     "this computer in a few seconds."));
    title->setAlignment(Qt::AlignCenter);
    words->setAlignment(Qt::AlignCenter);

    auto* cards = new QHBoxLayout;
    cards->setSpacing(28);
    cards->addStretch(1);
    cards->addWidget(makeCard(theme, Picture::Kind::ring, tr("Start a local sandbox"),
                              tr("Three replicas on this computer. Kill one, watch it heal."), start),
                     10);
    cards->addWidget(makeCard(theme, Picture::Kind::connection, tr("Connect to a cluster"),
                              tr("One replica’s address is enough; the rest is found."), connectButton),
                     10);
    cards->addStretch(1);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 24);
    layout->addStretch(2);
    layout->addWidget(title);
    layout->addSpacing(4);
    layout->addWidget(words);
    layout->addSpacing(34);
    layout->addLayout(cards);
    layout->addStretch(3);
    connect(start, &QPushButton::clicked, this, &FirstRunPage::sandboxRequested);
    connect(connectButton, &QPushButton::clicked, this, &FirstRunPage::connectRequested);
}

} // namespace pilothouse::ui
