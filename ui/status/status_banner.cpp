// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/status/status_banner.h"

#include "ui/status/fact_row.h"
#include "ui/theme/glyph.h"
#include "ui/theme/theme.h"
#include "ui/widgets/label.h"
#include "ui/widgets/verb_row.h"

#include <QGridLayout>
#include <QPainter>
#include <QResizeEvent>

#include <algorithm>

namespace pilothouse::ui {

constexpr int markSize = 36;

StatusBanner::StatusBanner(const Theme& theme, QWidget* parent)
    : QFrame(parent), m_theme(theme), m_headline(makeParagraph(TextRole::sentence)),
      m_sentence(makeParagraph(TextRole::text, Ink::dim)), m_verbs(new VerbRow), m_facts(new FactRow) {
    setFocusPolicy(Qt::StrongFocus);
    m_verbs->hide();

    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(20 + markSize + 14, 14, 16, 17);
    layout->setHorizontalSpacing(24);
    layout->setVerticalSpacing(5);
    layout->addWidget(m_headline, 0, 0);
    layout->addWidget(m_sentence, 1, 0);
    layout->addItem(new QSpacerItem(0, 7), 2, 0);
    layout->addWidget(m_verbs, 0, 1, 2, 1, Qt::AlignTop | Qt::AlignRight);
    layout->addWidget(m_facts, 3, 0, 1, 2); // read after what can be done
    layout->setColumnStretch(0, 1);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    connect(m_facts, &FactRow::pageRequested, this, &StatusBanner::pageRequested);
    connect(m_verbs, &VerbRow::triggered, this, &StatusBanner::triggered);
}

QSize StatusBanner::minimumSizeHint() const {
    constexpr int narrow = 640;
    return {narrow, layout()->heightForWidth(std::max(width(), narrow))};
}

void StatusBanner::setCluster(const models::ClusterView& cluster) {
    const models::Sign sign = cluster.notLive.isEmpty() ? models::signOf(cluster.verdict) : models::Sign{};
    if (!(sign == m_sign)) {
        m_sign = sign;
        update();
    }
    setTextOf(*m_headline, cluster.headline);
    setTextOf(*m_sentence, cluster.sentence);
    m_facts->setFacts(cluster.facts);
    m_sentence->setVisible(!cluster.sentence.isEmpty());
    const QString name = cluster.headline + QStringLiteral(". ") + cluster.sentence;
    if (accessibleName() != name) {
        setAccessibleName(name);
    }
}

void StatusBanner::resizeEvent(QResizeEvent* event) {
    QFrame::resizeEvent(event);
    if (event->oldSize().width() != width()) {
        updateGeometry(); // its least height depends on the width
    }
}

void StatusBanner::setVerbs(const Verbs& verbs) {
    m_verbs->setVerbs(verbs);
}

void StatusBanner::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens& colours = m_theme.colours();
    const bool neutral = m_sign.tone == models::Tone::neutral;
    painter.setPen(neutral ? QPen(colours.line, 1) : QPen(Qt::NoPen));
    painter.setBrush(groundOf(m_sign.tone, colours));
    const double inset = neutral ? 0.5 : 0;
    painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), 10, 10);
    drawBigSign(painter, QRectF(20, 19, markSize, markSize), m_sign, colours);
}

} // namespace pilothouse::ui
