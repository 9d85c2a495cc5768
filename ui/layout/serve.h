#pragma once

namespace gatehouse::layout {

/// The work of gatehouse-layout: reads inputs from descriptor `in`, writes each output (or the reason why there is
/// none) to `out`, one after the other, until `in` ends. Returns the exit code: 0, or 1 when a pipe broke or what came
/// is no message. It is a process of its own because Graphviz cannot be interrupted: who no longer wants a layout kills
/// it.
int serve(int in, int out);

} // namespace gatehouse::layout
