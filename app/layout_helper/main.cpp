// gatehouse-layout: the desktop's helper that runs Graphviz and can be killed. It talks to its parent over stdin and
// stdout (ui/layout/wire.h) and is of no use by hand.

#include "ui/layout/serve.h"

#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>

#include <csignal>
#endif

int main()
{
#ifdef __linux__
    // A layout may take long; it shall not outlive the window that it is for.
    prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    return gatehouse::layout::serve(STDIN_FILENO, STDOUT_FILENO);
}
