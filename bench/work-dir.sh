# shellcheck shell=bash
# For programs of this folder that write: source work-dir.sh NAME ARGUMENT…
# Takes --work-dir DIR (default bench/target/NAME) out of the arguments, empties that folder, and sets work and arguments.
# Reads ser_home.

bench_name=$1
shift
say() { printf 'bench/%s: %s\n' "$bench_name" "$1" >&2; }
fail() { # one line: what, where, how to mend it
  say "$1"
  exit 2
}

work=$ser_home/bench/target/$bench_name
arguments=()
while (($#)); do
  case $1 in
    --work-dir)
      (($# > 1)) || fail "option --work-dir has no value"
      work=$2
      shift
      ;;
    *) arguments+=("$1") ;;
  esac
  shift
done

# A folder of our own: never empty one that is somebody else's.
mkdir -p -- "$work"
work=$(cd -P -- "$work" && pwd)
if [[ ! -e $work/.bench-$bench_name && -n $(ls -A -- "$work") ]]; then
  fail "$work is not empty and not of an earlier run; give another --work-dir"
fi
find "$work" -mindepth 1 -maxdepth 1 ! -name ".bench-$bench_name" -exec rm -rf -- {} +
touch -- "$work/.bench-$bench_name"

# shellcheck source=built.sh
source "$ser_home/bench/built.sh"
