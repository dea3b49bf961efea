// SPDX-License-Identifier: GPL-3.0-or-later
// Connecting to a cluster: one replica's address, who one is, and whether its authority is the right one.
#pragma once

#include "client/first_contact.h"

#include <QDialog>
#include <QFutureWatcher>

#include <functional>
#include <optional>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace pilothouse::ui {

class Theme;
class TrustPanel;

// What the person decided.
struct ConnectRequest {
    QUrl address;
    QString user;
    QString secret;
    bool keepSecret = false; // in the system's keyring
    client::PresentedAuthority authority;
    QString replaces; // name of the saved cluster that this is; empty: a new one
};

// What this console trusts already of what is there.
struct KnownCluster {
    QString name;        // under which it is saved
    QString fingerprint; // of its authority; not what came: somebody else answers, or it was made anew
};

// First looks who is there, without sending any secret; then the person compares and trusts. Open with open()
// or show(): nothing here waits.
class ConnectDialog : public QDialog {
    Q_OBJECT
public:
    using Look = std::function<QFuture<Result<client::PresentedAuthority>>(const QUrl& address)>;
    // The saved cluster that the address or the authority belongs to; nothing: a new one.
    using Known = std::function<std::optional<KnownCluster>(const QUrl& address,
                                                            const client::PresentedAuthority& seen)>;

    ConnectDialog(const Theme& theme, Look look, Known known, QWidget* parent = nullptr);
    ~ConnectDialog() override;

Q_SIGNALS:
    void trusted(const pilothouse::ui::ConnectRequest& request);

private:
    void buildForm(QVBoxLayout& layout);
    void onStrongButton();
    void startLooking();
    void onLooked();
    void showSeen(const client::PresentedAuthority& seen);
    void backToForm(); // something was changed: what was seen is no longer meant
    void showError(const QString& sentence);
    void setBusy(bool busy);

    const Theme& m_theme;
    Look m_look;
    Known m_known;
    QLineEdit* m_address;
    QLineEdit* m_user;
    QLineEdit* m_secret;
    QLabel* m_message;
    TrustPanel* m_trust;
    QCheckBox* m_keep;
    QPushButton* m_cancel;
    QPushButton* m_strong;
    QFutureWatcher<Result<client::PresentedAuthority>> m_looking;
    ConnectRequest m_request;
    bool m_seen = false; // an authority is shown
};

} // namespace pilothouse::ui
