# shellcheck shell=bash
# For programs of this folder that start local-cluster. Its workers leave the job's jar and the executors' output in
# work/app-… of the Spark that they are started from, for each application, and take no other place: SPARK_WORKER_DIR is
# read by workers that are started on their own alone. Sourced, it remembers those that are there. Reads ser_home.

workers=${SPARK_HOME:-$ser_home/jobs/target/spark}
[[ ! -d $workers ]] || workers=$(cd -P -- "$workers" && pwd)
workers=$workers/work
workers_before=$'\n'$(ls -1 -- "$workers" 2>/dev/null || true)$'\n'

# Of the others those that no process works in: another run may have its executors there. Ours may take a moment to end.
remove_worker_folders() {
  local folder used deadline=$((SECONDS + 10))
  for folder in "$workers"/app-*; do
    [[ -d $folder && $workers_before != *$'\n'"${folder##*/}"$'\n'* ]] || continue
    while used=$'\n'$(readlink -- /proc/[0-9]*/cwd 2>/dev/null || true)$'\n' &&
      [[ $used == *$'\n'"$folder"/* ]] && ((SECONDS < deadline)); do
      sleep 0.2
    done
    [[ $used == *$'\n'"$folder"/* ]] || rm -rf -- "$folder"
  done
}
