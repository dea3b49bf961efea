// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/console.h"

#include "ui/console/live_session.h"
#include "ui/dialogs/connect_dialog.h"
#include "ui/dialogs/password_dialog.h"
#include "ui/dialogs/sandbox_dialog.h"
#include "ui/session/when_answered.h"

#include <QApplication>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QTimer>

#include <algorithm>
#include <utility>

namespace pilothouse::ui {
namespace {

constexpr int httpsPort = 443;

} // namespace

Console::Console(Theme& theme, ConsoleParts parts, QObject* parent)
    : QObject(parent), m_theme(theme), m_parts(std::move(parts)), m_store(m_parts.storeFile),
      m_sandboxes(m_parts.sandboxFolder), m_stateFile(m_parts.stateFile),
      m_window(std::make_unique<MainWindow>(theme, m_sessions)), m_wanted(*m_window, m_sessions) {
    connect(m_window.get(), &MainWindow::connectRequested, this, &Console::showConnect);
    connect(m_window.get(), &MainWindow::sandboxRequested, this, &Console::showStartSandbox);
    connect(m_window.get(), &MainWindow::removeRequested, this, &Console::askToRemove);
    connect(&m_sandboxes, &client::SandboxFolder::changed, this, &Console::syncSandboxes);
    connect(&m_wanted, &Wanted::missing, m_window.get(),
            [this](const QString& sentence) { m_window->tell(sentence, true); });
    connect(qApp, &QCoreApplication::aboutToQuit, this, &Console::saveState);
}

Console::~Console() = default;

void Console::open(const OpenRequest& request) {
    m_opened = true;
    m_window->restore(m_stateFile.load());
    m_wanted.set(request);
    // Connecting begins before the first frame and goes on while that is laid out and painted: replicas
    // answer in the meantime, and the first frame need not be of an empty list.
    watchAll();
    m_window->show();
}

void Console::watchAll() {
    openHistory();
    loadSaved();
    syncSandboxes();
    m_wanted.listIsComplete();
}

// Only its thread touches the disk.
void Console::openHistory() {
    if (m_parts.historyFile.isEmpty() || m_history) {
        return;
    }
    m_history = std::make_unique<history::History>(m_parts.historyFile);
    connect(m_history.get(), &history::History::problem, this,
            [this](const QString& sentence) { m_window->tell(sentence, true); });
}

void Console::raise(const OpenRequest& request) {
    m_window->setWindowState((m_window->windowState() & ~Qt::WindowMinimized) | Qt::WindowActive);
    m_window->show();
    m_window->raise();
    m_window->activateWindow();
    m_wanted.set(request);
}

void Console::loadSaved() {
    const Result<QList<client::SavedCluster>> saved = m_store.load();
    if (!saved) {
        m_window->tell(QString::fromStdString(saved.error().text()), true);
        return;
    }
    for (const client::SavedCluster& cluster : *saved) {
        addSaved(cluster);
    }
}

void Console::addSaved(const client::SavedCluster& saved) {
    const Result<client::TrustAnchor> anchor = client::anchorFromPem(saved.authorityPem);
    if (!anchor) {
        m_window->tell(QString::fromStdString(anchor.error().text()), true);
        return;
    }
    client::WatchTarget target{saved.name, *anchor, {}, saved.seeds, saved.members};
    target.trust.cluster = ClusterId(saved.clusterId.toStdString());
    target.passwordFile = saved.passwordFile;
    readSecret(addSavedSession(saved, std::move(target)), saved);
}

// The session is on the list at once, but nobody is contacted without the secret: that would be refused.
void Console::readSecret(LiveSession& session, const client::SavedCluster& saved) {
    const auto use = [this, live = QPointer(&session), saved](const Result<QString>& secret) {
        if (!live) {
            return; // taken off the list, or connected to anew
        }
        if (secret) {
            live->logIn({saved.user, *secret});
        } else {
            askPassword(*live, saved, false);
        }
    };
    if (!saved.passwordFile.isEmpty()) {
        const Result<QString> secret = client::readPasswordFile(saved.passwordFile);
        if (!secret) {
            m_window->tell(QString::fromStdString(secret.error().text()), true);
        }
        use(secret);
        return;
    }
    whenAnswered(this,
                 m_parts.readSecret ? m_parts.readSecret(saved.name, saved.user)
                                    : m_secrets.read(saved.name, saved.user),
                 use);
}

LiveSession& Console::addSession(const QString& key, client::WatchTarget target,
                                 std::unique_ptr<SandboxControl> control) {
    auto session = std::make_unique<LiveSession>(key, std::move(target), std::move(control), m_parts.clock,
                                                 m_history.get());
    LiveSession& added = *session;
    m_sessions.add(key, std::move(session));
    return added;
}

LiveSession& Console::addSavedSession(const client::SavedCluster& saved, client::WatchTarget target) {
    LiveSession& session = addSession(savedPrefix + saved.name, std::move(target), nullptr);
    const client::ClusterWatcher& watcher = session.watcher();
    connect(&watcher, &client::ClusterWatcher::credentialsRefused, this, [this, &session, saved] {
        askPassword(session, m_store.find(saved.name).value_or(saved), true);
    });
    connect(&session, &LiveSession::loginWanted, this, [this, &session, saved] {
        askPassword(session, m_store.find(saved.name).value_or(saved), false);
    });
    connect(&watcher, &client::ClusterWatcher::membersChanged, this, [this, &watcher, name = saved.name] {
        changeSaved(name, [&watcher](client::SavedCluster& cluster) {
            cluster.members = watcher.members();
            cluster.clusterId = QString::fromStdString(watcher.clusterId().str());
        });
    });
    return session;
}

void Console::askPassword(LiveSession& session, const client::SavedCluster& saved, bool refused) {
    if (!m_window->isVisible() || m_window->testAttribute(Qt::WA_DontShowOnScreen)) {
        session.start(); // nobody can be asked, but who looks is to see what the cluster says to that
        return;
    }
    auto* dialog = new PasswordDialog(m_theme, saved.name, saved.user, refused, m_window.get());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PasswordDialog::given, &session,
            [this, &session, name = saved.name](const QString& user, const QString& secret, bool keep) {
                session.logIn({user, secret});
                keepLogin(name, user, secret, keep);
            });
    connect(dialog, &PasswordDialog::rejected, &session, [&session] { session.start(); });
    dialog->open();
}

void Console::keepLogin(const QString& cluster, const QString& user, const QString& secret, bool lasting) {
    whenAnswered(this, m_secrets.write(cluster, user, secret, lasting),
                 [this, cluster, user, lasting](client::SecretKept kept) {
                     const bool inKeyring = kept == client::SecretKept::keyring;
                     changeSaved(cluster, [&user, inKeyring](client::SavedCluster& saved) {
                         // A password file belongs to its user: both stay, or the keyring takes their place.
                         if (saved.passwordFile.isEmpty() || inKeyring) {
                             saved.user = user;
                             saved.passwordFile.clear();
                         }
                     });
                     if (lasting && !inKeyring) {
                         m_window->tell(
                             tr("The system’s keyring did not answer: the password is kept until the "
                                "console closes."),
                             true);
                     }
                 });
}

// What the file has now is changed, not what was read at the start: user and members change at different
// times. A change that cannot be written now is found again.
void Console::changeSaved(const QString& cluster, const std::function<void(client::SavedCluster&)>& change) {
    const Result<client::SavedCluster> before = m_store.find(cluster);
    if (!before) {
        return; // taken off the list meanwhile
    }
    client::SavedCluster after = *before;
    change(after);
    if (!(after == *before)) {
        (void)m_store.save(after);
    }
}

void Console::syncSandboxes() {
    const std::map<QString, api::Sandbox>& now = m_sandboxes.sandboxes();
    for (const auto& [name, sandbox] : now) {
        const QString key = sandboxPrefix + name;
        if (m_sessions.find(key) != nullptr) {
            continue;
        }
        const Result<client::WatchTarget> target = client::targetOf(sandbox);
        if (target) {
            addSession(key, *target, m_parts.controlOf ? m_parts.controlOf(sandbox) : nullptr).start();
        }
    }
    QStringList gone;
    for (int row = 0; row < m_sessions.list().rowCount(); ++row) {
        const QString key = m_sessions.list().index(row).data(models::ClusterListModel::KeyRole).toString();
        if (key.startsWith(sandboxPrefix) && now.find(key.mid(sandboxPrefix.size())) == now.end()) {
            gone.append(key);
        }
    }
    for (const QString& key : gone) {
        m_sessions.remove(key);
    }
}

void Console::showConnect() {
    auto* dialog = new ConnectDialog(
        m_theme, [](const QUrl& address) { return client::lookAtAuthority(address); },
        [this](const QUrl& address, const client::PresentedAuthority& seen) { return known(address, seen); },
        m_window.get());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ConnectDialog::trusted, this, &Console::onTrusted);
    dialog->open();
}

// The sandbox of this computer that has that authority; empty: none.
QString Console::sandboxWith(const client::PresentedAuthority& seen) const {
    for (const auto& [name, sandbox] : m_sandboxes.sandboxes()) {
        const auto target = client::targetOf(sandbox);
        if (target && target->trust.authority == seen.anchor.authority) {
            return name;
        }
    }
    return {};
}

// By its authority first: a cluster may have moved, and another may answer at its address.
std::optional<KnownCluster> Console::known(const QUrl& address,
                                           const client::PresentedAuthority& seen) const {
    if (const QString sandbox = sandboxWith(seen); !sandbox.isEmpty()) {
        return KnownCluster{sandbox, seen.fingerprint};
    }
    const Result<QList<client::SavedCluster>> saved = m_store.load();
    std::optional<KnownCluster> byAddress;
    const auto isSame = [&address](const QUrl& url) {
        return url.host() == address.host() && url.port(httpsPort) == address.port(httpsPort);
    };
    for (const client::SavedCluster& cluster : saved ? *saved : QList<client::SavedCluster>()) {
        const Result<client::TrustAnchor> anchor = client::anchorFromPem(cluster.authorityPem);
        const KnownCluster one{cluster.name, anchor ? client::fingerprintOf(anchor->authority) : QString()};
        if (one.fingerprint == seen.fingerprint) {
            return one;
        }
        const bool there = std::any_of(cluster.seeds.begin(), cluster.seeds.end(), isSame) ||
                           std::any_of(cluster.members.begin(), cluster.members.end(),
                                       [&](const auto& member) { return isSame(member.url); });
        byAddress = there ? std::optional(one) : byAddress;
    }
    return byAddress;
}

void Console::onTrusted(const ConnectRequest& request) {
    if (const QString sandbox = sandboxWith(request.authority); !sandbox.isEmpty()) {
        m_window->showCluster(sandboxPrefix + sandbox); // it is on the list, with its own login
        return;
    }
    const QString base = request.authority.name.isEmpty() ? request.address.host() : request.authority.name;
    QString name = request.replaces.isEmpty() ? base : request.replaces;
    for (int suffix = 2; request.replaces.isEmpty() && m_sessions.find(savedPrefix + name) != nullptr;
         ++suffix) {
        name = QStringLiteral("%1-%2").arg(base).arg(suffix);
    }
    m_sessions.remove(savedPrefix + name); // it is watched anew, with what is trusted now
    client::SavedCluster saved;
    saved.name = name;
    saved.seeds = {request.address};
    saved.authorityPem = request.authority.anchor.authority.toPem();
    saved.clusterId = QString::fromStdString(request.authority.anchor.cluster.str());
    saved.user = request.user;
    if (const Status status = m_store.save(saved); !status) {
        m_window->tell(QString::fromStdString(status.error().text()), true);
    }
    keepLogin(name, request.user, request.secret, request.keepSecret);
    addSavedSession(saved, {name, request.authority.anchor, {request.user, request.secret}, saved.seeds, {}})
        .start();
    m_window->showCluster(savedPrefix + name);
}

void Console::showStartSandbox() {
    QString name = QStringLiteral("sandbox");
    for (int suffix = 2; m_sandboxes.sandboxes().count(name) > 0; ++suffix) {
        name = QStringLiteral("sandbox-%1").arg(suffix);
    }
    auto* dialog = new SandboxDialog(m_theme, m_parts.startSandbox, name, m_window.get());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &SandboxDialog::started, this, [this](const QString& started) {
        syncSandboxes();
        m_wanted.set({started, {}});
    });
    dialog->open();
}

void Console::askToRemove(const QString& key) {
    if (m_sessions.find(key) == nullptr || !key.startsWith(savedPrefix)) {
        return;
    }
    auto* question = new QMessageBox(m_window.get());
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setWindowTitle(tr("Take a cluster off the list"));
    question->setText(tr("Take “%1” off this list?").arg(key.mid(savedPrefix.size())));
    question->setInformativeText(
        tr("The cluster itself is not touched. Its password is removed from this computer."));
    QPushButton* yes = question->addButton(tr("Take it off"), QMessageBox::AcceptRole);
    question->setDefaultButton(question->addButton(tr("Cancel"), QMessageBox::RejectRole));
    connect(yes, &QPushButton::clicked, this, [this, key] { removeCluster(key); });
    question->open();
}

void Console::removeCluster(const QString& key) {
    const QString name = key.mid(savedPrefix.size());
    if (const Result<client::SavedCluster> saved = m_store.find(name)) {
        (void)m_secrets.remove(name, saved->user);
    }
    if (const Status status = m_store.remove(name); !status) {
        m_window->tell(QString::fromStdString(status.error().text()), true);
        return;
    }
    m_sessions.remove(key);
}

void Console::saveState() {
    if (!m_opened) { // a picture leaves no trace
        return;
    }
    WindowState state = m_window->state();
    if (m_parts.themeOfThisRun == state.theme) { // it was not chosen in the window
        state.theme = m_stateFile.load().theme;
    }
    m_stateFile.save(state);
}

} // namespace pilothouse::ui
