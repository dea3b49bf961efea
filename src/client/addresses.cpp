// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/addresses.h"

#include "client/text.h"

namespace pilothouse::client {

namespace {

tl::unexpected<Error> refuse(const QString& sentence) {
    return failWith(ErrorCode::invalid, sentence,
                    Text::tr("Write it as reg-1.example.com, reg-1.example.com:4443 or https://10.0.0.5"));
}

} // namespace

Result<QUrl> parseAddress(const QString& text) {
    const auto trimmed = text.trimmed();
    if (trimmed.isEmpty()) {
        return refuse(Text::tr("The address is empty"));
    }
    const QString shown = text.left(80);
    const bool hasScheme = trimmed.contains(QStringLiteral("://"));
    const QUrl url(hasScheme ? trimmed : QStringLiteral("https://") + trimmed, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty()) {
        return refuse(Text::tr("\"%1\" is not an address").arg(shown));
    }
    if (url.port() == 0) {
        return refuse(Text::tr("\"%1\" has port 0, where nothing can listen").arg(shown));
    }
    if (url.scheme() != QStringLiteral("https")) {
        return refuse(Text::tr("\"%1\" is not an https address").arg(shown));
    }
    if (!url.userInfo().isEmpty()) {
        return refuse(Text::tr("\"%1\" has a user name in it").arg(shown));
    }
    if (!(url.path().isEmpty() || url.path() == QStringLiteral("/")) || url.hasQuery() || url.hasFragment()) {
        return refuse(Text::tr("\"%1\" has more than a host and a port").arg(shown));
    }
    QUrl plain;
    plain.setScheme(url.scheme());
    plain.setHost(url.host());
    plain.setPort(url.port() == 443 ? -1 : url.port());
    return plain;
}

} // namespace pilothouse::client
