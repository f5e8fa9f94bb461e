# shellcheck shell=bash
# For programs of this folder that clean up behind themselves: sourced, it ends what run_child has started when the
# program ends, however that comes, and then calls clean_up, which the program defines. A signal counts at once: bash
# would keep a trap waiting for a command in the foreground, which may take hours.

child=''

# run_child COMMAND…: its exit code. In the background a script's commands read nothing unless they are told to.
run_child() {
  local code=0
  "$@" <&0 &
  child=$!
  wait "$child" || code=$?
  child=''
  return "$code"
}

# TERM whatever came: bash has commands in the background ignore INT.
# shellcheck disable=SC2317,SC2329 # called by the trap
end_child() {
  local code=$?
  trap - EXIT
  trap '' INT TERM HUP
  if [[ -n $child ]] && kill -TERM "$child" 2>/dev/null; then
    wait "$child" 2>/dev/null || true
  fi
  clean_up
  exit "$code"
}
trap end_child EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP
