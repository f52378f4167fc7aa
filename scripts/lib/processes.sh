# Background processes known by their pid and start time, so that a recycled pid is never mistaken for ours.
# Needs STATE_DIR. Sourced after common.sh.
# shellcheck shell=bash

# birth PID: start time of the process in clock ticks since boot, or nothing.
birth() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20 || true; }

# note_pid NAME PID: remembers a process that we started.
note_pid() { echo "$2 $(birth "$2")" >"$STATE_DIR/pids/$1"; }

# pid_of NAME: prints the pid when the process that we started is still there.
pid_of() {
  local pid born
  [ -f "$STATE_DIR/pids/$1" ] || return 1
  read -r pid born <"$STATE_DIR/pids/$1"
  [ -n "$born" ] && [ "$(birth "$pid")" = "$born" ] && echo "$pid"
}

# launch NAME COMMAND...: starts it in a session of its own, output in logs/NAME.log.
launch() {
  local name=$1; shift
  mkdir -p "$STATE_DIR/pids" "$STATE_DIR/logs"
  setsid "$@" </dev/null >>"$STATE_DIR/logs/$name.log" 2>&1 &
  note_pid "$name" $!
  disown
}

# finish NAME [SECONDS]: asks it to stop, insists after the delay (35 s by default).
finish() {
  local pid deadline=$((SECONDS + ${2:-35}))
  if pid=$(pid_of "$1"); then
    kill -TERM "$pid" 2>/dev/null || true
    while pid_of "$1" >/dev/null; do
      if [ "$SECONDS" -ge "$deadline" ]; then kill -KILL "$pid" 2>/dev/null || true; break; fi
      sleep 0.1
    done
  fi
  rm -f "$STATE_DIR/pids/$1"
}
