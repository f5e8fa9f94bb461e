# shellcheck shell=bash
# Sourced by submit/ser for commands that need no Spark. Reads ser_home and fail; ends the script.

jar=$ser_home/serve/target/ser-serve.jar
archive=$ser_home/serve/target/ser-serve.jsa
((!${#options[@]})) && [[ -z $master$properties$extra_jars ]] ||
  fail "$1 runs without Spark and takes none of its options before it; remove them"
[[ -f $jar ]] || fail "${jar#"$PWD"/} is missing; run 'mvn -q -DskipTests package' first"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
command -v "$java" >/dev/null || fail "$java cannot be run; install a JDK 17, or set JAVA_HOME to one"

# All cores for the one network of predict; serve runs two of each model, so half of them each. glibc keeps freed memory,
# as for the jobs.
if [[ $1 == serve && -z ${OMP_NUM_THREADS:-} ]]; then
  cores=$(nproc)
  export OMP_NUM_THREADS=$((cores > 1 ? cores / 2 : 1))
fi
export MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-1}
export MALLOC_MMAP_MAX_=${MALLOC_MMAP_MAX_:-0}
export MALLOC_TRIM_THRESHOLD_=${MALLOC_TRIM_THRESHOLD_:-100000000000}

# serve stays: what makes a start fast would make it slow.
if [[ $1 == serve ]]; then
  # shellcheck disable=SC2086 # Several options.
  exec "$java" -Xlog:disable -Xlog:all=warning:stderr ${SER_SERVE_JAVA_OPTIONS:--Xmx1g} -jar "$jar" "$@"
fi

# Most of a start is loading classes. The first run that succeeds leaves them beside the jar as Java's class data sharing
# archive. An archive that does not fit the jar or the Java is passed over in silence: the start is slower, nothing else.
# The optimising compiler begins ten times later than it would: on one short recording it takes more time than it saves.
words=("$java" -XX:+UseSerialGC -Xshare:auto -Xlog:disable
  -XX:Tier4InvocationThreshold=50000 -XX:Tier4MinInvocationThreshold=6000
  -XX:Tier4CompileThreshold=150000 -XX:Tier4BackEdgeThreshold=400000)
# Not with agents and flight recordings, which Java 17 crashes under: submit/ser says more.
watchers='-(javaagent|agentlib|agentpath):|-XX:[+]?(StartFlightRecording|FlightRecorder)'
if [[ "${JAVA_TOOL_OPTIONS:-} ${JDK_JAVA_OPTIONS:-}" =~ $watchers ]]; then
  exec "${words[@]}" -jar "$jar" "$@"
fi
if [[ -e $archive && ! $jar -nt $archive ]]; then
  exec "${words[@]}" "-XX:SharedArchiveFile=$archive" -jar "$jar" "$@"
fi
if [[ ${SER_KEEP_CLASSES:-} == no || ! -w ${archive%/*} || " $* " == *" --help "* || " $* " == *" -h "* ]]; then
  exec "${words[@]}" -jar "$jar" "$@"
fi
# Under a name of its own first: two may start at once.
# Whoever ends this script ends Java. In the background a script's commands read nothing unless they are told to.
"${words[@]}" "-XX:ArchiveClassesAtExit=$archive.$$" -jar "$jar" "$@" <&0 &
java_pid=$!
trap 'kill -TERM "$java_pid"' TERM INT HUP
code=0
wait "$java_pid" || code=$?
trap - TERM INT HUP
wait "$java_pid" 2>/dev/null || true
if ((code == 0)) && [[ -f $archive.$$ ]]; then
  mv -f -- "$archive.$$" "$archive" || true
else
  rm -f -- "$archive.$$"
fi
exit "$code"
