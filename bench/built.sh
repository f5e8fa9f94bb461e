# shellcheck shell=bash
# For programs of this folder that start submit/ser: sourced, it builds the jobs where they are missing or older than
# their sources, since a job of yesterday would be measured without a word. Reads ser_home.

jobs_jar=$ser_home/jobs/target/ser-jobs.jar
if [[ ! -e $ser_home/jobs/target/spark/jars || ! -e $ser_home/submit/s3proxy/target/jars || ! -f $jobs_jar ||
  -n $(find "$ser_home"/{pom.xml,{features,model,report,jobs}/{pom.xml,src/main}} -newer "$jobs_jar" -print -quit) ]]; then
  command -v mvn >/dev/null || {
    printf 'bench: mvn cannot be run; install Maven 3.8 or newer\n' >&2
    exit 2
  }
  printf 'bench: building the jobs\n' >&2
  (cd -- "$ser_home" && mvn -q -B -ntp -DskipTests package) >&2
fi
