# shellcheck shell=bash
# The S3 endpoint of the quickstart and of bench/extract: a process with a class path of its own. To be sourced, by a script
# that has $ser_home, $java, and the functions say and fail.

random_hex() { od -An -N "$1" -tx1 /dev/urandom | tr -d ' \n'; }

# start_endpoint FOLDER BUCKET: serves what is under FOLDER/s3, a folder for each bucket. Sets endpoint_pid and port, and
# exports credentials made for this run: they stand in a file under FOLDER/private that only this user can read, and in
# the environment, never on a command line.
start_endpoint() {
  local folder=$1 bucket_name=$2 deadline
  AWS_ACCESS_KEY_ID=$(random_hex 10)
  AWS_SECRET_ACCESS_KEY=$(random_hex 20)
  export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY
  unset AWS_SESSION_TOKEN
  # A bucket is a folder there, and one that others can read would be a public bucket: hence 077.
  (
    umask 077
    mkdir -p -- "$folder/private/conf" "$folder/s3/$bucket_name"
    printf '%s\n' \
      "s3proxy.endpoint=http://127.0.0.1:0" \
      "s3proxy.authorization=aws-v2-or-v4" \
      "s3proxy.identity=$AWS_ACCESS_KEY_ID" \
      "s3proxy.credential=$AWS_SECRET_ACCESS_KEY" \
      "jclouds.provider=filesystem-nio2" \
      "jclouds.identity=unused" \
      "jclouds.credential=unused" >"$folder/private/s3proxy.properties"
  )
  say "starting the S3 endpoint"
  # The folder is a system property: Java reads properties files as Latin-1, and a path may have other letters. (Nor may it be
  # a relative path: S3Proxy then stores objects but lists none.)
  "$java" -Xmx512m "-Dlogback.configurationFile=$ser_home/submit/s3proxy/logback.xml" \
    "-Djclouds.filesystem.basedir=$folder/s3" -cp "$ser_home/submit/s3proxy/target/jars/*" \
    org.gaul.s3proxy.Main --properties "$folder/private/s3proxy.properties" >"$folder/s3proxy.log" 2>&1 &
  endpoint_pid=$!
  # Port 0 lets the system choose a free one; S3Proxy logs which.
  port=''
  deadline=$((SECONDS + 60))
  while [[ -z $port ]]; do
    kill -0 "$endpoint_pid" 2>/dev/null || fail "the S3 endpoint did not start; see $folder/s3proxy.log"
    ((SECONDS < deadline)) || fail "the S3 endpoint is not up after 60 s; see $folder/s3proxy.log"
    sleep 0.1
    port=$(sed -nE 's/.*Started .*\{127\.0\.0\.1:([0-9]+)\}.*/\1/p' "$folder/s3proxy.log" | head -n 1)
  done
  {
    echo '<configuration>'
    printf '  <property><name>fs.s3a.%s</name><value>%s</value></property>\n' \
      endpoint "http://127.0.0.1:$port" path.style.access true connection.ssl.enabled false \
      attempts.maximum 3 directory.marker.retention keep
    echo '</configuration>'
  } >"$folder/private/conf/core-site.xml"
}

# hadoop_class_path FOLDER: of Hadoop's own programs, which then find the endpoint.
hadoop_class_path() {
  printf '%s' "$1/private/conf:$ser_home/jobs/target/spark/jars/*:$ser_home/jobs/target/lib/*"
}

# stop_endpoint FOLDER: ends it, and its credentials go.
stop_endpoint() {
  if [[ -n ${endpoint_pid:-} ]] && kill "$endpoint_pid" 2>/dev/null; then
    wait "$endpoint_pid" 2>/dev/null || true
  fi
  rm -rf -- "${1:?}/private"
}
