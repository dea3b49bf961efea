// SPDX-License-Identifier: GPL-3.0-or-later
// Reads what is on the console's screen as a screen reader does (AT-SPI), from outside its process.
#pragma once

#include "bench_process.h"

#include <QDBusConnection>
#include <QMap>
#include <QString>

#include <memory>
#include <optional>

class QDBusVirtualObject;

namespace pilothouse::bench {

// A replica's card.
struct Card {
    QString name;        // "reg-2, healthy"
    QString description; // its role and what else the card says
};

class ScreenReader {
public:
    // To be made before the console is started: it tells it where to offer itself.
    explicit ScreenReader(const QString& busAddress);
    ~ScreenReader();
    ScreenReader(const ScreenReader&) = delete;
    ScreenReader& operator=(const ScreenReader&) = delete;

    // Finds the cards around the quorum ring; false when there are none by the deadline.
    [[nodiscard]] bool findCards(int wanted, Seconds deadline);
    // As they are now, by the replica's name.
    [[nodiscard]] QMap<QString, Card> cards() const;

private:
    struct Node {
        QString service;
        QString path;
    };
    [[nodiscard]] QList<Node> applications() const;
    [[nodiscard]] QList<Node> childrenOf(const Node& node) const;
    [[nodiscard]] std::optional<uint> roleOf(const Node& node) const;
    [[nodiscard]] QString propertyOf(const Node& node, const QString& property) const;
    [[nodiscard]] QList<Node> listItemsBelow(const Node& node) const;

    QDBusConnection m_bus;
    std::unique_ptr<QDBusVirtualObject> m_directory;
    QList<Node> m_cards;
};

} // namespace pilothouse::bench
