// SPDX-License-Identifier: GPL-3.0-or-later
// The console: its window, the clusters that it watches, and where they come from.
#pragma once

#include "client/cluster_store.h"
#include "client/first_contact.h"
#include "client/sandbox_folder.h"
#include "client/secret_store.h"
#include "history/history.h"
#include "ui/console/wanted.h"
#include "ui/session/sandbox_control.h"
#include "ui/session/sessions.h"
#include "ui/theme/theme.h"
#include "ui/window/main_window.h"

#include <QObject>

#include <functional>
#include <memory>

namespace pilothouse::ui {

struct ConnectRequest;
struct KnownCluster;
class LiveSession;

// What the console needs of the world outside its windows.
struct ConsoleParts {
    const Clock& clock;
    QString storeFile;                           // saved clusters
    QString sandboxFolder;                       // records of this computer's sandboxes
    QString stateFile;                           // window and appearance
    std::optional<ThemeChoice> themeOfThisRun{}; // not to be kept
    QString historyFile{};                       // what plots show of earlier runs; empty: nothing is kept
    // Reads the secret of a saved cluster's user; empty: from the system's keyring.
    std::function<QFuture<Result<QString>>(const QString& cluster, const QString& user)> readSecret{};
    // Makes the control of a sandbox by its record; null where processes cannot be controlled.
    std::function<std::unique_ptr<SandboxControl>(const api::Sandbox& sandbox)> controlOf;
    // Starts a sandbox, as SandboxDialog wants it.
    std::function<QFuture<Result<QString>>(const QString& name, int replicas)> startSandbox;
};

// GUI thread. Everything that is saved is saved when it changes or when the window closes.
class Console : public QObject {
    Q_OBJECT
public:
    Console(Theme& theme, ConsoleParts parts, QObject* parent = nullptr);
    ~Console() override;

    // Shows the window first and looks for clusters after that.
    void open(const OpenRequest& request);
    // Brings the window to the front, on that cluster and replica if they are given.
    void raise(const OpenRequest& request);
    // What is to be shown as soon as it is there.
    [[nodiscard]] Wanted& wanted() { return m_wanted; }
    // Looks for clusters and watches them.
    void watchAll();
    [[nodiscard]] MainWindow& window() { return *m_window; }
    [[nodiscard]] Sessions& sessions() { return m_sessions; }

private:
    void openHistory();
    void loadSaved();
    void syncSandboxes();
    void addSaved(const client::SavedCluster& saved);
    // Not started yet.
    LiveSession& addSession(const QString& key, client::WatchTarget target,
                            std::unique_ptr<SandboxControl> control);
    LiveSession& addSavedSession(const client::SavedCluster& saved, client::WatchTarget target);
    void readSecret(LiveSession& session, const client::SavedCluster& saved);
    void askPassword(LiveSession& session, const client::SavedCluster& saved, bool refused);
    void keepLogin(const QString& cluster, const QString& user, const QString& secret, bool lasting);
    void changeSaved(const QString& cluster, const std::function<void(client::SavedCluster&)>& change);
    void showConnect();
    [[nodiscard]] std::optional<KnownCluster> known(const QUrl& address,
                                                    const client::PresentedAuthority& seen) const;
    [[nodiscard]] QString sandboxWith(const client::PresentedAuthority& seen) const;
    void onTrusted(const ConnectRequest& request);
    void showStartSandbox();
    void askToRemove(const QString& key);
    void removeCluster(const QString& key);
    void saveState();

    Theme& m_theme;
    ConsoleParts m_parts;
    client::ClusterStore m_store;
    client::SandboxFolder m_sandboxes;
    client::SecretStore m_secrets;
    WindowStateFile m_stateFile;
    std::unique_ptr<history::History> m_history; // before the sessions: it outlives them
    Sessions m_sessions;
    std::unique_ptr<MainWindow> m_window;
    Wanted m_wanted;
    bool m_opened = false;
};

} // namespace pilothouse::ui
