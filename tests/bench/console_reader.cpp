// SPDX-License-Identifier: GPL-3.0-or-later
#include "console_reader.h"

#include <QDBusArgument>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusVariant>
#include <QDBusVirtualObject>

namespace pilothouse::bench {
namespace {

constexpr int answerMs = 3000;
const QString connectionName = QStringLiteral("bench-screen-reader");
const QString accessible = QStringLiteral("org.a11y.atspi.Accessible");
const QString root = QStringLiteral("/org/a11y/atspi/accessible/root");

// Of AtspiRole (atspi-constants.h).
constexpr uint roleListItem = 32;

// Answers the question for the bus on which programs offer themselves to screen readers
// (org.a11y.Bus.GetAddress): it is the one that it comes by.
class BusDirectory : public QDBusVirtualObject {
public:
    explicit BusDirectory(QString address) : m_address(std::move(address)) {}

    [[nodiscard]] QString introspect(const QString&) const override { return {}; }
    bool handleMessage(const QDBusMessage& message, const QDBusConnection& connection) override {
        return message.member() == QLatin1String("GetAddress") &&
               connection.send(message.createReply(m_address));
    }

private:
    QString m_address;
};

} // namespace

ScreenReader::ScreenReader(const QString& busAddress)
    : m_bus(QDBusConnection::connectToBus(busAddress, connectionName)),
      m_directory(std::make_unique<BusDirectory>(busAddress)) {
    m_bus.registerVirtualObject(QStringLiteral("/org/a11y/bus"), m_directory.get());
    m_bus.registerService(QStringLiteral("org.a11y.Bus"));
}

ScreenReader::~ScreenReader() {
    QDBusConnection::disconnectFromBus(connectionName);
}

QList<ScreenReader::Node> ScreenReader::applications() const {
    QList<Node> found;
    if (!m_bus.isConnected()) {
        return found;
    }
    const QStringList names = m_bus.interface()->registeredServiceNames().value();
    for (const QString& name : names) {
        if (name.startsWith(QLatin1Char(':')) && name != m_bus.baseService()) {
            found.append({name, root});
        }
    }
    return found;
}

QList<ScreenReader::Node> ScreenReader::childrenOf(const Node& node) const {
    const QDBusMessage reply = m_bus.call(
        QDBusMessage::createMethodCall(node.service, node.path, accessible, QStringLiteral("GetChildren")),
        QDBus::Block, answerMs);
    QList<Node> children;
    if (reply.type() != QDBusMessage::ReplyMessage || reply.signature() != QLatin1String("a(so)")) {
        return children;
    }
    const auto list = reply.arguments().constFirst().value<QDBusArgument>();
    list.beginArray();
    while (!list.atEnd()) {
        QString service;
        QDBusObjectPath path;
        list.beginStructure();
        list >> service >> path;
        list.endStructure();
        children.append({service, path.path()});
    }
    list.endArray();
    return children;
}

std::optional<uint> ScreenReader::roleOf(const Node& node) const {
    const QDBusMessage reply = m_bus.call(
        QDBusMessage::createMethodCall(node.service, node.path, accessible, QStringLiteral("GetRole")),
        QDBus::Block, answerMs);
    return reply.type() == QDBusMessage::ReplyMessage ? std::optional(reply.arguments().constFirst().toUInt())
                                                      : std::nullopt;
}

QString ScreenReader::propertyOf(const Node& node, const QString& property) const {
    QDBusMessage call = QDBusMessage::createMethodCall(
        node.service, node.path, QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"));
    call << accessible << property;
    const QDBusMessage reply = m_bus.call(call, QDBus::Block, answerMs);
    return reply.type() == QDBusMessage::ReplyMessage
               ? reply.arguments().constFirst().value<QDBusVariant>().variant().toString()
               : QString();
}

QList<ScreenReader::Node> ScreenReader::listItemsBelow(const Node& node) const {
    QList<Node> items;
    for (const Node& child : childrenOf(node)) {
        if (roleOf(child) == roleListItem &&
            propertyOf(child, QStringLiteral("Name")).startsWith(QLatin1String("reg-"))) {
            items.append(child);
        } else {
            items += listItemsBelow(child);
        }
    }
    return items;
}

bool ScreenReader::findCards(int wanted, Seconds deadline) {
    return waitUntil(
        [&] {
            m_cards.clear();
            for (const Node& application : applications()) {
                m_cards += listItemsBelow(application);
            }
            return m_cards.size() == wanted;
        },
        deadline, Seconds(0.2));
}

QMap<QString, Card> ScreenReader::cards() const {
    QMap<QString, Card> cards;
    for (const Node& node : m_cards) {
        const Card card{propertyOf(node, QStringLiteral("Name")),
                        propertyOf(node, QStringLiteral("Description"))};
        cards.insert(card.name.section(QLatin1Char(','), 0, 0), card);
    }
    return cards;
}

} // namespace pilothouse::bench
