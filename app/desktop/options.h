#pragma once

#include "model/base/result.h"
#include "ui/document/probe.h"
#include "ui/theme.h"

#include <QSize>
#include <QString>
#include <QStringList>

#include <optional>

namespace gatehouse::desktop {

/// The command line of gatehouse-desktop.
struct Options {
    QStringList paths;
    QString configFile, controller;
    std::optional<QString> cluster; ///< its context; "": the current one
    QString screenshot;             ///< draw the window into this file and exit; "" for interactive use
    QSize size;                     ///< of the window; empty: its own
    std::optional<ui::ThemeChoice> theme;
    QString select;                          ///< "namespace/kind/name"
    std::optional<ui::ProbeRequest> explain; ///< opens the Probe with it
    QString compare;                         ///< a path or git:REF:PATH to compare with; "" for none
    bool run = false;                        ///< start the engine at once
};

/// What to print instead of starting, and the exit code that goes with it.
struct Leave {
    QString text;
    int exitCode = 0;
};

/// Reads the arguments, the program's name among them.
model::Result<Options, Leave> parseOptions(const QStringList& arguments);

} // namespace gatehouse::desktop
