// SPDX-License-Identifier: GPL-3.0-or-later
// The sandboxes of this computer: their processes, and how a new one is started.
#pragma once

#include "api/sandbox.h"
#include "ui/session/sandbox_control.h"

namespace pilothouse::ui {

// Acts on the processes of the sandbox of that name, whoever started them.
class LocalSandbox : public SandboxControl {
public:
    explicit LocalSandbox(api::Sandbox sandbox) : m_sandbox(std::move(sandbox)) {}

    [[nodiscard]] Processes processes() const override;
    [[nodiscard]] QFuture<Status> run(VerbKind kind, const QString& replicaId) override;

private:
    api::Sandbox m_sandbox;
};

// Makes and starts one on a worker thread; progress and cancelling as SandboxDialog wants them.
[[nodiscard]] QFuture<Result<QString>> startLocalSandbox(const QString& name, int replicas);

} // namespace pilothouse::ui
