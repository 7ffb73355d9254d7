//! The command line: arguments in, screen and exit code out. Only this room names clap and the clock.
