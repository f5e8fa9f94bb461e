# shellcheck shell=bash
# For programs of this folder that start submit/ser: sourced, it builds what that starts where it is missing or older
# than its sources, since a job of yesterday would be measured without a word. Reads ser_home.

jobs_jar=$ser_home/jobs/target/ser-jobs.jar
if [[ ! -e $ser_home/jobs/target/spark/jars || ! -e $ser_home/submit/s3proxy/target/jars || ! -f $jobs_jar || ! -f $ser_home/serve/target/ser-serve.jar ||
  -n $(find "$ser_home"/{pom.xml,{features,model,report,serve,jobs}/{pom.xml,src/main}} -newer "$jobs_jar" -print -quit) ]]; then
  command -v mvn >/dev/null || {
    printf 'bench: mvn cannot be run; install Maven 3.8 or newer\n' >&2
    exit 2
  }
  printf 'bench: building the jobs\n' >&2
  (cd -- "$ser_home" && mvn -q -B -ntp -DskipTests package) >&2
fi
